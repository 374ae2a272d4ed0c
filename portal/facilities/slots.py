"""Taking slots and giving them back: the one place that writes BookingSlot.

The primary key (resource, slot_start) is what decides a race, not a look beforehand.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from foundation.events import Events
from portal.facilities.events import BookingReleased
from portal.facilities.models import Booking, BookingSlot
from portal.facilities.states import BOOKING, TIMED, BookingEvent, BookingState

#: A rival may give a slot back between our refused insertion and our look at who has it.
_TRIES = 3


@dataclass(frozen=True, order=True)
class Span:
    """One slot of one resource; the moments are aware."""

    resource: str
    start: datetime
    end: datetime

    def overlaps(self, other: "Span") -> bool:
        return self.resource == other.resource and self.start < other.end and other.start < self.end


@dataclass(frozen=True)
class Owned:
    """A span that a booking owns."""

    span: Span
    booking_id: str
    owner: str
    state: BookingState
    held_until: datetime

    def yields(self, now: datetime, owner: str) -> bool:
        """Whether a new hold of ``owner`` gets it: the deadline passed, or it is the owner's own
        choice that wasn't submitted yet."""
        if self.state in TIMED and self.held_until <= now:
            return True
        return self.state == BookingState.HELD and self.owner == owner


def owned(
    session: Session, resources: Collection[str], start: datetime, end: datetime
) -> list[Owned]:
    """Every span of these resources that touches the time between two moments."""
    rows = session.execute(
        select(
            BookingSlot.resource,
            BookingSlot.slot_start,
            BookingSlot.slot_end,
            Booking.id,
            Booking.owner,
            Booking.state,
            Booking.held_until,
        )
        .join(Booking, Booking.id == BookingSlot.booking_id)
        .where(
            BookingSlot.resource.in_(resources),
            BookingSlot.slot_start < end,
            BookingSlot.slot_end > start,
        )
        .order_by(BookingSlot.slot_start, BookingSlot.resource)
    )
    return [
        Owned(Span(resource, slot_start, slot_end), key, owner, BookingState(state), held_until)
        for resource, slot_start, slot_end, key, owner, state, held_until in rows
    ]


def in_the_way(session: Session, spans: Sequence[Span]) -> list[Owned]:
    """What overlaps any of these spans."""
    candidates = owned(
        session,
        {span.resource for span in spans},
        min(span.start for span in spans),
        max(span.end for span in spans),
    )
    return [one for one in candidates if any(one.span.overlaps(span) for span in spans)]


def take(
    session: Session, events: Events, booking: Booking, spans: Iterable[Span], now: datetime
) -> list[Span]:
    """Give all spans to a flushed booking, or none; returns the owned spans that stand in the way.

    Whatever yields to the booking's owner gives way here, so that nothing depends on a worker
    being alive to release lapsed holds.
    """
    # One order for everybody, so that two transactions never wait for each other in a circle.
    wanted = sorted(spans)
    rows = [
        {
            "resource": span.resource,
            "slot_start": span.start,
            "slot_end": span.end,
            "booking_id": booking.id,
        }
        for span in wanted
    ]
    for _ in range(_TRIES):
        obstacles = in_the_way(session, wanted)
        yielding = {one.booking_id for one in obstacles if one.yields(now, booking.owner)}
        gone = {one.id for one in release_lapsed(session, events, now, among=yielding)}
        gone |= set(_cancel_held(session, booking.owner, yielding - gone, now))
        kept = [one.span for one in obstacles if one.booking_id not in gone]
        if kept:
            return kept
        try:
            with session.begin_nested():
                session.execute(insert(BookingSlot), rows)
        except IntegrityError:
            continue
        return []
    return wanted


def free(session: Session, booking_id: str) -> None:
    """Give back every slot of a booking."""
    session.execute(delete(BookingSlot).where(BookingSlot.booking_id == booking_id))


def release_lapsed(
    session: Session, events: Events, now: datetime, *, among: Collection[str] | None = None
) -> list[Booking]:
    """Release the bookings (all, or those ``among``) whose deadline has passed.

    Each is announced as BookingReleased. One whose money arrives at this moment is left to it.
    """
    lapsed = (
        select(Booking)
        .where(Booking.state.in_(TIMED), Booking.held_until <= now)
        .order_by(Booking.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if among is not None:
        lapsed = lapsed.where(Booking.id.in_(among))
    released = list(session.scalars(lapsed))
    for booking in released:
        awaiting = booking.state == BookingState.PENDING_PAYMENT
        move(session, booking, BookingEvent.EXPIRE, now)
        free(session, booking.id)
        events.announce(session, BookingReleased(booking.id, booking.application_id, awaiting))
    return released


def _cancel_held(session: Session, owner: str, among: Collection[str], now: datetime) -> list[str]:
    """Cancel an owner's bookings ``among`` that weren't submitted yet; returns their ids."""
    held = (
        select(Booking)
        .where(Booking.id.in_(among), Booking.owner == owner, Booking.state == BookingState.HELD)
        .order_by(Booking.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    bookings = list(session.scalars(held))
    for booking in bookings:
        move(session, booking, BookingEvent.CANCEL, now)
        free(session, booking.id)
    return [booking.id for booking in bookings]


def move(session: Session, booking: Booking, event: BookingEvent, now: datetime) -> None:
    """Follow an edge of the state table. Raises IllegalTransition where there is none."""
    booking.state = BOOKING.after(BookingState(booking.state), event)
    booking.changed_at = now
    # Whoever hears of it in this transaction reads the booking afresh, under its lock.
    session.flush()
