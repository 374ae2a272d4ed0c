"""Drawing the lots of a procedure, once, in the caller's transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.admission import lots, seats
from portal.admission.lots import Result, Ticket
from portal.admission.models import AdmissionEntry, AdmissionPool
from portal.admission.seats import PoolKey
from portal.admission.states import EntryEvent, EntryState
from portal.applications.models import Application
from portal.forms import Procedure
from portal.forms.places import pools
from portal.forms.reception import Reception, edition_at, reception_at

#: Why nothing was drawn: no lottery at all, the reception is still on, nobody entered, or it was
#: drawn before.
Reason = Literal["no_lottery", "still_open", "nobody", "already"]


@dataclass(frozen=True)
class NotDrawn:
    """Nothing was drawn, and nothing changed."""

    reason: Reason


@dataclass(frozen=True)
class Drawn:
    """What came out, by pool."""

    edition: str
    results: dict[str, Result]


def draw_lots(
    session: Session, procedure: Procedure, now: datetime, *, by: str | None
) -> Drawn | NotDrawn:
    """Draw all pools of the period that waits for it.

    ``by`` is an employee's id, None for the command line. The seed is drawn when the entries
    can't change any more, and kept with them. Every applicant is told by the worker.
    """
    capacity = procedure.definition.capacity
    if capacity is None or not capacity.lottery:
        return NotDrawn("no_lottery")
    edition = _latest_edition(session, procedure.id)
    if edition is None:
        return NotDrawn("nobody")
    if _is_open(procedure.definition.reception, edition, now):
        return NotDrawn("still_open")
    results: dict[str, Result] = {}
    for name, places in sorted(pools(capacity).items()):
        key = PoolKey(procedure.id, edition, name)
        pool = seats.lock_pool(session, key)
        if pool.drawn_at is None:
            results[name] = _draw_pool(session, pool, key, places, capacity.waiting, now, by)
    return Drawn(edition, results) if results else NotDrawn("already")


def entries_of(
    session: Session, procedure: str, edition: str
) -> Sequence[tuple[AdmissionEntry, Application]]:
    """All wishes of a period with their applications, by pool and turn."""
    rows = session.execute(
        select(AdmissionEntry, Application)
        .join(Application, Application.id == AdmissionEntry.application_id)
        .where(AdmissionEntry.procedure == procedure, AdmissionEntry.edition == edition)
        .order_by(AdmissionEntry.pool, AdmissionEntry.turn, AdmissionEntry.id)
    )
    return [(entry, application) for entry, application in rows]


def editions(session: Session, procedure: str) -> Sequence[str]:
    """The periods in which somebody wished for a place, the latest first."""
    return session.scalars(
        select(AdmissionPool.edition)
        .where(AdmissionPool.procedure == procedure)
        .distinct()
        .order_by(AdmissionPool.edition.desc())
    ).all()


def _latest_edition(session: Session, procedure: str) -> str | None:
    found = editions(session, procedure)
    return found[0] if found else None


def _is_open(reception: Reception | None, edition: str, now: datetime) -> bool:
    """Whether more entries of this period may still come, at night too."""
    if reception is None or edition_at(reception, now) != edition:
        return False
    whole = reception.model_copy(update={"hours": None, "others_from": None})
    return reception_at(whole, now, of_city=True).open


def _draw_pool(
    session: Session,
    pool: AdmissionPool,
    key: PoolKey,
    places: int,
    turns: int,
    now: datetime,
    by: str | None,
) -> Result:
    entered = [
        (entry, Ticket(application.reference, entry.takes))
        for entry, application in entries_of(session, key.procedure, key.edition)
        if entry.pool == key.pool and entry.state == EntryState.ENTERED
    ]
    tickets = [ticket for _, ticket in entered]
    pool.seed = lots.new_seed()
    pool.drawn_from = [[ticket.reference, ticket.takes] for ticket in tickets]
    pool.drawn_from_digest = lots.digest_of(tickets)
    pool.drawn_at, pool.drawn_by = now, by
    result = lots.draw(pool.seed, tickets, places, turns)
    entries = {ticket: entry for entry, ticket in entered}
    for turn, ticket in enumerate(lots.in_order(pool.seed, tickets), 1):
        entries[ticket].turn = turn
    for ticket in result.placed:
        seats.place(session, entries[ticket], places, now)
    for ticket in result.waiting:
        seats.move(session, entries[ticket], EntryEvent.QUEUE, now)
    for ticket in result.lost:
        seats.move(session, entries[ticket], EntryEvent.LOSE, now)
    for ticket in tickets:
        seats.tell(session, entries[ticket], now)
    return result
