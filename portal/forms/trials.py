"""Expressions tried out with ordinary answers: types that can never fit show before anyone asks."""

from collections import ChainMap
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice, product
from typing import Any

from portal.forms.compiled import AnyCompiled, CompiledField, CompiledGroup
from portal.forms.evaluation import BOOKING, context_scope
from portal.forms.expressions import Expression, ExpressionError
from portal.forms.kinds.others import ComputedKind
from portal.forms.results import Context

#: Combinations of sample answers with which an expression is tried.
MOST_TRIALS = 200
#: Mistakes that show whatever the answers are; others (a division by zero) may be the answers'.
_TYPE_MISTAKES = ("No such overload", "Unsupported", "takes", "needs whole numbers", "missing")

SAMPLE = Context(
    today=date(2026, 4, 1),
    resident={"signed_in": True, "of_city": True, "age": 30},
    booking={**dict.fromkeys(BOOKING, "words"), "base": 600, "slots": 1, "day": "2026-04-02"},
)


def mistake(
    expression: Expression, fields: Mapping[str, AnyCompiled], wanted: type
) -> tuple[str, str] | None:
    """What was found and what is right; None where nothing speaks against the expression.

    ``wanted`` is bool, int, or object where any value is welcome.
    """
    for scope in _scopes(expression, fields):
        try:
            found = expression.evaluate(scope)
        except ExpressionError as error:
            if any(sign in str(error) for sign in _TYPE_MISTAKES):
                reason = str(error).removeprefix(f"{expression.source}: ").split(". ")[0]
                return f"{expression.source!r} can't be evaluated", reason
            continue
        if wanted is bool and not isinstance(found, bool):
            return f"{expression.source!r} gives {found!r}", "a condition: true or false"
        if wanted is int and type(found) is not int:
            return f"{expression.source!r} gives {found!r}", "a whole number of yen or pieces"
    return None


def _scopes(
    expression: Expression, fields: Mapping[str, AnyCompiled]
) -> Iterator[ChainMap[str, Any]]:
    """Scopes with sample answers for the fields that the expression needs."""
    computed: dict[str, ComputedKind] = {}
    asked: dict[str, AnyCompiled] = {}
    _needed(expression, fields, computed, asked)
    context = context_scope(SAMPLE)
    choices = [_samples(each) for each in asked.values()]
    for values in islice(product(*choices), MOST_TRIALS):
        scope = ChainMap(dict(zip(asked, values, strict=True)), context)
        for name, kind in computed.items():
            scope[name] = kind.seen(kind.value(scope))
        yield scope


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


def _samples(each: AnyCompiled) -> list[Any]:
    """A few ordinary answers as expressions see them."""
    if isinstance(each, CompiledGroup):
        return [[{inner.id: _samples(inner)[0] for inner in each.fields}]]
    return [each.kind.seen(value) for value in each.kind.samples()]
