"""The functions that expressions of definitions may call.

Dates arrive as midnight UTC, because CEL knows only moments; every function takes a day as such.
A moment (``now``, ``at``) is what a clock in Japan shows, written as if it were UTC, so that it can
be compared with days. A function of something that isn't answered yet gives null, and with it no
condition holds and no price is known.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import wraps
from types import MappingProxyType
from typing import Any

from stdnum.jp import cn

from foundation import age, clock
from portal.forms import graphemes
from portal.forms.calendar import WEEKDAYS, Calendar
from portal.forms.tables import CompiledTable

#: Of the scope of expressions: where the functions of the procedure stand. No name of a field.
SCOPE_KEY = "@functions"


def moment(day: date) -> datetime:
    """A day as expressions see it."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def wall_clock(instant: datetime) -> datetime:
    """A moment as expressions see it: what a clock in Japan shows."""
    return clock.jst(instant).replace(tzinfo=UTC)


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


def calendar_months(start: datetime, end: datetime) -> int:
    """月割: how many months of the calendar a period touches, its first and last day counted.

    Raises ValueError where the end comes first.
    """
    if end < start:
        raise ValueError(f"{end:%Y-%m-%d} comes before {start:%Y-%m-%d}")
    return (end.year - start.year) * 12 + end.month - start.month + 1


def add_days(day: datetime, number: int) -> datetime:
    """So many days later; earlier where negative."""
    return day + timedelta(days=_whole("add_days", number))


def add_months(day: datetime, number: int) -> datetime:
    """The same day so many months later, or the last of a month that has no such day."""
    years, month = divmod(day.year * 12 + day.month - 1 + _whole("add_months", number), 12)
    first = moment(date(years, month + 1, 1))
    return min(first + timedelta(days=day.day - 1), month_end(first))


def month_end(day: datetime) -> datetime:
    """The last day of the month."""
    following = (day.replace(day=1) + timedelta(days=31)).replace(day=1)
    return following - timedelta(days=1)


def nth_weekday(year: int, month: int, number: int, weekday: str) -> datetime:
    """第2日曜日 and the like: the ``number``-th weekday of a month, from its end if negative.

    Raises ValueError for a fifth that the month doesn't have.
    """
    if weekday not in WEEKDAYS or number == 0:
        raise ValueError(f"no {number}th “{weekday}”; weekdays are {', '.join(WEEKDAYS)}")
    first = date(year, month, 1)
    days = [first + timedelta(days=offset) for offset in range(month_end(moment(first)).day)]
    fitting = [day for day in days if day.weekday() == WEEKDAYS.index(weekday)]
    if not -len(fitting) <= number <= len(fitting):
        raise ValueError(f"{year}-{month:02} has no {number}th {weekday}")
    return moment(fitting[number - 1 if number > 0 else number])


def weekday(day: datetime) -> str:
    """mon … sun"""
    return WEEKDAYS[day.weekday()]


def within(day: datetime, event: datetime, before: int, after: int) -> bool:
    """Whether a day lies from so many days before another to so many after it, both included."""
    return -before <= days_between(event, day) <= after


def at(day: datetime, written: str) -> datetime:
    """The moment at which a clock in Japan shows "17:00" on a day."""
    return datetime.combine(day.date(), time.fromisoformat(written), UTC)


def fiscal_year(day: datetime) -> int:
    """会計年度 of a day."""
    return clock.fiscal_year(day.date())


def fiscal_year_start(day: datetime) -> datetime:
    """1 April of the fiscal year."""
    return moment(date(fiscal_year(day), 4, 1))


def fiscal_year_end(day: datetime) -> datetime:
    """31 March at the end of the fiscal year."""
    return moment(date(fiscal_year(day) + 1, 3, 31))


def on(text: str) -> datetime:
    """A day written as 2026-04-01."""
    return moment(date.fromisoformat(text))


def length(text: str) -> int:
    """Characters as people count them."""
    return graphemes.length(text)


