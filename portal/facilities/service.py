"""What can be done with rooms: look at a day, hold, submit, confirm, cancel.

Every function runs inside the caller's transaction. A hold takes the slots first and the money
comes second; the confirmation commits together with the ledger entry that its caller writes.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from foundation.clock import jst_date
from foundation.events import Events
from foundation.money import Yen
from portal.facilities.calendar import Unavailable, at, moments, unavailable
from portal.facilities.models import Booking
from portal.facilities.rooms import Facility, Room, Slot
from portal.facilities.slots import Span, free, in_the_way, move, release_lapsed, take
from portal.facilities.states import BOOKING, TIMED, BookingEvent, BookingState
from portal.facilities.tariff import base_price


@dataclass(frozen=True)
class SlotView:
    """One slot of a day as a page shows it: aware moments, base price in yen."""

    id: str
    start: datetime
    end: datetime
    price: Yen
    free: bool


@dataclass(frozen=True)
class Held:
    """The slots are this booking's until ``booking.held_until``."""

    booking: Booking


@dataclass(frozen=True)
class Taken:
    """Somebody was quicker: the ids of the slots that are gone. Nothing was taken."""

    slots: tuple[str, ...]


@dataclass(frozen=True)
class NotOffered:
    """Can't be booked at all: the day (with its reason), or an empty or unknown choice (None)."""

    reason: Unavailable | None


@dataclass(frozen=True)
class Secured:
    """The booking owns its slots and stands in the state that was asked for."""

    booking: Booking


@dataclass(frozen=True)
class LostSlots:
    """These slots (by id) are somebody else's now, or the booking was cancelled.

    The booking stays as it is; money that was already paid for it is due back.
    """

    booking: Booking
    slots: tuple[str, ...]


def day_slots(
    session: Session,
    facility: Facility,
    room: Room,
    days: Sequence[date],
    now: datetime,
    *,
    owner: str = "",
) -> dict[date, tuple[SlotView, ...]]:
    """The slots of a room on days in Japan, with base prices and whether they can be had now.

    What ``owner`` holds without having submitted it counts as free: choosing again replaces it.
    One query, however many days.
    """
    resources = facility.resources(room)
    spans = {
        (day, slot): _spans(resources, *moments(slot, day))
        for day in days
        for slot in facility.slots
    }
    blocking = [
        one.span
        for one in in_the_way(session, [span for some in spans.values() for span in some])
        if not one.yields(now, owner)
    ]

    def view(day: date, slot: Slot) -> SlotView:
        start, end = moments(slot, day)
        offered = unavailable(facility, day, jst_date(now)) is None and start > now
        return SlotView(
            slot.id,
            start,
            end,
            price=base_price(room.tariff, [slot.id]),
            free=offered and not _overlap(spans[day, slot], blocking),
        )

    return {day: tuple(view(day, slot) for slot in facility.slots) for day in days}


def hold(
    session: Session,
    events: Events,
    facility: Facility,
    room: Room,
    day: date,
    slot_ids: Collection[str],
    *,
    owner: str,
    now: datetime,
) -> Held | Taken | NotOffered:
    """Take the chosen slots for ``owner`` until the facility's deadline: all of them, or none.

    An earlier hold of the same owner that is in the way and not yet submitted is cancelled.
    """
    chosen = [slot for slot in facility.slots if slot.id in slot_ids]
    if not chosen or len(chosen) != len(set(slot_ids)):
        return NotOffered(None)
    reason = unavailable(facility, day, jst_date(now))
    if reason is None and min(moments(slot, day)[0] for slot in chosen) <= now:
        reason = Unavailable.PAST
    if reason is not None:
        return NotOffered(reason)
    booking = Booking(
        owner=owner,
        facility=facility.id,
        facility_title=facility.title,
        room=room.id,
        room_title=room.title,
        day=day,
        slots=[_snapshot(slot) for slot in chosen],
        resources=list(facility.resources(room)),
        base_price=base_price(room.tariff, [slot.id for slot in chosen]),
        hold_minutes=facility.hold_minutes,
        state=BookingState.HELD,
        held_until=now + timedelta(minutes=facility.hold_minutes),
        created_at=now,
        changed_at=now,
    )
    attempt = session.begin_nested()
    session.add(booking)
    session.flush()
    lost = _take_all(session, events, booking, now)
    if lost:
        attempt.rollback()
        return Taken(lost)
    attempt.commit()
    return Held(booking)


def attach(session: Session, booking_id: str, application_id: str) -> None:
    """Tie a booking to the application that carries its form and its fee, in place of any other."""
    session.execute(
        update(Booking)
        .where(Booking.application_id == application_id, Booking.id != booking_id)
        .values(application_id=None)
    )
    _locked(session, booking_id).application_id = application_id
    session.flush()


def of_application(session: Session, application_id: str) -> Booking | None:
    """The booking of an application; None for an application without one."""
    return session.scalars(select(Booking).where(Booking.application_id == application_id)).first()


