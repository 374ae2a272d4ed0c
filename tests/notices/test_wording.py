"""Which step of an application is told of, and as what."""

import pytest

from portal.applications.states import Event
from portal.notices.wording import BOOKED, WORDS, notice_of


@pytest.mark.parametrize("event", [Event.SUBMIT, Event.PAID])
def test_a_booking_is_told_of_once(event: Event) -> None:
    assert notice_of(event, is_booking=True) is None
    assert notice_of(event, is_booking=False) == event
    assert notice_of(Event.COMPLETE, is_booking=True) == BOOKED


def test_every_notice_has_words() -> None:
    for event in Event:
        for is_booking in (True, False):
            notice = notice_of(event, is_booking=is_booking)
            assert notice is None or notice in WORDS