def corporate_number(text: str) -> bool:
    """Whether it can be a 法人番号: 13 digits, the first of which checks the others."""
    return bool(cn.is_valid(text)) and text.isascii() and text.isdigit()


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
    unit = _unit("round_down", unit)
    return _whole("round_down", amount) // unit * unit


def round_up(amount: int, unit: int) -> int:
    """端数切り上げ: ``round_up(1231, 10)`` is 1240."""
    unit = _unit("round_up", unit)
    return -(-_whole("round_up", amount) // unit) * unit


def round_half_up(amount: int, unit: int) -> int:
    """四捨五入: ``round_half_up(1235, 10)`` is 1240."""
    unit = _unit("round_half_up", unit)
    return (2 * _whole("round_half_up", amount) + unit) // (2 * unit) * unit


def least(*values: Any) -> Any:
    """The least of a list, or of several values; null while one is missing or there is none."""
    return _extreme(min, values)


def greatest(*values: Any) -> Any:
    """The greatest of a list, or of several values; null while one is missing."""
    return _extreme(max, values)


def rank(values: Sequence[Any], value: Any) -> int | None:
    """The place of a value in a list, from 1 for the least; null while one is missing.

    Of days the earliest has place 1: the eldest by ``birth_date``.
    """
    if any(each is None for each in values):
        return None
    return 1 + sum(bool(each < value) for each in values)


def _extreme(function: Callable[[Sequence[Any]], Any], values: Sequence[Any]) -> Any:
    several = values[0] if len(values) == 1 and isinstance(values[0], list) else values
    if not several or any(each is None for each in several):
        return None
    return function(several)


def _whole(name: str, number: Any) -> int:
    if type(number) is not int:
        raise TypeError(f"{name} needs whole numbers")
    return number


def _unit(name: str, unit: Any) -> int:
    if _whole(name, unit) < 1:
        raise ValueError(f"{name} needs a step of 1 or more")
    return int(unit)


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
        "calendar_months": _known(calendar_months),
        "add_days": _known(add_days),
        "add_months": _known(add_months),
        "month_end": _known(month_end),
        "nth_weekday": _known(nth_weekday),
        "weekday": _known(weekday),
        "within": _known(within),
        "at": _known(at),
        "fiscal_year": _known(fiscal_year),
        "fiscal_year_start": _known(fiscal_year_start),
        "fiscal_year_end": _known(fiscal_year_end),
        "date": _known(on),
        "length": _known(length),
        "count": _known(count),
        "sum": _known(total),
        "min": _known(least),
        "max": _known(greatest),
        "rank": _known(rank),
        "answered": answered,
        "corporate_number": _known(corporate_number),
        "round_down": _known(round_down),
        "round_up": _known(round_up),
        "round_half_up": _known(round_half_up),
    }
)

#: Functions whose result depends on the procedure: on its tables, on the calendar of its city.
OF_PROCEDURE = frozenset(
    {
        "lookup", "holiday", "open_day", "next_open_day", "previous_open_day", "add_open_days",
        "open_days_between",
    }
)  # fmt: skip


def of_procedure(
    tables: Mapping[str, CompiledTable], calendar: Calendar
) -> Mapping[str, Callable[..., Any]]:
    """The functions that know a procedure's tables and the days on which its city hall is open."""

    def lookup(name: str, *keys: Any) -> int | str:
        if name not in tables:
            raise LookupError(f"no table “{name}”")
        return tables[name].find(keys)

    def add_open_days(day: datetime, number: int) -> datetime:
        return moment(calendar.add_open(day.date(), _whole("add_open_days", number)))

    functions: dict[str, Callable[..., Any]] = {
        "lookup": lookup,
        "holiday": lambda day: calendar.is_holiday(day.date()),
        "open_day": lambda day: calendar.is_open(day.date()),
        "next_open_day": lambda day: moment(calendar.next_open(day.date())),
        "previous_open_day": lambda day: moment(calendar.previous_open(day.date())),
        "add_open_days": add_open_days,
        "open_days_between": lambda start, end: calendar.open_between(start.date(), end.date()),
    }
    return MappingProxyType({name: _known(each) for name, each in functions.items()})
