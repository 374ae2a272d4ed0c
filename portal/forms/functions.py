"""The functions that expressions of definitions may call.

Dates arrive as midnight UTC, because CEL knows only moments; every function takes a day as such.
A function of something that isn't answered yet gives null, and with it no condition holds and no
price is known.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import wraps
from types import MappingProxyType
from typing import Any

from foundation import age, clock
from portal.forms import graphemes


def moment(day: date) -> datetime:
    """A day as expressions see it."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def age_on(birth: datetime, day: datetime) -> int:
    """満年齢 on a day."""
    return age.age_on(birth.date(), day.date())


def years_between(start: datetime, end: datetime) -> int:
    """Whole years from one day to another."""
    return months_between(start, end) // 12


def months_between(start: datetime, end: datetime) -> int:
    """Whole months from one day to another; negative where the end comes first."""
    if end < start:
        return -months_between(end, start)
    months = (end.year - start.year) * 12 + end.month - start.month
    return months if end.day >= start.day else months - 1


def days_between(start: datetime, end: datetime) -> int:
    """Days from one day to another: 0 for the same day."""
    return (end.date() - start.date()).days


def fiscal_year(day: datetime) -> int:
    """会計年度 of a day."""
    return clock.fiscal_year(day.date())


def on(text: str) -> datetime:
    """A day written as 2026-04-01."""
    return moment(date.fromisoformat(text))


def length(text: str) -> int:
    """Characters as people count them."""
    return graphemes.length(text)


def count(items: Sequence[Any]) -> int:
    """How many there are in a list or a group."""
    return len(items)


def total(numbers: Sequence[Any]) -> int | None:
    """The sum of whole numbers; null while one is missing. A fraction is an error, never zero."""
    if any(number is None for number in numbers):
        return None
    if any(type(number) is not int for number in numbers):
        raise TypeError("sum needs whole numbers")
    found: int = sum(numbers)
    return found


def answered(value: Any) -> bool:
    """Whether there is an answer at all."""
    return value is not None and value != [] and value != ""


def round_down(amount: int, unit: int) -> int:
    """端数切り捨て: ``round_down(1234, 10)`` is 1230."""
    if type(amount) is not int or type(unit) is not int:
        raise TypeError("round_down needs whole numbers")
    return amount // unit * unit


def _known(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, giving null as long as one of its arguments isn't answered."""

    @wraps(function)
    def of_answers(*arguments: Any) -> Any:
        if any(argument is None for argument in arguments):
            return None
        return function(*arguments)

    return of_answers


AUTHORS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {
        "age_on": _known(age_on),
        "years_between": _known(years_between),
        "months_between": _known(months_between),
        "days_between": _known(days_between),
        "fiscal_year": _known(fiscal_year),
        "date": _known(on),
        "length": _known(length),
        "count": _known(count),
        "sum": _known(total),
        "answered": answered,
        "round_down": _known(round_down),
    }
)
