"""Whether an application gets its place: counted, placed or put on the list, and freed again.

Called inside the submission; what follows from later steps is subscribed once, in
``portal/building.py``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from foundation.clock import Clock, jst_date
from foundation.events import Events
from portal.admission import seats
from portal.admission.limits import LimitReached, free_uses, take_uses
from portal.admission.models import AdmissionEntry
from portal.admission.seats import PoolKey, Room
from portal.admission.states import ENTRY, EntryEvent, EntryState
from portal.applications.actors import Actor
from portal.applications.life import ApplicationMoved
from portal.applications.models import Application
from portal.applications.states import Event
from portal.forms import Answers, Context, Procedure
from portal.forms.places import Demand, demand, pools
from portal.forms.reception import Capacity, edition_at

#: Ends after which a place is free for others, and the application doesn't count any more.
_ENDS = frozenset({Event.WITHDRAW, Event.LAPSE, Event.REJECT, Event.LOSE})


@dataclass(frozen=True)
class Full:
    """満員: neither the places nor a turn on the waiting list are left. Nothing was taken."""

    demand: Demand
    #: places that others could still have
    left: int


def wanted_places(
    procedure: Procedure, current: Procedure, answers: Answers, context: Context
) -> Demand | None:
    """The places that complete answers ask for, by the definition that they were given to.

    Raises UndecidedDemand.
    """
    capacity = procedure.definition.capacity or current.definition.capacity
    if capacity is None:
        return None
    return demand(capacity, answers, procedure.scope(answers, context))


def admit(
    session: Session,
    procedure: Procedure,
    application: Application,
    answers: Answers,
    wanted: Demand | None,
    actor: Actor,
    *,
    current: Procedure,
    now: datetime,
) -> Full | LimitReached | None:
    """Count an application that is being sent and give it its places, or take nothing at all.

    ``current`` is today's definition: how many places there are isn't a matter of the version
    that a draft was begun with.
    """
    with session.begin_nested() as attempt:
        refused: Full | LimitReached | None = take_uses(
            session, procedure, application, answers, actor, jst_date(now)
        )
        if refused is None:
            refused = _take_places(session, application, wanted, current, now)
        if refused is not None:
            attempt.rollback()
    return refused


def rooms(session: Session, procedure: Procedure, now: datetime) -> Mapping[str, Room]:
    """How the places of the period at hand stand, by pool; empty without a limit of places."""
    capacity = procedure.definition.capacity
    if capacity is None:
        return {}
    edition = edition_at(procedure.definition.reception, now)
    return {
        pool: seats.room(session, PoolKey(procedure.id, edition, pool), places)
        for pool, places in pools(capacity).items()
    }


def _take_places(
    session: Session,
    application: Application,
    wanted: Demand | None,
    current: Procedure,
    now: datetime,
) -> Full | None:
    """Places for a new application, or others for one whose correction asks for others."""
    capacity = current.definition.capacity
    before = seats.entry_of(session, application.id)
    live = before if before is not None and _is_live(before) else None
    if live is not None and wanted == Demand(live.pool, live.takes):
        return None
    if live is None and (wanted is None or capacity is None):
        return None
    # A correction stays in the period in which the application was made.
    edition = live.edition if live else edition_at(current.definition.reception, now)
    keys = {PoolKey(application.procedure, edition, wanted.pool)} if wanted and capacity else set()
    # One order for everybody, so that two transactions never wait for each other in a circle.
    for key in sorted(keys | ({seats.key_of(live)} if live else set())):
        seats.lock_pool(session, key)
    if live is not None:
        session.refresh(live)
        seats.give_up(session, live, now)
    if wanted is not None and capacity is not None:
        full = _enter(session, application, wanted, edition, capacity, now)
        if full is not None:
            return full
    if live is not None and capacity is not None:
        old = seats.key_of(live)
        seats.promote(session, old, pools(capacity).get(old.pool, 0), now)
    return None


def _enter(
    session: Session,
    application: Application,
    wanted: Demand,
    edition: str,
    capacity: Capacity,
    now: datetime,
) -> Full | None:
    key = PoolKey(application.procedure, edition, wanted.pool)
    pool = seats.lock_pool(session, key)
    places = pools(capacity).get(wanted.pool, 0)
    stand = seats.room(session, key, places)
    if wanted.takes > places:
        return Full(wanted, stand.left)
    if capacity.lottery and pool.drawn_at is None:
        entry = seats.enter(session, pool, application.id, wanted.takes, now)
    elif stand.left >= wanted.takes:
        entry = seats.enter(session, pool, application.id, wanted.takes, now)
        if not seats.place(session, entry, places, now):
            return Full(wanted, stand.left)
    elif stand.waiting < capacity.waiting:
        entry = seats.enter(session, pool, application.id, wanted.takes, now)
        seats.move(session, entry, EntryEvent.QUEUE, now)
        seats.tell(session, entry, now)
        return None
    else:
        return Full(wanted, stand.left)
    # The page and the notice of the submission say it.
    entry.told = entry.state
    return None


def _is_live(entry: AdmissionEntry) -> bool:
    return ENTRY.allows(EntryState(entry.state), EntryEvent.GIVE_UP)


def waits_for_place(session: Session, application_id: str) -> bool:
    """Whether it is on a waiting list, or its lots are still to be drawn."""
    entry = seats.entry_of(session, application_id)
    return entry is not None and entry.state in (EntryState.ENTERED, EntryState.WAITING)


@dataclass(frozen=True)
class Admission:
    """What follows for places and counts from the life of an application."""

    procedures: Mapping[str, Procedure]
    clock: Clock

    def subscribe(self, events: Events) -> None:
        events.subscribe(ApplicationMoved, self.application_moved)

    def application_moved(self, session: Session, event: ApplicationMoved) -> None:
        """What ended frees its places for who waits, and counts no more."""
        if event.event not in _ENDS:
            return
        application, now = event.application, self.clock()
        free_uses(session, application.id)
        entry = seats.entry_of(session, application.id)
        if entry is None or not _is_live(entry):
            return
        key = seats.key_of(entry)
        seats.lock_pool(session, key)
        session.refresh(entry)
        if _is_live(entry):
            seats.give_up(session, entry, now)
        seats.promote(session, key, self._places(key), now)

    def promote_waiting(self, session: Session) -> int:
        """Places that a changed definition has added go to those who wait. Returns how many."""
        waiting = session.execute(
            select(AdmissionEntry.procedure, AdmissionEntry.edition, AdmissionEntry.pool)
            .where(AdmissionEntry.state == EntryState.WAITING)
            .distinct()
        )
        promoted = 0
        for key in sorted(PoolKey(*row) for row in waiting):
            seats.lock_pool(session, key)
            promoted += len(seats.promote(session, key, self._places(key), self.clock()))
        return promoted

    def _places(self, key: PoolKey) -> int:
        """How many there are today; none of a procedure or an option that is no longer offered."""
        procedure = self.procedures.get(key.procedure)
        capacity = procedure.definition.capacity if procedure is not None else None
        return pools(capacity).get(key.pool, 0) if capacity is not None else 0
