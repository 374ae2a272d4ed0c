"""軽自動車税の減免: which disabilities count, until when, and for whose vehicle."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from portal.forms import Catalogue, Context
from tests.forms_defs.complete_answers import ANSWERS

PROCEDURE = "reductions.light-vehicle-tax"

#: kind, the grades that count where the person drives, and where somebody else does. From the
#: tables of 養老町 and 松茂町, which follow the prefectures' for the larger cars.
GRADES = (
    ("sight", {1, 2, 3, 4}, {1, 2, 3, 4}),
    ("hearing", {2, 3}, {2, 3}),
    ("balance", {3, 5}, {3}),
    ("voice", {3}, set()),
    ("upper", {1, 2}, {1, 2}),
    ("lower", {1, 2, 3, 4, 5, 6}, {1, 2, 3}),
    ("trunk", {1, 2, 3, 5}, {1, 2, 3}),
    ("brain_upper", {1, 2}, {1, 2}),
    ("brain_walk", {1, 2, 3, 4, 5, 6}, {1, 2, 3}),
    ("internal", {1, 3}, {1, 3}),
    ("immune", {1, 2, 3}, {1, 2, 3}),
)


def _errors(catalogue: Catalogue, today: date, **changed: Any) -> list[str]:
    answers: Mapping[str, Any] = {**ANSWERS[PROCEDURE], **changed}
    context = Context(today=today, resident={"signed_in": True, "of_city": True, "age": 38})
    journey = catalogue.procedures[PROCEDURE].journey(answers, context)
    return [error.path for error in journey.errors]


@pytest.mark.parametrize("grade", range(1, 7))
@pytest.mark.parametrize(("kind", "own", "others"), GRADES)
def test_grades(
    catalogue: Catalogue, kind: str, own: set[int], others: set[int], grade: int
) -> None:
    for driver, counting in (("self", own), ("family", others)):
        errors = _errors(catalogue, date(2026, 5, 20), kind=kind, grade=str(grade), driver=driver)
        assert errors == ([] if grade in counting else ["grade"])


@pytest.mark.parametrize(
    ("today", "in_time"),
    [
        # 31 May 2026 is a Sunday: the Monday still counts.
        (date(2026, 6, 1), True),
        (date(2026, 6, 2), False),
        # 31 May 2027 is a Monday.
        (date(2027, 5, 31), True),
        (date(2027, 6, 1), False),
        # 31 May 2025 was a Saturday: the reception itself ends with the Monday.
        (date(2025, 6, 2), True),
    ],
)
def test_the_due_date_of_the_tax_is_the_deadline(
    catalogue: Catalogue, today: date, in_time: bool
) -> None:
    assert _errors(catalogue, today) == ([] if in_time else ["ground"])


@pytest.mark.parametrize(
    ("born", "handbook", "allowed"),
    [
        # Eighteen on the first of April of the year for which the tax is owed.
        ("2008-04-01", "physical", False),
        ("2008-04-02", "physical", True),
        ("1990-01-01", "mental", True),
    ],
)
def test_a_relative_s_vehicle_counts_for_children(
    catalogue: Catalogue, born: str, handbook: str, allowed: bool
) -> None:
    disabled = {**ANSWERS[PROCEDURE]["disabled"], "birth_date": born}
    errors = _errors(
        catalogue, date(2026, 5, 20), disabled=disabled, handbook=handbook, mental_grade="1"
    )
    assert errors == ([] if allowed else ["whose"])
