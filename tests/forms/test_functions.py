"""The functions of expressions."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.forms import Context
from portal.forms.expressions import Expression, ExpressionError
from portal.forms.functions import moment, months_between
from tests.forms.city import procedure


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ('age_on(date("2008-04-02"), date("2026-04-01"))', 17),
        ('age_on(date("2008-04-01"), date("2026-04-01"))', 18),
        ('age_on(date("2024-02-29"), date("2025-02-28"))', 0),
        ('age_on(date("2024-02-29"), date("2025-03-01"))', 1),
        ('months_between(date("2026-01-31"), date("2026-02-28"))', 0),
        ('days_between(date("2026-04-01"), date("2026-03-31"))', -1),
        ('fiscal_year(date("2026-03-31"))', 2025),
        ('length("𠮷が")', 2),
        ("count([1, 2])", 2),
        ("sum([1, 2])", 3),
        ("sum([])", 0),
        ("round_down(1239, 10)", 1230),
        ("round_up(1231, 10)", 1240),
        ("round_up(1230, 10)", 1230),
        ("round_half_up(1235, 10)", 1240),
        ("round_half_up(1234, 10)", 1230),
        ('calendar_months(date("2026-01-31"), date("2026-02-01"))', 2),
        ('calendar_months(date("2026-04-01"), date("2027-03-31"))', 12),
        ('add_days(date("2026-02-28"), 1) == date("2026-03-01")', True),
        ('add_months(date("2026-01-31"), 1) == date("2026-02-28")', True),
        ('add_months(date("2026-03-31"), -13) == date("2025-02-28")', True),
        ('month_end(date("2024-02-10")) == date("2024-02-29")', True),
        ('fiscal_year_start(date("2026-03-31")) == date("2025-04-01")', True),
        ('fiscal_year_end(date("2026-04-01")) == date("2027-03-31")', True),
        ('nth_weekday(2026, 6, 2, "sun") == date("2026-06-14")', True),
        ('nth_weekday(2026, 6, -1, "sun") == date("2026-06-28")', True),
        ('weekday(date("2026-06-14"))', "sun"),
        ('within(date("2026-06-10"), date("2026-06-14"), 4, 0)', True),
        ('within(date("2026-06-15"), date("2026-06-14"), 4, 0)', False),
        ('at(date("2026-06-14"), "17:00") > date("2026-06-14")', True),
        ("min([3, 1, 2])", 1),
        ("max(3, 5)", 5),
        ("max([])", None),
        ("min([1, nothing])", None),
        ('max([date("2026-01-01"), date("2026-02-01")]) == date("2026-02-01")', True),
        ("rank([30, 10, 20], 20)", 2),
        ("rank([30, nothing], 30)", None),
        ('rank([date("2019-01-01"), date("2015-01-01")], date("2015-01-01"))', 1),
        ("answered(nothing) || answered([]) || answered('')", False),
        ("length(nothing)", None),
        ("sum([1, nothing])", None),
        ("age_on(nothing, date('2026-04-01'))", None),
    ],
)
def test_functions(source: str, value: object) -> None:
    assert Expression(source).evaluate({"nothing": None}) == value


@pytest.mark.parametrize(
    "source",
    [
        "sum([1.5])", "1 / 0", "x", "null + 1", 'date("x")', "round_up(1, 0)", "round_down(1.5, 1)",
        'nth_weekday(2026, 2, 5, "sun")', 'nth_weekday(2026, 2, 1, "son")', "min([1, 'a'])",
        'calendar_months(date("2026-02-01"), date("2026-01-31"))', 'at(today, "25:00")',
    ],
)  # fmt: skip
def test_what_can_t_be_evaluated_is_one_kind_of_error(source: str) -> None:
    with pytest.raises(ExpressionError):
        Expression(source).evaluate({})
    assert not Expression(source).holds({})


def test_only_the_names_that_are_used() -> None:
    expression = Expression('a.b == "c.d" && xs.exists(x, x.e > f) && length(g) > 1')
    assert expression.names == {"a", "xs", "f", "g"}
    assert expression.calls == {"length"}
    assert expression.paths() == {("a", "b")}
    assert Expression('p == "x" || "y" in q').literals() == {("p", "x"), ("q", "y")}


@given(st.dates(), st.integers(min_value=0, max_value=300))
def test_an_age_grows_by_one_a_year(birth: date, years: int) -> None:
    if birth.year + years > 9999 or (birth.month, birth.day) == (2, 29):
        return
    later = birth.replace(year=birth.year + years)
    assert months_between(moment(birth), moment(later)) == years * 12
    assert months_between(moment(later), moment(birth)) == -years * 12


def test_now_is_what_a_clock_in_japan_shows(tmp_path: Path) -> None:
    compiled = procedure(
        tmp_path,
        """- {id: late, type: computed, label: 締め切り, value: 'now > at(today, "17:00")'}""",
    )
    for hour, late in ((7, False), (8, False), (9, True)):  # 16:30, 17:00, 18:00 in Japan
        moment_ = datetime(2026, 4, 1, hour, 30 if hour == 7 else 0, tzinfo=UTC)
        context = Context(today=date(2026, 4, 1), now=moment_)
        assert compiled.journey({}, context).answers == {"late": late}
    assert compiled.journey({}, Context(today=date(2026, 4, 1))).answers == {}
