"""Taking places and giving them back: the one module that writes the tables of admission entries.

The row of a pool is locked first, so that numbers and the queue keep their order; the primary key
of a seat decides what the lock would miss.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from foundation.outbox import enqueue
from portal.admission.models import AdmissionEntry, AdmissionPool, AdmissionSeat
from portal.admission.states import ENTRY, LIVE, EntryEvent, EntryState

#: Topic of the outbox: an applicant is to be told what became of their wish.
TELL_TOPIC = "admission.tell"


@dataclass(frozen=True, order=True)
class PoolKey:
    """Which places: of a procedure, of one period, of an option."""

    procedure: str
    edition: str
    pool: str


@dataclass(frozen=True)
class Room:
    """How a pool stands."""

    #: places in all
    places: int
    #: places that are taken
    taken: int
    #: wishes on the waiting list
    waiting: int
    #: wishes in a draw that is still to come
    entered: int

    @property
    def left(self) -> int:
        """Places that can be had at once: none while somebody waits for them."""
        return 0 if self.waiting else max(self.places - self.taken, 0)


def lock_pool(session: Session, key: PoolKey) -> AdmissionPool:
    """The pool, alone in the hands of this transaction until it ends."""
    where = (key.procedure, key.edition, key.pool)
    if session.get(AdmissionPool, where) is None:
        # Two people may be the first at the same moment.
        with suppress(IntegrityError), session.begin_nested():
            session.add(AdmissionPool(procedure=where[0], edition=where[1], pool=where[2]))
    return session.get_one(AdmissionPool, where, with_for_update=True, populate_existing=True)


def room(session: Session, key: PoolKey, places: int) -> Room:
    """How a pool with so many places stands."""
    found = session.execute(
        select(AdmissionEntry.state, func.count())
        .where(*_of(AdmissionEntry, key), AdmissionEntry.state.in_(LIVE))
        .group_by(AdmissionEntry.state)
    )
    counts = {row[0]: row[1] for row in found}
    waiting, entered = counts.get(EntryState.WAITING, 0), counts.get(EntryState.ENTERED, 0)
    return Room(places, len(_numbers(session, key)), waiting, entered)


def enter(
    session: Session, pool: AdmissionPool, application_id: str, takes: int, now: datetime
) -> AdmissionEntry:
    """A new wish, behind all that came before. The pool is locked."""
    pool.arrivals += 1
    entry = AdmissionEntry(
        application_id=application_id,
        procedure=pool.procedure,
        edition=pool.edition,
        pool=pool.pool,
        takes=takes,
        state=EntryState.ENTERED,
        turn=pool.arrivals,
        created_at=now,
        changed_at=now,
    )
    session.add(entry)
    session.flush()
    return entry


def place(session: Session, entry: AdmissionEntry, places: int, now: datetime) -> bool:
    """Give a wish the lowest free places below ``places``; False where there are too few.

    The pool is locked.
    """
    key = key_of(entry)
    taken = _numbers(session, key)
    free = [number for number in range(1, places + 1) if number not in taken][: entry.takes]
    if len(free) < entry.takes:
        return False
    where = {"procedure": key.procedure, "edition": key.edition, "pool": key.pool}
    rows = [{**where, "number": number, "entry_id": entry.id} for number in free]
    try:
        with session.begin_nested():
            session.execute(insert(AdmissionSeat), rows)
    except IntegrityError:
        return False
    move(session, entry, EntryEvent.PLACE, now)
    return True


def give_up(session: Session, entry: AdmissionEntry, now: datetime) -> None:
    """Free what a wish had. The pool is locked."""
    session.execute(delete(AdmissionSeat).where(AdmissionSeat.entry_id == entry.id))
    move(session, entry, EntryEvent.GIVE_UP, now)


def promote(session: Session, key: PoolKey, places: int, now: datetime) -> list[AdmissionEntry]:
    """繰上げ: give free places to who waits, strictly in their order. The pool is locked.

    Who wants more places than are free keeps their turn, and those behind them wait with them.
    """
    promoted = []
    for entry in queue(session, key):
        if not place(session, entry, places, now):
            break
        tell(session, entry, now)
        promoted.append(entry)
    return promoted


def queue(session: Session, key: PoolKey) -> Sequence[AdmissionEntry]:
    """The waiting list, first in turn first."""
    return session.scalars(
        select(AdmissionEntry)
        .where(*_of(AdmissionEntry, key), AdmissionEntry.state == EntryState.WAITING)
        .order_by(AdmissionEntry.turn)
        .execution_options(populate_existing=True)
    ).all()


def position(session: Session, entry: AdmissionEntry) -> int:
    """キャンセル待ちの順番, from 1, of a wish that waits."""
    before = session.scalar(
        select(func.count()).where(
            *_of(AdmissionEntry, key_of(entry)),
            AdmissionEntry.state == EntryState.WAITING,
            AdmissionEntry.turn < entry.turn,
        )
    )
    return (before or 0) + 1


def entry_of(session: Session, application_id: str) -> AdmissionEntry | None:
    """An application's wish: the last, where a correction asked for other places."""
    return session.scalars(
        select(AdmissionEntry)
        .where(AdmissionEntry.application_id == application_id)
        .order_by(AdmissionEntry.created_at.desc(), AdmissionEntry.id.desc())
        .execution_options(populate_existing=True)
    ).first()


def tell(session: Session, entry: AdmissionEntry, now: datetime) -> None:
    """Have the applicant told, in a transaction of its own.

    Their application's row may be locked by themselves at this moment, while they wait for the
    pool that we hold.
    """
    enqueue(session, TELL_TOPIC, {"entry": entry.id}, now=now)


def key_of(entry: AdmissionEntry) -> PoolKey:
    return PoolKey(entry.procedure, entry.edition, entry.pool)


def move(session: Session, entry: AdmissionEntry, event: EntryEvent, now: datetime) -> None:
    """Follow an edge of the state table. Raises IllegalTransition where there is none."""
    entry.state = ENTRY.after(EntryState(entry.state), event)
    entry.changed_at = now
    session.flush()


def _numbers(session: Session, key: PoolKey) -> set[int]:
    return set(session.scalars(select(AdmissionSeat.number).where(*_of(AdmissionSeat, key))))


def _of(
    table: type[AdmissionEntry] | type[AdmissionSeat], key: PoolKey
) -> tuple[ColumnElement[bool], ...]:
    return (
        table.procedure == key.procedure,
        table.edition == key.edition,
        table.pool == key.pool,
    )
