"""Which days can be booked."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.facilities.calendar import Unavailable, closed, moments, unavailable, window
from portal.facilities.rooms import Facility
from portal.forms.calendar import Calendar
from portal.forms.facility import ClosedDefinition, PeriodDefinition
from tests.facilities.house import FRIDAY, SLOTS

TODAY = date(2026, 6, 3)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 6, 2), Unavailable.PAST),
        (date(2026, 6, 3), Unavailable.TOO_SOON),
        (date(2026, 6, 4), None),
        (date(2026, 6, 8), Unavailable.CLOSED),
        (date(2026, 9, 3), None),
        (date(2026, 9, 4), Unavailable.TOO_FAR),
    ],
)
def test_from_tomorrow_up_to_three_months_ahead(
    plaza: Facility, day: date, expected: Unavailable | None
) -> None:
    assert unavailable(plaza, day, TODAY) == expected


@pytest.mark.parametrize(
    ("today", "last"),
    [
        (date(2026, 11, 30), date(2027, 2, 28)),
        (date(2027, 11, 30), date(2028, 2, 29)),
        (date(2026, 10, 31), date(2027, 1, 31)),
        (date(2026, 12, 31), date(2027, 3, 31)),
    ],
)
def test_a_month_ahead_of_a_day_that_the_month_lacks(
    plaza: Facility, today: date, last: date
) -> None:
    assert window(plaza, today).last == last


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 12, 28), True),  # a Monday
        (date(2026, 12, 29), True),
        (date(2027, 1, 1), True),
        (date(2027, 1, 3), True),
        (date(2027, 1, 5), False),
        (date(2026, 11, 23), True),  # a holiday, and a Monday
        (date(2026, 11, 3), False),  # 文化の日, a Tuesday: open unless the file says otherwise
    ],
)
def test_weekdays_and_the_turn_of_the_year(plaza: Facility, day: date, expected: bool) -> None:
    assert closed(plaza, day) is expected


def test_holidays_single_days_and_a_period_within_a_year(plaza: Facility) -> None:
    rules = Calendar(
        ClosedDefinition(
            holidays=True,
            periods=(PeriodDefinition(first="08-10", last="08-16"),),
            dates=(date(2026, 6, 19),),
        )
    )
    house = replace(plaza, closed=rules)
    shut = [
        day for day in (date(2026, 1, 1) + timedelta(n) for n in range(365)) if closed(house, day)
    ]
    assert date(2026, 5, 6) in shut  # 振替休日
    assert date(2026, 6, 19) in shut
    assert date(2026, 8, 10) in shut and date(2026, 8, 16) in shut
    assert date(2026, 8, 9) not in shut and date(2026, 8, 17) not in shut
    assert date(2026, 6, 8) not in shut


def test_a_slot_lies_on_the_wall_clock_of_japan() -> None:
    start, end = moments(SLOTS[0], FRIDAY)
    assert start.isoformat() == "2026-06-05T09:00:00+09:00"
    assert end - start == timedelta(hours=3)


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(1, 24))
def test_the_window_ends_in_the_month_that_was_promised(today: date, months: int) -> None:
    rules = Calendar(ClosedDefinition())
    house = Facility("f", "f", "", "", (), (), rules, from_days=1, months=months, hold_minutes=30)
    last = window(house, today).last
    assert (last.year * 12 + last.month) - (today.year * 12 + today.month) == months
    assert last.day <= today.day
    assert last.day == today.day or (last + timedelta(days=1)).day == 1
