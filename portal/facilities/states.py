"""The life of a booking (施設の予約) as one table."""

from enum import StrEnum

from foundation.states import StateMachine


class BookingState(StrEnum):
    """Where a booking stands. All but released and cancelled own their slots."""

    HELD = "held"
    PENDING_PAYMENT = "pending_payment"
    CONFIRMED = "confirmed"
    USED = "used"
    CANCELLED = "cancelled"
    RELEASED = "released"


class BookingEvent(StrEnum):
    """What can happen to a booking."""

    #: its application was submitted; the fee is still open
    SUBMIT = "submit"
    #: the fee was settled, or there was none
    SETTLE = "settle"
    #: the deadline passed before the money came
    EXPIRE = "expire"
    #: the person gave the slots back, before or after paying
    CANCEL = "cancel"
    #: the day came and the room was used
    USE = "use"


#: A released booking is not dead: where its slots are still free, it takes them again, be it at
#: the submission or when money arrives after the deadline. A cancelled one is: nobody wants it.
BOOKING: StateMachine[BookingState, BookingEvent] = StateMachine(
    name="booking",
    states=BookingState,
    initial=BookingState.HELD,
    edges={
        (BookingState.HELD, BookingEvent.SUBMIT): BookingState.PENDING_PAYMENT,
        (BookingState.HELD, BookingEvent.SETTLE): BookingState.CONFIRMED,
        (BookingState.HELD, BookingEvent.EXPIRE): BookingState.RELEASED,
        (BookingState.HELD, BookingEvent.CANCEL): BookingState.CANCELLED,
        (BookingState.PENDING_PAYMENT, BookingEvent.SETTLE): BookingState.CONFIRMED,
        (BookingState.PENDING_PAYMENT, BookingEvent.EXPIRE): BookingState.RELEASED,
        (BookingState.PENDING_PAYMENT, BookingEvent.CANCEL): BookingState.CANCELLED,
        (BookingState.RELEASED, BookingEvent.SUBMIT): BookingState.PENDING_PAYMENT,
        (BookingState.RELEASED, BookingEvent.SETTLE): BookingState.CONFIRMED,
        (BookingState.RELEASED, BookingEvent.CANCEL): BookingState.CANCELLED,
        (BookingState.CONFIRMED, BookingEvent.CANCEL): BookingState.CANCELLED,
        (BookingState.CONFIRMED, BookingEvent.USE): BookingState.USED,
    },
)

#: States that wait for money or for the rest of the form, and therefore have a deadline.
TIMED = (BookingState.HELD, BookingState.PENDING_PAYMENT)
