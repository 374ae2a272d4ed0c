"""Answers with which a condition may come out either way: options, and the values around those
with which the author compares.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from math import gcd, prod
from typing import Any

from portal.forms import dates
from portal.forms.compiled import AnyCompiled, CompiledField, CompiledGroup
from portal.forms.evaluation import BOOKING, RESIDENT
from portal.forms.functions import add_days, add_months, moment
from portal.forms.kinds.choices import ChoiceKind, ChoicesKind, ConsentKind, RankedKind, YesNoKind
from portal.forms.kinds.days import DayKind
from portal.forms.kinds.numbers import DecimalKind, NumberKind
from portal.forms.kinds.periods import PeriodKind
from portal.forms.kinds.texts import TextKind
from portal.forms.kinds.times import TimeKind
from portal.forms.trials import SAMPLE

#: Options of which all sets are tried.
_FEW_OPTIONS = 5
#: Numbers up to this may be years, months or days between two days.
_LONGEST_SPAN = 400
#: Rows of a group that are tried where an expression counts so many.
_MOST_ROWS = 10
#: Ways to fill in one row, or an answer of several parts.
_MOST_WAYS = 200
#: Months from now whose first and last days are tried: what depends on a season, or a fiscal year.
_MONTHS = 15
_TEXT = re.compile(r'"([^"\\]*)"|\'([^\'\\]*)\'')
_NUMBER = re.compile(r"(?<![\w.])\d{1,12}(?![\w.])")
_WORD = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True)
class Possible:
    """Values of one name as expressions see them; null for no answer is among them."""

    values: tuple[Any, ...]
    #: whether there are no others
    complete: bool


@dataclass(frozen=True)
class Compared:
    """The constants in some expressions."""

    numbers: tuple[int, ...]
    texts: tuple[str, ...]
    days: tuple[date, ...]
    #: all names that they mention, of whatever it is
    words: frozenset[str]

    @staticmethod
    def within(sources: Iterable[str], limits: Iterable[int] = ()) -> "Compared":
        """Those in these expressions; ``limits`` are those of the tables that they look up."""
        numbers, texts, words = set(limits), set[str](), set[str]()
        for source in sources:
            texts |= {double or single for double, single in _TEXT.findall(source)}
            bare = _TEXT.sub('""', source)
            numbers |= {int(found) for found in _NUMBER.findall(bare)}
            words |= set(_WORD.findall(bare))
        days = {day for text in texts if (day := dates.iso(text))}
        return Compared(
            tuple(sorted(numbers)), tuple(sorted(texts)), tuple(sorted(days)), frozenset(words)
        )

    def around(self) -> tuple[int, ...]:
        """The numbers, and those beside them."""
        return tuple(sorted({number + step for number in self.numbers for step in (-1, 0, 1)}))


def answers(each: AnyCompiled, compared: Compared, today: date) -> Possible:
    """What may be answered to a field or a group."""
    if isinstance(each, CompiledGroup):
        return Possible(tuple(_rows(each, compared, today)), complete=False)
    kind = each.kind
    none = kind.seen(None)
    if isinstance(kind, ChoiceKind | YesNoKind | ConsentKind):
        return Possible((none, *map(kind.seen, kind.samples())), complete=True)
    if isinstance(kind, ChoicesKind | RankedKind):
        options = [option.value for option in kind.options]
        few = len(options) <= _FEW_OPTIONS
        most = len(options) if few else 2
        sets = [list(one) for size in range(most + 1) for one in combinations(options, size)]
        every = () if few else (options,)
        return Possible((*sets, *every), complete=few and isinstance(kind, ChoicesKind))
    # What JSON holds isn't hashable: alike is what is written alike.
    values = {repr(value): value for value in _values(each, compared, today)}
    return Possible((none, *values.values()), complete=False)


def residents(compared: Compared) -> Possible:
    """Who may be at the keyboard, as ``resident``."""
    ages = (None, *{30, *(number for number in compared.around() if 0 <= number <= 120)})
    truths = [name for name, value in RESIDENT.items() if value is False]
    found = tuple(
        {**RESIDENT, **dict.fromkeys(true, True), "age": age}
        for age in ages
        for size in range(len(truths) + 1)
        for true in combinations(truths, size)
    )
    return Possible(found, complete=False)


def bookings(compared: Compared) -> Possible:
    """What may be booked, as ``booking``."""
    usual: Mapping[str, Any] = SAMPLE.booking or {}
    named = [{**usual, **dict.fromkeys(BOOKING, text), "base": 600} for text in compared.texts]
    priced = [
        {**usual, "base": number, "slots": number} for number in compared.around() if number >= 0
    ]
    on_days = [{**usual, "day": day.isoformat()} for day in _days(compared, SAMPLE.today)]
    return Possible((None, usual, *named, *priced, *on_days), complete=False)


def todays(compared: Compared, today: date) -> Possible:
    """Days on which somebody may apply."""
    found = [today, *_seasons(today), *_beside(compared.days)]
    for year in (number for number in compared.numbers if _is_year(number)):
        found += _seasons(date(year, 1, 1))
    return Possible(tuple(moment(day) for day in dict.fromkeys(found)), complete=False)


def spread(total: int, most: int) -> Iterator[int]:
    """The numbers below a total: all of them, or so many that lie evenly among all."""
    if total <= most:
        yield from range(total)
        return
    step = int(total * 0.618_033_988_75)
    while gcd(step, total) != 1:
        step += 1
    yield from (number * step % total for number in range(most))


def _values(each: CompiledField, compared: Compared, today: date) -> Iterator[Any]:
    kind = each.kind
    yield from map(kind.seen, kind.samples())
    if isinstance(kind, NumberKind | DecimalKind):
        low, high = (getattr(each.definition, key) for key in ("min", "max"))
        whole = isinstance(kind, NumberKind)
        for number in compared.around():
            below = whole and isinstance(low, int) and number < low
            if not below and not (whole and isinstance(high, int) and number > high):
                yield number
    elif isinstance(kind, DayKind):
        yield from map(moment, _days(compared, today))
    elif isinstance(kind, PeriodKind):
        for first in _days(compared, today):
            for length in {1, 30, *(n for n in compared.around() if 0 < n <= _LONGEST_SPAN)}:
                last = first + timedelta(length - 1)
                yield kind.seen({"first": first.isoformat(), "last": last.isoformat()})
            for months in (n for n in compared.around() if 0 < n <= _LONGEST_SPAN):
                end = add_months(moment(first), months).date()
                yield kind.seen({"first": first.isoformat(), "last": end.isoformat()})
    elif isinstance(kind, TimeKind):
        yield from ("00:00", "12:00", "23:59", *compared.texts)
    elif isinstance(kind, TextKind):
        yield from compared.texts
        yield from ("x" * number for number in compared.around() if 0 < number <= _LONGEST_SPAN)
    else:
        for sample in kind.samples():
            yield from map(kind.seen, _varied(sample, compared, today))


def _days(compared: Compared, today: date) -> list[date]:
    """Days on either side of what is compared: fixed days, ages, and so many days from now."""
    base = moment(today)
    found = [today + timedelta(step) for step in range(-1, 8)]
    found += [*_seasons(today), date(today.year, 4, 29)]  # a national holiday
    found += _beside(compared.days)
    for number in compared.numbers:
        if 0 < number <= _LONGEST_SPAN:
            spans = [add_days(base, sign * number) for sign in (-1, 1)]
            years = (-1, 1) if number <= 120 else ()
            spans += [add_months(base, sign * number * 12) for sign in years]
            spans += [add_months(base, sign * number) for sign in years]
            found += _beside(span.date() for span in spans)
        elif _is_year(number):
            found += [date(number, 3, 31), date(number, 4, 1)]
    return list(dict.fromkeys(found))


def _seasons(start: date) -> list[date]:
    """The days around the beginning of each month from now on."""
    first = moment(start.replace(day=1))
    months = [add_months(first, number).date() for number in range(_MONTHS)]
    return [month + timedelta(step) for month in months for step in (-2, -1, 0, 1)]


def _beside(days: Iterable[date]) -> list[date]:
    """The days, and those before and after."""
    return [day + timedelta(step) for day in days for step in (-1, 0, 1)]


def _is_year(number: int) -> bool:
    return 1900 <= number <= 2200


def _varied(answer: Any, compared: Compared, today: date) -> list[Any]:
    """An answer of several parts with each of them as it may be, and several at once."""
    if not isinstance(answer, Mapping):
        return []
    ways: dict[str, list[Any]] = {}
    for name, part in answer.items():
        if name not in compared.words:
            ways[name] = [part]
        elif isinstance(part, Mapping):
            ways[name] = [part, *_varied(part, compared, today)]
        elif isinstance(part, str) and dates.iso(part):
            ways[name] = [part, *(day.isoformat() for day in _days(compared, today))]
        else:
            ways[name] = [part, *compared.texts]
    return list(_mixed(ways))


def _mixed(ways: Mapping[str, Sequence[Any]]) -> Iterator[dict[str, Any]]:
    """Everything as usual but one, then several at once."""
    usual = {name: values[0] for name, values in ways.items()}
    for name, values in ways.items():
        yield from ({**usual, name: value} for value in values[1:])
    for number in spread(prod(map(len, ways.values())), _MOST_WAYS):
        row = {}
        for name, values in ways.items():
            number, index = divmod(number, len(values))
            row[name] = values[index]
        yield row


def _rows(group: CompiledGroup, compared: Compared, today: date) -> Iterator[list[Any]]:
    """No row, one with each of its possible answers, two, and as many as somebody counts."""
    ways: dict[str, Sequence[Any]] = {}
    for inner in group.fields:
        none, *values = answers(inner, compared, today).values
        asked = [*values, none] if inner.id in compared.words else values[:1] or [none]
        ways[inner.id] = asked
    usual = {name: values[0] for name, values in ways.items()}
    yield []
    for row in _mixed(ways):
        yield from ([row], [usual, row])
    for number in compared.around():
        if 2 < number <= _MOST_ROWS:
            yield [usual] * number
