"""What is wrong with one field by itself: options, defaults and limits that contradict it."""

from calendar import monthrange
from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from portal.forms import dates
from portal.forms import fields as d
from portal.forms.kinds.base import Kind, Situation
from portal.forms.kinds.registry import kind_of
from portal.forms.literals import DAY, LIMITS, NUMBER, TIME, is_expression
from portal.forms.problems import Problem, suggest
from portal.forms.source import Place, Source
from portal.forms.trials import SAMPLE

#: Limits that are whole numbers.
_WHOLE = (d.IntegerField, d.YenField, d.ChoicesField, d.RankedField, d.GroupField)
#: Their known parts travel in the page, and a row may be removed: nothing could hold them.
_UNFIXABLE = "without it, or with “fixed: false”: the person can change rows"
_PAIRS = (("min", "max"), ("min_length", "max_length"), ("min_items", "max_items"))


def field_problems(field: d.FieldBase, place: Place, source: Source) -> Iterator[Problem]:
    """Options that stand twice, limits that exclude each other, a default that isn't allowed."""
    yield from _options(field, place, source)
    wrong = list(_limits(field, place, source))
    yield from wrong
    yield from _example(field, place, source)
    yield from _contradictions(field, place, source)
    default = getattr(field, "default", None)
    if not wrong and default is not None and not getattr(field, "options", ()):
        yield from _default(field, place, source)


def expressions_of(field: d.FieldBase, place: Place) -> Iterator[tuple[Place, str]]:
    """The expressions that a field was written with, and where."""
    if field.when:
        yield (*place, "when"), field.when
    for key in LIMITS:
        limit = getattr(field, key, None)
        if is_expression(limit):
            yield (*place, key), limit
    if value := getattr(field, "value", None):
        yield (*place, "value"), value
    for index, option in enumerate(getattr(field, "options", ())):
        if option.when:
            yield (*place, "options", index, "when"), option.when


def limit_type(field: d.FieldBase, key: str) -> type:
    """What the expression of a limit gives: a number, a day (datetime) or a time (str)."""
    if key not in LIMITS:
        return object
    if isinstance(field, d.DateField | d.PeriodField) and key != "max_days":
        return datetime
    return str if isinstance(field, d.TimeField) else int


def _contradictions(field: d.FieldBase, place: Place, source: Source) -> Iterator[Problem]:
    """Keys of one kind that can't stand together."""
    if isinstance(field, d.GroupField):
        for index, inner in enumerate(field.fields):
            if inner.staff_only:
                here: Place = (*place, "fields", index, "staff_only")
                yield source.problem(here, "staff_only within rows", "staff_only at the group")
            if inner.fixed:
                yield source.problem(place, "fixed within rows", _UNFIXABLE)
        if field.fixed:
            yield source.problem(place, "a group that is fixed", _UNFIXABLE)
    if isinstance(field, d.FileField) and field.capture and field.accept == ("pdf",):
        yield source.problem(
            (*place, "capture"), "a camera makes no PDF", "jpeg or png under “accept”"
        )
    if isinstance(field, d.ComputedField) and field.unit and field.format in ("yen", "date"):
        yield source.problem(
            (*place, "unit"), f"a unit beside format “{field.format}”", "one of the two"
        )
    if isinstance(field, d.DecimalField):
        for key in ("min", "max", "default"):
            written = getattr(field, key)
            _, _, fraction = (written or "").partition(".")
            if not is_expression(written) and len(fraction.rstrip("0")) > field.places:
                found = f"“{key}” has more than {field.places} decimal places"
                yield source.problem((*place, key), found, "raise “places”")


def _options(field: d.FieldBase, place: Place, source: Source) -> Iterator[Problem]:
    options = [option.value for option in getattr(field, "options", ())]
    for value, times in Counter(options).items():
        if times > 1:
            yield source.problem(
                (*place, "options"), f"option “{value}” stands {times} times", "each once"
            )
    default = getattr(field, "default", None)
    offered = (default,) if isinstance(default, str) else default
    for value in (offered or ()) if options else ():
        if value not in options:
            yield source.problem(
                (*place, "default"), f"default “{value}” is no option", suggest(value, options)
            )


def _limits(field: d.FieldBase, place: Place, source: Source) -> Iterator[Problem]:
    for key in LIMITS:
        limit = getattr(field, key, None)
        if not isinstance(limit, str) or is_expression(limit):
            continue
        wanted = _wanted(field, key, limit)
        if wanted:
            yield source.problem((*place, key), f"“{key}” is {limit!r}", wanted)
            return
    for low_key, high_key in _PAIRS:
        low, high = getattr(field, low_key, None), getattr(field, high_key, None)
        if _above(field, low, high):
            yield source.problem(
                place,
                f"{low_key} {low} is more than {high_key} {high}",
                f"{low_key} must not be above {high_key}",
            )


def _wanted(field: d.FieldBase, key: str, limit: str) -> str | None:
    """What a limit that is no expression should be; None where it is right."""
    if isinstance(field, _WHOLE) or key == "max_days":
        return "a whole number"
    if isinstance(field, d.DecimalField):
        return None if NUMBER.fullmatch(limit) else "a number, or an expression"
    if isinstance(field, d.TimeField):
        return None if TIME.fullmatch(limit) else 'a time in quotes ("09:00"), or an expression'
    if dates.iso(limit):
        return None
    return _last_of(limit) or "a day (2026-04-01), or an expression (today)"


def _last_of(limit: str) -> str | None:
    """How far the month of a day goes that doesn't exist."""
    if DAY.fullmatch(limit) is None:
        return None
    year, month = int(limit[:4]), int(limit[5:7])
    if not year or not 1 <= month <= 12:
        return None
    last = monthrange(year, month)[1]
    return f"a day of the calendar: {year}-{month:02} has {last} days"


def _above(field: d.FieldBase, low: object, high: object) -> bool:
    """Whether a fixed lower limit is above a fixed upper one."""
    if isinstance(low, int) and isinstance(high, int):
        return low > high
    if not isinstance(low, str) or not isinstance(high, str):
        return False
    if is_expression(low) or is_expression(high):
        return False
    return float(low) > float(high) if isinstance(field, d.DecimalField) else low > high


def _example(field: d.FieldBase, place: Place, source: Source) -> Iterator[Problem]:
    """A pattern that nobody can guess, or an example that its own field would refuse."""
    pattern, example = getattr(field, "pattern", None), getattr(field, "example", None)
    if pattern and not example:
        yield source.problem(
            (*place, "pattern"), "a pattern without an example", "“example:” with a right answer"
        )
    if not example:
        return
    complaints = kind_of(field).check(example, Situation(SAMPLE.today, {}))
    if complaints:
        told = complaints[0].words(field.label, str)
        yield source.problem((*place, "example"), f"example “{example}”", told)


def _default(field: d.FieldBase, place: Place, source: Source) -> Iterator[Problem]:
    """A default that the field itself would refuse."""
    default = getattr(field, "default", None)
    low, high = getattr(field, "min", None), getattr(field, "max", None)
    if type(default) is int and isinstance(low, int) and isinstance(high, int):
        if not low <= default <= high:
            right = f"a number from {low} to {high}"
            yield source.problem((*place, "default"), f"default {default}", right)
        return
    kind: Kind = kind_of(field)
    if kind.expressions:
        return
    complaints = kind.check(default, Situation(SAMPLE.today, {}))
    if complaints:
        told = complaints[0].words(field.label, str)
        yield source.problem((*place, "default"), f"default {default}", told)
