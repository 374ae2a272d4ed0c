"""Tables: a booking, and the slots that it owns."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from foundation.ids import new_id
from foundation.orm import Base
from portal.facilities.states import BOOKING, BookingState


class Booking(Base):
    """予約: one room on one day, for one or more slots, held, paid for, or given back."""

    __tablename__ = "booking"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    #: the application that carries the purpose and the fee; empty until the form is begun
    application_id: Mapped[str | None] = mapped_column(index=True)
    #: who chose the slots, as the caller names people: "resident:<id>", "staff:<id>"
    owner: Mapped[str]
    #: id of the facility's definition, and its Japanese title as it was shown
    facility: Mapped[str]
    facility_title: Mapped[str]
    #: id of the room inside the facility, and its Japanese title as it was shown
    room: Mapped[str]
    room_title: Mapped[str]
    #: the day of use in Japan
    day: Mapped[date]
    #: what was chosen, as it was then: [{"id", "start", "end"}], times as "HH:MM" in Japan
    slots: Mapped[list[Any]]
    #: keys of what the room takes up: itself, or the halves of a hall
    resources: Mapped[list[Any]]
    #: price of the slots before the factors of the procedure, in yen, as it was shown
    base_price: Mapped[int]
    state: Mapped[str] = mapped_column(String, default=BookingState.HELD)
    #: minutes that the facility gives for the form, and once more for the payment
    hold_minutes: Mapped[int]
    #: until when the slots wait for the form or the money
    held_until: Mapped[datetime]
    created_at: Mapped[datetime]
    #: when the state last changed
    changed_at: Mapped[datetime]

    __table_args__ = (
        BOOKING.check("state"),
        CheckConstraint("base_price >= 0", name="base_price_not_negative"),
        CheckConstraint("hold_minutes > 0", name="hold_minutes_positive"),
        Index("ix_booking_deadline", "state", "held_until"),
    )


class BookingSlot(Base):
    """A taken slot. The primary key is what makes a double booking impossible."""

    __tablename__ = "booking_slot"

    #: "<facility>/<part>": the smallest thing that can be taken only once
    resource: Mapped[str] = mapped_column(primary_key=True)
    slot_start: Mapped[datetime] = mapped_column(primary_key=True)
    slot_end: Mapped[datetime]
    booking_id: Mapped[str] = mapped_column(
        ForeignKey("booking.id", ondelete="CASCADE"), index=True
    )

    __table_args__ = (CheckConstraint("slot_end > slot_start", name="slot_has_length"),)
