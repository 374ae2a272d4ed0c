"""The functions of expressions."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.forms.expressions import Expression, ExpressionError
from portal.forms.functions import moment, months_between


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
        ("answered(nothing) || answered([]) || answered('')", False),
        ("length(nothing)", None),
        ("sum([1, nothing])", None),
        ("age_on(nothing, date('2026-04-01'))", None),
    ],
)
def test_functions(source: str, value: object) -> None:
    assert Expression(source).evaluate({"nothing": None}) == value


@pytest.mark.parametrize("source", ["sum([1.5])", "1 / 0", "x", "null + 1", 'date("x")'])
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
