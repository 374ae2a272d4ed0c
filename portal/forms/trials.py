"""Expressions tried out with ordinary answers: types that can never fit show before anyone asks."""

from collections import ChainMap
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from itertools import chain, islice, product
from typing import Any

from portal.forms.compiled import AnyCompiled, CompiledField, CompiledGroup
from portal.forms.evaluation import BOOKING, context_scope
from portal.forms.expressions import Expression, ExpressionError
from portal.forms.kinds.choices import Optioned
from portal.forms.kinds.others import ComputedKind
from portal.forms.results import Context

#: Combinations of sample answers with which an expression is tried.
MOST_TRIALS = 200
#: Mistakes that show whatever the answers are; others (a division by zero) may be the answers'.
_TYPE_MISTAKES = ("No such overload", "Unsupported", "takes", "needs whole numbers", "missing")

_ONE_KIND = "values of one kind: numbers with numbers, texts in quotes with texts"

#: What limits of days and times are.
_LIMITED: Mapping[type, str] = {datetime: "a day", str: 'a time: "09:00"'}

SAMPLE = Context(
    today=date(2026, 4, 1),
    resident={"signed_in": True, "of_city": True, "age": 30},
    booking={**dict.fromkeys(BOOKING, "words"), "base": 600, "slots": 1, "day": "2026-04-02"},
    now=datetime(2026, 4, 1, 1, tzinfo=UTC),
)


def mistake(
    expression: Expression,
    fields: Mapping[str, AnyCompiled],
    wanted: type,
    given: Mapping[str, Any],
) -> tuple[str, str] | None:
    """What was found and what is right; None where nothing speaks against the expression.

    ``wanted`` is bool, int, datetime for a day, str for a time, or object where any value is
    welcome; ``given`` are the names beside the fields and the context.
    """
    for scope in scopes((expression,), fields, given):
        try:
            found = expression.evaluate(scope)
        except ExpressionError as error:
            if any(sign in str(error) for sign in _TYPE_MISTAKES):
                reason = str(error).removeprefix(f"{expression.source}: ").split(". ")[0]
                if "No such overload" in reason:
                    reason = _as_number(expression, fields) or _ONE_KIND
                return f"{expression.source!r} can't be evaluated", reason
            continue
        if wanted is bool and not isinstance(found, bool):
            return f"{expression.source!r} gives {found!r}", "a condition: true or false"
        if wanted is int and type(found) is not int:
            right = _as_number(expression, fields) or "a whole number of yen or pieces"
            return f"{expression.source!r} gives {found!r}", right
        if wanted in _LIMITED and found is not None and not isinstance(found, wanted):
            return f"{expression.source!r} gives {found!r}", _LIMITED[wanted]
    return None


def _as_number(expression: Expression, fields: Mapping[str, AnyCompiled]) -> str | None:
    """How to count with the answer to a choice of numbers; None where it names no such choice."""
    for name in sorted(expression.names & set(fields)):
        each = fields[name]
        kind = each.kind if isinstance(each, CompiledField) else None
        if isinstance(kind, Optioned) and all(one.value.isdecimal() for one in kind.options):
            return f"the answer is a text; as a number it is int({name})"
    return None


def scopes(
    expressions: Sequence[Expression],
    fields: Mapping[str, AnyCompiled],
    given: Mapping[str, Any],
    fixed: Mapping[str, Any] | None = None,
) -> Iterator[ChainMap[str, Any]]:
    """Scopes with sample answers for the fields that expressions need.

    ``fixed`` are answers that don't vary, as expressions see them; of a group, the values that all
    its rows have.
    """
    computed: dict[str, ComputedKind] = {}
    asked: dict[str, AnyCompiled] = {}
    for expression in expressions:
        _needed(expression, fields, computed, asked)
    context = {**context_scope(SAMPLE), **given}
    choices = [_samples(each, (fixed or {}).get(name)) for name, each in asked.items()]
    for values in islice(_combined(choices), MOST_TRIALS):
        scope = ChainMap(dict(zip(asked, values, strict=True)), context)
        for name, kind in computed.items():
            scope[name] = kind.seen(kind.value(scope))
        yield scope


def _combined(choices: Sequence[Sequence[Any]]) -> Iterator[tuple[Any, ...]]:
    """Each choice at least once, before all combinations in their order."""
    most = max((len(each) for each in choices), default=0)
    diagonal = (tuple(each[number % len(each)] for each in choices) for number in range(most))
    return chain(diagonal, product(*choices))


def _needed(
    expression: Expression,
    fields: Mapping[str, AnyCompiled],
    computed: dict[str, ComputedKind],
    asked: dict[str, AnyCompiled],
) -> None:
    """The fields that an expression names, and those that its computed fields name before them."""
    for name in sorted(expression.names & set(fields)):
        each = fields[name]
        if isinstance(each, CompiledField) and isinstance(each.kind, ComputedKind):
            if name not in computed:
                _needed(each.kind.expression, fields, computed, asked)
                computed[name] = each.kind
        else:
            asked[name] = each


def _samples(each: AnyCompiled, fixed: Any = None) -> list[Any]:
    """A few ordinary answers as expressions see them, or the one that doesn't vary."""
    if isinstance(each, CompiledGroup):
        row = {inner.id: _samples(inner)[0] for inner in each.fields}
        return [[{**row, **(fixed or {})}]]
    if fixed is not None:
        return [fixed]
    return [each.kind.seen(value) for value in each.kind.samples()]
