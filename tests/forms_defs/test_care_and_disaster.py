"""Limits and payments of care insurance and of help after a disaster, by the tables of the law."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pytest

from portal.forms import Catalogue, Context
from tests.forms_defs.family_answers import FAMILY

TODAY = date(2026, 6, 3)
RESIDENT = {"signed_in": True, "of_city": True, "age": 38}


def _answers(
    catalogue: Catalogue, procedure: str, changed: Mapping[str, Any], today: date = TODAY
) -> Mapping[str, Any]:
    context = Context(today=today, resident=RESIDENT, staff=True)
    answers = {**FAMILY[procedure], **changed}
    return catalogue.procedures[procedure].journey(answers, context).answers


def _errors(catalogue: Catalogue, procedure: str, changed: Mapping[str, Any]) -> list[str]:
    context = Context(today=TODAY, resident=RESIDENT)
    journey = catalogue.procedures[procedure].journey({**FAMILY[procedure], **changed}, context)
    return [error.path for error in journey.errors]


#: people, grade, rebuilding, then yen: basic, additional, condolence
RELIEF: Sequence[tuple[int, str, str, tuple[int, int, int]]] = (
    (5, "total", "build", (1_000_000, 2_000_000, 100_000)),
    (1, "total", "build", (750_000, 1_500_000, 60_000)),
    (2, "demolished", "repair", (1_000_000, 1_000_000, 100_000)),
    (2, "evacuated", "rent", (1_000_000, 500_000, 100_000)),
    (5, "large", "repair", (500_000, 1_000_000, 70_000)),
    (1, "large", "rent", (375_000, 375_000, 40_000)),
    (2, "medium", "build", (0, 1_000_000, 50_000)),
    (1, "medium", "rent", (0, 187_500, 30_000)),
    (5, "half", "repair", (0, 0, 50_000)),
    (1, "partial", "build", (0, 0, 10_000)),
)


@pytest.mark.parametrize(("people", "grade", "rebuilding", "yen"), RELIEF)
def test_relief_money(
    catalogue: Catalogue, people: int, grade: str, rebuilding: str, yen: tuple[int, int, int]
) -> None:
    changed = {"household_size": people, "grade": grade, "rebuilding": rebuilding}
    found = _answers(catalogue, "disaster.relief-money", changed)
    assert (found["basic"], found["additional"], found["condolence"]) == yen
    assert found["total"] == sum(yen)


def test_who_rented_first_gets_the_difference(catalogue: Catalogue) -> None:
    changed = {"claims": ["additional"], "rebuilding": "build", "received_rent": True}
    found = _answers(catalogue, "disaster.relief-money", changed)
    assert found["total"] == 1_500_000


@pytest.mark.parametrize(
    ("happened_on", "claims", "fields"),
    [
        ("2025-05-03", ["basic"], []),
        ("2025-05-02", ["basic"], ["happened_on"]),
        ("2026-03-03", ["condolence"], []),
        ("2026-03-02", ["condolence"], ["happened_on"]),
    ],
)
def test_relief_is_claimed_in_time(
    catalogue: Catalogue, happened_on: str, claims: list[str], fields: list[str]
) -> None:
    changed = {"happened_on": happened_on, "claims": claims}
    assert _errors(catalogue, "disaster.relief-money", changed) == fields


@pytest.mark.parametrize(
    ("rate", "grade"),
    [
        (9, "準半壊に至らない（一部損壊）"),
        (10, "準半壊"),
        (20, "半壊"),
        (30, "中規模半壊"),
        (40, "大規模半壊"),
        (50, "全壊"),
    ],
)
def test_the_grade_follows_from_the_rate_of_damage(
    catalogue: Catalogue, rate: int, grade: str
) -> None:
    found = _answers(catalogue, "disaster.damage-certificate", {"damage_rate": rate})
    assert found["grade"] == grade


@pytest.mark.parametrize(
    ("changed", "offered"),
    [
        ({}, False),
        ({"water_level": "below_floor"}, True),
        ({"cause": "wind"}, True),
        ({"cause": "wind", "parts": ["pillar"]}, False),
        ({"cause": "landslide"}, False),
    ],
)
def test_light_damage_may_be_judged_by_photographs(
    catalogue: Catalogue, changed: Mapping[str, Any], offered: bool
) -> None:
    answers = _answers(
        catalogue, "disaster.damage-certificate", {**changed, "self_assessment": True}
    )
    assert ("self_assessment" in answers) is offered


#: stage by income, spouse, what both own, whether that is too much
ASSETS: Sequence[tuple[str, str, int, bool]] = (
    ("stage1", "none", 10_000_000, False),
    ("stage1", "none", 10_000_001, True),
    ("stage2", "none", 6_500_000, False),
    ("stage2", "none", 6_500_001, True),
    ("stage3_1", "none", 5_500_001, True),
    ("stage3_2", "none", 5_000_000, False),
    ("stage3_2", "none", 5_000_001, True),
    ("stage2", "together", 16_500_000, False),
    ("stage3_1", "together", 15_500_001, True),
)


@pytest.mark.parametrize(("band", "spouse", "yen", "too_much"), ASSETS)
def test_what_they_own_is_limited(
    catalogue: Catalogue, band: str, spouse: str, yen: int, too_much: bool
) -> None:
    changed = {
        "band": band,
        "spouse": spouse,
        "deposits": yen,
        "securities": 0,
        "spouse_name": {"family": "見本", "given": "一"},
        "spouse_birth_date": "1948-01-01",
        "spouse_taxed": False,
    }
    found = _errors(catalogue, "care.burden-limit", changed)
    assert found == (["deposits"] if too_much else [])


def test_under_65_the_limit_does_not_depend_on_income(catalogue: Catalogue) -> None:
    changed = {"band": "stage3_2", "acting_birth_date": "1970-01-01"}
    assert _answers(catalogue, "care.burden-limit", changed)["asset_limit"] == 10_000_000


@pytest.mark.parametrize(
    ("today", "begins", "first", "last"),
    [
        (date(2026, 6, 3), "now", "2026-06-01", "2026-07-31"),
        (date(2026, 6, 3), "august", "2026-08-01", "2027-07-31"),
        (date(2026, 8, 31), "now", "2026-08-01", "2027-07-31"),
        (date(2027, 1, 10), "now", "2027-01-01", "2027-07-31"),
    ],
)
def test_the_certificate_ends_on_31_july(
    catalogue: Catalogue, today: date, begins: str, first: str, last: str
) -> None:
    found = _answers(catalogue, "care.burden-limit", {"begins": begins}, today)
    assert (found["valid_from"], found["valid_until"]) == (first, last)


#: what staff found, when it begins, stage
STAGES = ((809_000, "now", "stage2"), (809_001, "now", "stage3_1"), (826_500, "august", "stage2"))


@pytest.mark.parametrize(("income", "begins", "stage"), STAGES)
def test_the_stage_follows_from_the_income_that_staff_found(
    catalogue: Catalogue, income: int, begins: str, stage: str
) -> None:
    changed = {"pension_income": income, "begins": begins}
    assert _answers(catalogue, "care.burden-limit", changed)["stage"] == stage


@pytest.mark.parametrize(
    ("changed", "meal", "room"),
    [
        ({}, 390, 880),
        ({"facility_use": "short", "room": "shared"}, 600, 430),
        ({"facility_use": "health", "room": "single", "band": "stage3_2"}, 1_360, 1_370),
        ({"facility_use": "special", "room": "single"}, 390, 480),
    ],
)
def test_limits_a_day(
    catalogue: Catalogue, changed: Mapping[str, Any], meal: int, room: int
) -> None:
    found = _answers(catalogue, "care.burden-limit", changed)
    assert (found["meal_limit"], found["room_limit"]) == (meal, room)


@pytest.mark.parametrize(
    ("procedure", "changed", "fields"),
    [
        ("care.care-certification", {"valid_until": "2026-08-03"}, ["valid_until"]),
        ("care.care-certification", {"valid_until": "2026-08-02"}, []),
        ("care.care-certification", {"acting_birth_date": "1970-01-01"}, ["disease", "insurance"]),
        ("disaster.evacuation-support", {"kind": "end", "end_reason": "facility"}, []),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    catalogue: Catalogue, procedure: str, changed: Mapping[str, Any], fields: Sequence[str]
) -> None:
    assert _errors(catalogue, procedure, changed) == list(fields)
