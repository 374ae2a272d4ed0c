"""What an application costs: whole yen from whole yen, or no amount at all, never zero instead."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from foundation.wording import Translate
from portal.forms.definition import FeeLine, Fees
from portal.forms.expressions import Expression, ExpressionError, compiled
from portal.forms.results import AppliedFactor, PendingLine, Price, PriceLine

#: No line of a city's tariff comes near this; a larger one is a mistake of the definition.
MAX_YEN = 1_000_000_000


class _Pending(Exception):
    """The line can't be calculated with the answers so far."""


@dataclass(frozen=True)
class CompiledFactor:
    label: str
    times: int
    when: Expression


@dataclass(frozen=True)
class CompiledLine:
    """A fee line with its expressions parsed."""

    definition: FeeLine
    amount: int | Expression
    quantity: int | Expression
    when: Expression | None
    factors: tuple[CompiledFactor, ...]

    @property
    def expressions(self) -> tuple[Expression, ...]:
        own = [self.amount, self.quantity, self.when, *(factor.when for factor in self.factors)]
        return tuple(one for one in own if isinstance(one, Expression))


def compile_fees(fees: Fees | None) -> tuple[CompiledLine, ...]:
    return tuple(_compile(line) for line in fees.lines) if fees else ()


def _compile(line: FeeLine) -> CompiledLine:
    def amount(written: int | str) -> int | Expression:
        return written if isinstance(written, int) else Expression(written)

    factors = tuple(CompiledFactor(f.label, f.times, Expression(f.when)) for f in line.factors)
    return CompiledLine(
        line, amount(line.amount), amount(line.quantity), compiled(line.when), factors
    )


def price(
    lines: Sequence[CompiledLine],
    scope: Mapping[str, Any],
    translate: Translate,
) -> Price:
    """All lines that apply in a scope of CEL values."""
    priced: list[PriceLine] = []
    pending: list[PendingLine] = []
    for line in lines:
        each = line.definition.each
        rows = scope.get(each) if each else [{}]
        for number, row in enumerate(rows or ()):
            inner = {**scope, **row} if each else scope
            line_id = f"{line.definition.id}.{number}" if each else line.definition.id
            label = translate(line.definition.label)
            try:
                done = _line(line, line_id, label, inner, translate)
            except _Pending as reason:
                pending.append(PendingLine(line_id, label, str(reason)))
            else:
                priced += [done] if done else []
    return Price(tuple(priced), tuple(pending))


def _line(
    line: CompiledLine, line_id: str, label: str, scope: Mapping[str, Any], translate: Translate
) -> PriceLine | None:
    if line.when is not None and not _condition(line.when, scope):
        return None
    unit_amount = _whole(line.amount, scope)
    quantity = _whole(line.quantity, scope)
    factors = tuple(
        AppliedFactor(translate(factor.label), factor.times)
        for factor in line.factors
        if _condition(factor.when, scope)
    )
    amount = unit_amount * quantity
    for factor in factors:
        amount *= factor.times
    if amount > MAX_YEN:
        raise _Pending(f"{amount} yen is more than {MAX_YEN}")
    unit = translate(line.definition.unit) if line.definition.unit else ""
    return PriceLine(
        line_id, label, line.definition.account, unit_amount, quantity, unit, factors, amount
    )


def _whole(written: int | Expression, scope: Mapping[str, Any]) -> int:
    if isinstance(written, int):
        return written
    try:
        value = written.evaluate(scope)
    except ExpressionError as error:
        raise _Pending(str(error)) from error
    if type(value) is not int:
        raise _Pending(f"{written.source}: gave {value!r}, not a whole number")
    if value < 0:
        raise _Pending(f"{written.source}: gave {value}, less than nothing")
    return value


def _condition(when: Expression, scope: Mapping[str, Any]) -> bool:
    """True or false. Unlike a field's, a fee's condition may not be left undecided."""
    try:
        value = when.evaluate(scope)
    except ExpressionError as error:
        raise _Pending(str(error)) from error
    if value is None:
        return False  # a yes-or-no question that was not asked, or not yet
    if not isinstance(value, bool):
        raise _Pending(f"{when.source}: gave {value!r}, neither true nor false")
    return value