def deadline(session: Session, application_id: str) -> datetime | None:
    """Until when the slots of an application wait for it; None where they needn't, or don't."""
    booking = of_application(session, application_id)
    if booking is None or booking.state not in TIMED:
        return None
    return booking.held_until


def pending(
    session: Session, events: Events, booking_id: str, now: datetime
) -> Secured | LostSlots:
    """The application was submitted and the fee is open: a fresh deadline for the payment.

    A booking that had lapsed takes its slots again, where they are still free.
    """
    booking = _locked(session, booking_id)
    if booking.state in (BookingState.PENDING_PAYMENT, BookingState.CONFIRMED):
        return Secured(booking)
    outcome = _secure(session, events, booking, BookingEvent.SUBMIT, now)
    if isinstance(outcome, Secured):
        booking.held_until = now + timedelta(minutes=booking.hold_minutes)
    return outcome


def confirm(
    session: Session, events: Events, booking_id: str, now: datetime
) -> Secured | LostSlots:
    """The fee was settled, or there was none. LostSlots means: raise a refund.

    Money that comes after the deadline still gets the slots where nobody else has them.
    """
    booking = _locked(session, booking_id)
    if booking.state in (BookingState.CONFIRMED, BookingState.USED):
        return Secured(booking)
    return _secure(session, events, booking, BookingEvent.SETTLE, now)


def cancel(session: Session, booking_id: str, now: datetime) -> Booking:
    """The person doesn't want it any more: the slots are free at once. Twice does nothing more.

    Raises IllegalTransition for a booking that was used already.
    """
    booking = _locked(session, booking_id)
    if booking.state != BookingState.CANCELLED:
        move(session, booking, BookingEvent.CANCEL, now)
        free(session, booking.id)
    return booking


def release_expired(session: Session, events: Events, now: datetime) -> list[Booking]:
    """Free what waited too long; each is announced as BookingReleased."""
    return release_lapsed(session, events, now)


def mark_used(session: Session, now: datetime) -> list[Booking]:
    """Close the confirmed bookings of days that are over in Japan."""
    over = select(Booking).where(
        Booking.state == BookingState.CONFIRMED, Booking.day < jst_date(now)
    )
    bookings = list(session.scalars(over.order_by(Booking.id).with_for_update()))
    for booking in bookings:
        move(session, booking, BookingEvent.USE, now)
    return bookings


def form_context(booking: Booking) -> dict[str, Any]:
    """What a form and its expressions may know of a booking, in JSON.

    ``base`` is in yen before factors, ``slots`` how many there are.
    """
    return {
        "id": booking.id,
        "facility": booking.facility,
        "facility_title": booking.facility_title,
        "room": booking.room,
        "room_title": booking.room_title,
        "day": booking.day.isoformat(),
        "start": booking.slots[0]["start"],
        "end": booking.slots[-1]["end"],
        "times": " / ".join(f"{start}–{end}" for start, end in times(booking)),
        "slots": len(booking.slots),
        "base": booking.base_price,
    }


def times(booking: Booking) -> list[tuple[str, str]]:
    """The booked times as ``("09:00", "12:00")``, neighbouring slots joined."""
    joined: list[tuple[str, str]] = []
    for slot in booking.slots:
        if joined and joined[-1][1] == slot["start"]:
            joined[-1] = (joined[-1][0], slot["end"])
        else:
            joined.append((slot["start"], slot["end"]))
    return joined


def _locked(session: Session, booking_id: str) -> Booking:
    return session.get_one(Booking, booking_id, with_for_update=True, populate_existing=True)


def _secure(
    session: Session, events: Events, booking: Booking, event: BookingEvent, now: datetime
) -> Secured | LostSlots:
    """Follow the edge, taking the slots again where the booking had lost them."""
    if not BOOKING.allows(BookingState(booking.state), event):
        return LostSlots(booking, tuple(slot["id"] for slot in booking.slots))
    if booking.state == BookingState.RELEASED:
        lost = _take_all(session, events, booking, now)
        if lost:
            return LostSlots(booking, lost)
    move(session, booking, event, now)
    return Secured(booking)


def _take_all(session: Session, events: Events, booking: Booking, now: datetime) -> tuple[str, ...]:
    """Take every slot of a booking, or none; the ids of the slots that others have."""
    spans = {
        slot["id"]: _spans(
            booking.resources,
            at(booking.day, time.fromisoformat(slot["start"])),
            at(booking.day, time.fromisoformat(slot["end"])),
        )
        for slot in booking.slots
    }
    obstacles = take(
        session, events, booking, [span for some in spans.values() for span in some], now
    )
    return tuple(slot for slot, some in spans.items() if _overlap(some, obstacles))


def _spans(resources: Collection[str], start: datetime, end: datetime) -> list[Span]:
    return [Span(resource, start, end) for resource in resources]


def _overlap(spans: Collection[Span], others: Collection[Span]) -> bool:
    return any(span.overlaps(other) for span in spans for other in others)


def _snapshot(slot: Slot) -> dict[str, str]:
    return {"id": slot.id, "start": f"{slot.start:%H:%M}", "end": f"{slot.end:%H:%M}"}
