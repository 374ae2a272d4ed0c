"""The city hall's days: open and closed, counted forwards and backwards."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.forms import Context, load_catalogue, thaw
from portal.forms.calendar import Calendar, NeverOpen
from portal.forms.expressions import Expression, ExpressionError
from portal.forms.facility import ClosedDefinition, PeriodDefinition
from portal.forms.functions import SCOPE_KEY, of_procedure
from tests.forms.city import MUNICIPALITY, one_section, write_city

USUAL = Calendar(None)
SCOPE = {SCOPE_KEY: of_procedure({}, USUAL), "nothing": None}


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ('open_day(date("2026-11-20"))', True),  # a Friday
        ('open_day(date("2026-11-21"))', False),  # Saturday
        ('open_day(date("2026-11-23"))', False),  # 勤労感謝の日
        ('open_day(date("2026-12-29"))', False),
        ('open_day(date("2027-01-04"))', True),
        ('holiday(date("2026-05-06"))', True),  # 振替休日
        ('holiday(date("2026-12-29"))', False),
        ('next_open_day(date("2026-11-21")) == date("2026-11-24")', True),
        ('next_open_day(date("2026-11-20")) == date("2026-11-20")', True),
        ('previous_open_day(date("2026-11-23")) == date("2026-11-20")', True),
        ('add_open_days(date("2026-12-28"), 1) == date("2027-01-04")', True),
        ('add_open_days(date("2027-01-04"), -1) == date("2026-12-28")', True),
        ('add_open_days(date("2026-11-21"), 0) == date("2026-11-21")', True),
        ('open_days_between(date("2026-11-20"), date("2026-11-25"))', 2),
        ('open_days_between(date("2026-11-25"), date("2026-11-20"))', -2),
        ('open_days_between(date("2026-11-20"), date("2026-11-20"))', 0),
        ("open_day(nothing)", None),
        ("add_open_days(nothing, 3)", None),
    ],
)
def test_days_of_the_city_hall(source: str, value: object) -> None:
    assert Expression(source).evaluate(SCOPE) == value


@pytest.mark.parametrize(
    "source",
    [
        'add_open_days(date("2026-11-20"), 100000)',
        'open_days_between(date("2000-01-01"), date("2199-01-01"))',
        'add_open_days(date("2026-11-20"), 1.5)',
        'lookup("nowhere", 1)',
        "open_day(1)",
    ],
)
def test_what_can_t_be_counted_is_an_error(source: str) -> None:
    with pytest.raises(ExpressionError):
        Expression(source).evaluate(SCOPE)


def test_without_a_procedure_there_is_no_calendar() -> None:
    with pytest.raises(ExpressionError):
        Expression("open_day(day)").evaluate({"day": datetime(2026, 11, 20, tzinfo=UTC)})


def test_a_house_that_never_opens() -> None:
    closed = Calendar(ClosedDefinition(weekdays=("mon", "tue", "wed", "thu", "fri", "sat", "sun")))
    with pytest.raises(NeverOpen):
        closed.next_open(date(2026, 11, 20))


@settings(max_examples=50)
@given(st.dates(date(2000, 1, 1), date(2050, 12, 31)), st.integers(-60, 60))
def test_what_is_added_can_be_counted(day: date, count: int) -> None:
    later = USUAL.add_open(day, count)
    if count > 0:
        assert USUAL.is_open(later) and USUAL.open_between(day, later) == count
    elif count < 0:
        assert USUAL.is_open(later)
        # The day itself isn't counted, whether it is open or not; the one arrived at isn't either.
        assert USUAL.open_between(later, day) == -count - 1 + USUAL.is_open(day)
    else:
        assert later == day


def test_the_calendar_of_the_city_is_frozen_with_a_draft(tmp_path: Path) -> None:
    fields = "- {id: a, type: computed, label: 開庁日, value: 'open_day(today)'}"
    root = write_city(tmp_path / "city", {"test": one_section(fields)})
    municipality = root / "municipality.yaml"
    wednesdays = 'closed: {weekdays: [wed], periods: [{first: "08-13", last: "08-15"}]}\n'
    municipality.write_text(MUNICIPALITY + wednesdays, encoding="utf-8")
    before = load_catalogue(root).procedures["test"]
    municipality.write_text(MUNICIPALITY, encoding="utf-8")
    after = load_catalogue(root).procedures["test"]
    wednesday = Context(today=date(2026, 4, 1))
    assert thaw(before.freeze()).journey({}, wednesday).answers == {"a": False}
    assert after.journey({}, wednesday).answers == {"a": True}
    assert before.calendar.is_open(date(2026, 8, 16)) and not before.calendar.is_open(
        date(2026, 8, 14)
    )


def test_a_stretch_over_the_new_year() -> None:
    rule = ClosedDefinition(periods=(PeriodDefinition(first="12-29", last="01-03"),))
    shut = [day for day in range(1, 6) if not Calendar(rule).is_open(date(2027, 1, day))]
    assert shut == [1, 2, 3]
