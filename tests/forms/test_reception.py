"""When a procedure takes applications: periods, hours, residents first."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from foundation.clock import JST
from portal.forms.reception import Reception, period_start, reception_at

MOMENTS = st.integers(0, 3_000_000).map(lambda n: _at("2024-01-01T00:00") + timedelta(minutes=n))


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=JST)


def _reception(**keys: object) -> Reception:
    return Reception.model_validate(keys)


@pytest.mark.parametrize(
    ("moment", "closed"),
    [
        ("2026-11-30T23:59", "not_yet"),
        ("2026-12-01T09:00", None),
        ("2026-12-20T17:00", None),
        ("2026-12-20T17:01", "over"),
    ],
)
def test_a_period_with_hours_at_both_ends(moment: str, closed: str | None) -> None:
    reception = _reception(opens="2026-12-01 09:00", closes="2026-12-20 17:00")
    assert reception_at(reception, _at(moment), of_city=True).closed == closed


def test_a_day_alone_counts_to_its_end() -> None:
    reception = _reception(closes="2026-12-20")
    assert reception_at(reception, _at("2026-12-20T23:59"), of_city=True).open
    assert reception_at(reception, _at("2026-12-21T00:00"), of_city=True).closed == "over"


@pytest.mark.parametrize(
    ("moment", "closed", "opens"),
    [
        ("2026-05-31T12:00", "not_yet", "2026-06-01T00:00"),
        ("2026-06-01T00:00", None, None),
        ("2026-06-30T23:59", None, None),
        ("2026-07-01T00:00", "not_yet", "2027-06-01T00:00"),
    ],
)
def test_every_year_in_june(moment: str, closed: str | None, opens: str | None) -> None:
    state = reception_at(_reception(opens="06-01", closes="06-30"), _at(moment), of_city=True)
    assert state.closed == closed
    assert state.opens == (_at(opens) if opens else None)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [("2026-12-31T10:00", True), ("2027-01-15T10:00", True), ("2027-02-01T00:00", False)],
)
def test_a_period_across_the_new_year(moment: str, is_open: bool) -> None:
    state = reception_at(_reception(opens="12-01", closes="01-31"), _at(moment), of_city=True)
    assert state.open is is_open


def test_residents_come_first() -> None:
    reception = _reception(opens="12-01", closes="01-31", others_from="01-10 09:00")
    early, late = _at("2026-12-05T12:00"), _at("2027-01-10T09:00")
    assert reception_at(reception, early, of_city=True).open
    state = reception_at(reception, early, of_city=False)
    assert (state.closed, state.opens) == ("residents_first", _at("2027-01-10T09:00"))
    assert reception_at(reception, late, of_city=False).open


def test_out_of_hours_says_when_it_opens() -> None:
    hours = {"start": "08:30", "end": "21:00", "days": ["mon", "tue", "wed", "thu", "fri"]}
    reception = _reception(hours=hours)
    friday_night = reception_at(reception, _at("2026-11-20T21:00"), of_city=True)
    assert friday_night.closed == "out_of_hours"
    assert friday_night.opens == _at("2026-11-23T08:30")
    assert reception_at(reception, _at("2026-11-20T20:59"), of_city=True).open


@pytest.mark.parametrize(
    "keys",
    [
        {"opens": "tomorrow"},
        {"opens": "2026-02-30"},
        {"opens": "2026-12-20", "closes": "2026-12-01"},
        {"opens": "2026-12-20", "closes": "01-31"},
        {"hours": {"start": "17:00", "end": "09:00"}},
    ],
)
def test_what_makes_no_sense_is_refused(keys: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        _reception(**keys)


@settings(deadline=None, max_examples=50)
@given(MOMENTS, st.sampled_from(["01-01", "02-29", "06-15 09:00", "12-31"]), st.booleans())
def test_what_is_not_yet_open_opens_when_it_says(moment: datetime, day: str, of_city: bool) -> None:
    reception = _reception(opens=day, closes="11-30", hours={"start": "09:00", "end": "17:00"})
    state = reception_at(reception, moment, of_city=of_city)
    if not state.open:
        assert state.opens is not None and state.opens > moment
        # At the end of a night it may only be the period that opens, before its hours.
        later = reception_at(reception, state.opens, of_city=of_city)
        assert later.open or later.closed == "out_of_hours"
    elif state.closes is not None:
        assert moment <= state.closes
        after = reception_at(reception, state.closes + timedelta(seconds=1), of_city=of_city)
        assert not after.open


@pytest.mark.parametrize(
    ("within", "first"),
    [("fiscal_year", "2025-04-01"), ("year", "2026-01-01"), ("month", "2026-03-01")],
)
def test_the_stretch_in_which_a_limit_counts(within: str, first: str) -> None:
    day = _at("2026-03-31T12:00").date()
    found = period_start(within, day)  # type: ignore[arg-type]
    assert found == _at(first).date() and period_start("ever", day) is None
