"""What a booking's table promises beyond what every table of states keeps."""

import pytest

from portal.facilities.states import BOOKING, TIMED, BookingEvent, BookingState


def test_what_has_a_deadline_can_expire_and_nothing_else_can() -> None:
    expiring = {state for state in BookingState if BOOKING.allows(state, BookingEvent.EXPIRE)}
    assert expiring == set(TIMED)


def test_money_that_comes_late_may_still_settle() -> None:
    assert BOOKING.allows(BookingState.RELEASED, BookingEvent.SETTLE)


@pytest.mark.parametrize("state", [BookingState.USED, BookingState.CANCELLED])
def test_what_is_over_stays_over(state: BookingState) -> None:
    assert not any(BOOKING.allows(state, event) for event in BookingEvent)
