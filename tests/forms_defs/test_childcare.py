"""What families pay and get, calculated by hand from the tariffs and the law."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pytest

from portal.forms import Catalogue, Context
from portal.forms.compiled import CompiledField
from tests.forms_defs.family_answers import AT_WORK, FAMILY, HARUTO, SAKURA, SEEKING, YUI

TODAY = date(2026, 6, 3)
RESIDENT = {"signed_in": True, "of_city": True, "age": 38}


def _answers(
    catalogue: Catalogue, procedure: str, changed: Mapping[str, Any], today: date = TODAY
) -> Mapping[str, Any]:
    """All answers with what is computed, also what only staff see."""
    context = Context(today=today, resident=RESIDENT, staff=True)
    answers = {**FAMILY[procedure], **changed}
    return catalogue.procedures[procedure].journey(answers, context).answers


def _amounts(
    catalogue: Catalogue, procedure: str, changed: Mapping[str, Any], today: date = TODAY
) -> list[tuple[str, int | None]]:
    context = Context(today=today, resident=RESIDENT)
    answers = {**FAMILY[procedure], **changed}
    price = catalogue.procedures[procedure].price(answers, context)
    return [(line.id.partition(".")[0], line.amount) for line in price.lines]


def _errors(catalogue: Catalogue, procedure: str, changed: Mapping[str, Any]) -> list[str]:
    context = Context(today=TODAY, resident=RESIDENT)
    journey = catalogue.procedures[procedure].journey({**FAMILY[procedure], **changed}, context)
    return [error.path for error in journey.errors]


def _child(born: str, **more: Any) -> dict[str, Any]:
    return {"name": {"family": "見本", "given": "子"}, "birth_date": born, **more}


def _raised(*born: str) -> list[dict[str, Any]]:
    return [_child(day, raised=True) for day in born]


#: birth dates of children who are raised, of students who are supported, yen a month
ALLOWANCES: Sequence[tuple[Sequence[str], Sequence[str], int]] = (
    (("2026-05-20",), (), 15_000),
    # Three years old on the day, and the day before it.
    (("2023-06-03",), (), 10_000),
    (("2023-06-04",), (), 15_000),
    (("2019-05-11", "2023-08-27"), (), 25_000),
    (("2019-05-11", "2023-08-27", "2026-05-20"), (), 55_000),
    # Twins are the second and the third child.
    (("2019-05-11", "2025-01-01", "2025-01-01"), (), 55_000),
    (("2010-04-02", "2012-05-05", "2014-06-06", "2026-05-20"), (), 80_000),
    # A student of 19 counts as the first child.
    (("2012-05-05", "2026-05-20"), ("2006-07-07",), 40_000),
    (("2026-05-20",), ("2006-07-07", "2007-08-08"), 30_000),
    (("2026-05-20",), ("2005-07-07", "2006-07-07", "2007-08-08"), 30_000),
)


@pytest.mark.parametrize(("raised", "students", "yen"), ALLOWANCES)
def test_child_allowance(
    catalogue: Catalogue, raised: Sequence[str], students: Sequence[str], yen: int
) -> None:
    children = [_child(day, supported=True, status="student") for day in students]
    found = _answers(
        catalogue, "childcare.child-allowance", {"children": [*children, *_raised(*raised)]}
    )
    assert found["monthly"] == yen


@pytest.mark.parametrize(("born", "counts"), [("2008-04-01", False), ("2008-04-02", True)])
def test_the_school_year_decides_until_when_a_child_counts(
    catalogue: Catalogue, born: str, counts: bool
) -> None:
    found = _answers(catalogue, "childcare.child-allowance", {"children": _raised(born)})
    assert found["raised_count"] == int(counts)


def test_a_further_child_needs_neither_account_nor_work(catalogue: Catalogue) -> None:
    keep = ("applicant", "phone", "email", "consent_records", "consent_report")
    answers = {key: FAMILY["childcare.child-allowance"][key] for key in keep}
    answers |= {"claim": "added", "children": FAMILY["childcare.child-allowance"]["children"]}
    journey = catalogue.procedures["childcare.child-allowance"].journey(
        answers, Context(today=TODAY, resident=RESIDENT)
    )
    assert journey.complete
    assert [section.id for section in journey.sections] == ["applicant", "children", "consent"]


def _guardian(**of: Any) -> dict[str, Any]:
    return {"who": "spouse", "phone": "09000000101", **of}


def _working(hours: int, ground: str = "work_outside") -> dict[str, Any]:
    return {**AT_WORK, "ground": ground, "monthly_hours": hours, "leave": "none"}


#: guardians, other answers, 利用調整 points
POINTS: Sequence[tuple[Sequence[Mapping[str, Any]], Mapping[str, Any], int]] = (
    ((_working(160), {**_working(160), "who": "spouse"}), {}, 200),
    ((_working(159), _guardian(ground="job_seeking")), {}, 140),
    ((_working(47), _guardian(ground="childbirth", due_date="2026-08-01")), {}, 80),
    ((_working(140, "work_home"), _guardian(ground="study", school="専門学校")), {}, 150),
    ((AT_WORK, SEEKING), {}, 80 + 50 + 9),
    ((_working(160),), {"single_parent": True}, 200),
    ((_working(160),), {"single_parent": True, "public_assistance": True}, 207),
    ((_working(160), SEEKING), {"grandparents": "cannot"}, 135),
    ((_working(160), SEEKING), {"grandparents": "can"}, 135),
    ((_guardian(ground="illness", illness_degree="hospital"), _working(100)), {}, 170),
    ((_guardian(ground="disability", disability_degree="other"), _working(48)), {}, 90),
    (
        (
            _guardian(ground="caring", cared_for="母", caring_degree="constant"),
            _guardian(ground="disaster"),
        ),
        {},
        270,
    ),
)


@pytest.mark.parametrize(("guardians", "others", "points"), POINTS)
def test_nursery_points(
    catalogue: Catalogue,
    guardians: Sequence[Mapping[str, Any]],
    others: Mapping[str, Any],
    points: int,
) -> None:
    changed = {"guardians": list(guardians), **others}
    assert _answers(catalogue, "childcare.nursery", changed)["points"] == points


def test_points_are_for_the_office_alone(catalogue: Catalogue) -> None:
    procedure = catalogue.procedures["childcare.nursery"]
    shown = procedure.summary(FAMILY["childcare.nursery"], Context(today=TODAY, resident=RESIDENT))
    assert "指数" not in str(shown)


@pytest.mark.parametrize(
    ("born", "start", "class_age"),
    [
        ("2026-05-20", "two_months", 0),
        ("2026-04-01", "april", 1),
        ("2026-04-02", "april", 0),
        ("2023-08-27", "april", 3),
    ],
)
def test_the_class_follows_from_the_age_on_1_april(
    catalogue: Catalogue, born: str, start: str, class_age: int
) -> None:
    changed = {"children": [_child(born, applies=True)], "start": start}
    assert _answers(catalogue, "childcare.nursery", changed)["class_age"] == class_age


def test_who_goes_to_a_nursery_applies_only_to_move(catalogue: Catalogue) -> None:
    procedure = catalogue.procedures["childcare.nursery"]
    context = Context(today=TODAY, resident=RESIDENT)
    known = {"children": [SAKURA, {**HARUTO, "attends": True}, YUI]}
    # The eldest is at school, who has a place may move; for whom it is, nobody else can say.
    seen = procedure.scope(known, context)["children"]
    assert [row["applies"] for row in seen] == [None, None, None]
    assert [row["transfer"] for row in seen] == [None, False, None]
    html = procedure.render_section("child", known, context)
    asked = {n for n in range(3) if f'name="children.{n}.applies"' in html}
    assert asked == {2} and 'name="children.2.applies" value="yes" checked' not in html
    there = {"attends": True, "enrolled": "wakaba", "transfer": True}
    moving = {"children": [{**HARUTO, **there}], "start": "april"}
    assert _answers(catalogue, "childcare.nursery", moving)["class_age"] == 3


def test_two_small_children_are_asked_about_without_an_error_beforehand(
    catalogue: Catalogue,
) -> None:
    procedure = catalogue.procedures["childcare.nursery"]
    context = Context(today=TODAY, resident=RESIDENT)
    small = [_child("2023-08-27", attends=False), _child("2026-05-20", attends=False)]
    journey = procedure.journey({"children": small}, context)
    found = {error.path for error in journey.errors if error.section == "child"}
    # Two questions, which anybody can answer, and no sentence about two children at once.
    assert {path for path in found if path.startswith("children")} == {
        "children.0.applies",
        "children.1.applies",
    }
    chosen = [{**small[0], "applies": False}, {**small[1], "applies": True}]
    journey = procedure.journey({"children": chosen}, context)
    assert not any(error.path.startswith("children") for error in journey.errors)


#: What gives points or decides about a place, and what only the person can say.
FACTS = (
    "single_parent", "public_assistance", "grandparents", "hours", "days", "from_time", "to_time",
    "waiting", "guardians.0.work_days", "guardians.0.home_at", "guardians.0.commute_minutes",
    "guardians.0.leave", "children.0.applies",
)  # fmt: skip


@pytest.mark.parametrize("path", FACTS)
def test_a_fact_that_gives_points_is_not_preselected(catalogue: Catalogue, path: str) -> None:
    field = catalogue.procedures["childcare.nursery"].field_at(path)
    assert isinstance(field, CompiledField) and field.required and field.default is None


@pytest.mark.parametrize(("single", "least"), [(False, 2), (True, 1), (None, 2)])
def test_both_parents_are_asked_from_the_beginning(
    catalogue: Catalogue, single: bool | None, least: int
) -> None:
    procedure = catalogue.procedures["childcare.nursery"]
    context = Context(today=TODAY, resident=RESIDENT)
    html = procedure.render_section("grounds", {"single_parent": single}, context)
    assert html.count('name="guardians.') and f"保護者 {least}" in html
    assert f"保護者 {least + 1}" not in html


def test_a_small_nursery_takes_nobody_over_two(catalogue: Catalogue) -> None:
    older = {"children": [{**HARUTO, "attends": False, "applies": True}], "start": "april"}
    assert _errors(catalogue, "childcare.nursery", older) == ["nurseries"]


#: children, other answers, lines of the price
CLUBS: Sequence[
    tuple[Sequence[Mapping[str, Any]], Mapping[str, Any], Sequence[tuple[str, int]]]
] = (
    # July to March: nine months, with August.
    (
        ({**SAKURA, "joins": True},),
        {"extended": False},
        (("monthly", 45_000), ("august", 3_000)),
    ),
    (
        ({**SAKURA, "joins": True},),
        {"extended": True, "until": "month"},
        (("monthly", 5_000), ("extended", 1_000)),
    ),
    # The eldest costs nothing here, and makes the others the second and the third child.
    (
        (_child("2012-05-05"), {**SAKURA, "joins": True}, _child("2017-07-07", joins=True)),
        {"extended": False, "until": "august"},
        (("monthly", 0), ("monthly", 5_000), ("august", 0), ("august", 1_500)),
    ),
    # From April: twelve months.
    (
        ({**SAKURA, "joins": True},),
        {"extended": False, "start": "april"},
        (("monthly", 60_000), ("august", 3_000)),
    ),
    (
        ({**SAKURA, "joins": True},),
        {"extended": False, "start": "summer", "until": "august"},
        (("monthly", 10_000), ("august", 3_000)),
    ),
)


@pytest.mark.parametrize(("children", "others", "lines"), CLUBS)
def test_after_school(
    catalogue: Catalogue,
    children: Sequence[Mapping[str, Any]],
    others: Mapping[str, Any],
    lines: Sequence[tuple[str, int]],
) -> None:
    changed = {"children": list(children), **others}
    assert _amounts(catalogue, "childcare.after-school", changed) == list(lines)


def _day(day: str, length: str = "full", meal: bool = True) -> dict[str, Any]:
    return {"day": day, "length": length} | ({} if length == "afternoon" else {"meal": meal})


#: birth dates of the children cared for, days, lines of the price
CARE: Sequence[tuple[Sequence[str], Sequence[Mapping[str, Any]], Sequence[tuple[str, int]]]] = (
    (("2025-10-10",), (_day("2026-06-10"),), (("care", 2_300), ("meal", 250))),
    (("2025-04-01",), (_day("2026-06-10"),), (("care", 2_100), ("meal", 250))),
    (("2023-04-01",), (_day("2026-06-10", meal=False),), (("care", 1_900),)),
    (("2023-04-02",), (_day("2026-06-13", "morning"),), (("care", 1_200), ("meal", 250))),
    (
        ("2023-08-27", "2025-10-10"),
        (_day("2026-06-10"), _day("2026-06-11", "afternoon")),
        (("care", 4_400), ("care", 2_500), ("meal", 500)),
    ),
)


@pytest.mark.parametrize(("born", "days", "lines"), CARE)
def test_temporary_care(
    catalogue: Catalogue,
    born: Sequence[str],
    days: Sequence[Mapping[str, Any]],
    lines: Sequence[tuple[str, int]],
) -> None:
    children = [_child(day, cared=True) for day in born]
    changed = {"children": children, "days": list(days)}
    assert _amounts(catalogue, "childcare.temporary-care", changed) == list(lines)


#: procedure, what is answered otherwise, the fields at which the applicant is told so
REFUSED: Sequence[tuple[str, Mapping[str, Any], Sequence[str]]] = (
    # A Sunday; a Saturday afternoon; the same day twice; a fourth day of rest in a month.
    ("childcare.temporary-care", {"days": [_day("2026-06-07")]}, ["days"]),
    ("childcare.temporary-care", {"days": [_day("2026-06-13")]}, ["days"]),
    ("childcare.temporary-care", {"days": [_day("2026-06-10"), _day("2026-06-10")]}, ["days"]),
    (
        "childcare.temporary-care",
        {"days": [_day(f"2026-06-{day}") for day in (15, 16, 17, 18)]},
        ["days"],
    ),
    ("childcare.temporary-care", {"days": [_day("2026-06-04")]}, ["days.0.day"]),
    ("childcare.nursery", {"children": [{**SAKURA, "applies": False}]}, ["children"]),
    (
        "childcare.nursery",
        {"start": "later", "start_wish": "2026-10-02"},
        ["start_wish"],
    ),
    ("childcare.nursery", {"until": "2026-07-31"}, ["until"]),
    ("childcare.after-school", {"children": [YUI]}, ["children"]),
    ("childcare.single-parent-allowance", {"partner": True}, ["partner"]),
    ("childcare.maternity-handbook", {"due_date": "2027-06-03"}, ["due_date"]),
)


@pytest.mark.parametrize(("procedure", "changed", "fields"), REFUSED)
def test_what_is_wrong_is_said_at_its_field(
    catalogue: Catalogue, procedure: str, changed: Mapping[str, Any], fields: Sequence[str]
) -> None:
    assert _errors(catalogue, procedure, changed) == list(fields)


@pytest.mark.parametrize(
    ("income", "dependants", "grade"),
    [
        (689_999, 0, "全部支給"),
        (690_000, 0, "一部支給"),
        (2_459_999, 1, "一部支給"),
        (2_460_000, 1, "全部停止"),
    ],
)
def test_single_parents_get_all_a_part_or_nothing(
    catalogue: Catalogue, income: int, dependants: int, grade: str
) -> None:
    changed = {"income": income, "dependants": dependants}
    found = _answers(catalogue, "childcare.single-parent-allowance", changed)
    assert found["grade"] == grade
    assert found["counted_support"] == 192_000


def test_weeks_of_pregnancy_count_back_from_the_day_due(catalogue: Catalogue) -> None:
    found = _answers(catalogue, "childcare.maternity-handbook", {})
    # 196 days before the day due: the 84th day, 12 weeks.
    assert found["weeks"] == 12
