"""The fees of a procedure with their expressions parsed."""

from dataclasses import dataclass
from fractions import Fraction
from itertools import chain

from portal.forms.expressions import Expression, compiled
from portal.forms.fees import Factor, FeeLine, Fees, Reduction, exact


@dataclass(frozen=True)
class CompiledFactor:
    definition: Factor
    when: Expression
    #: of whichever of times, percent and yen is given
    value: Fraction | Expression


@dataclass(frozen=True)
class CompiledLine:
    """A fee line with its expressions parsed."""

    definition: FeeLine
    amount: int | Expression
    quantity: int | Expression
    when: Expression | None
    factors: tuple[CompiledFactor, ...]
    at_least: int | Expression | None
    at_most: int | Expression | None

    @property
    def expressions(self) -> tuple[Expression, ...]:
        own: list[object] = [self.when, self.amount, self.quantity, self.at_least, self.at_most]
        for factor in self.factors:
            own += [factor.when, factor.value]
        return tuple(one for one in own if isinstance(one, Expression))


@dataclass(frozen=True)
class CompiledReduction:
    definition: Reduction
    when: Expression
    percent: Fraction | Expression

    @property
    def expressions(self) -> tuple[Expression, ...]:
        return tuple(one for one in (self.when, self.percent) if isinstance(one, Expression))


@dataclass(frozen=True)
class CompiledFees:
    """The fees of a procedure with their expressions parsed."""

    lines: tuple[CompiledLine, ...] = ()
    reductions: tuple[CompiledReduction, ...] = ()

    @property
    def expressions(self) -> tuple[Expression, ...]:
        priced: tuple[CompiledLine | CompiledReduction, ...] = (*self.lines, *self.reductions)
        return tuple(chain.from_iterable(each.expressions for each in priced))

    @property
    def names(self) -> frozenset[str]:
        """The names whose values change the price."""
        named = frozenset().union(*(expression.names for expression in self.expressions))
        ranked = {line.definition.rank_by for line in self.lines}
        groups = {line.definition.each for line in self.lines}
        evidence = {each.definition.evidence for each in self.reductions}
        return named | {name for name in ranked | groups | evidence if name}


def compile_fees(fees: Fees | None) -> CompiledFees:
    """Raises ValueError where an expression isn't CEL."""
    if fees is None:
        return CompiledFees()
    return CompiledFees(
        tuple(_compiled_line(line) for line in fees.lines),
        tuple(
            CompiledReduction(each, Expression(each.when), _ratio(each.percent))
            for each in fees.reductions
        ),
    )


def _compiled_line(line: FeeLine) -> CompiledLine:
    def bound(written: int | str | None) -> int | Expression | None:
        return None if written is None else _amount(written)

    return CompiledLine(
        line,
        _amount(line.amount),
        _amount(line.quantity),
        compiled(line.when),
        tuple(_compiled_factor(factor) for factor in line.factors),
        bound(line.at_least),
        bound(line.at_most),
    )


def _compiled_factor(factor: Factor) -> CompiledFactor:
    given = (factor.times, factor.percent, factor.yen)
    value = next(each for each in given if each is not None)
    return CompiledFactor(factor, Expression(factor.when), _ratio(value))


def _amount(written: int | str) -> int | Expression:
    return written if isinstance(written, int) else Expression(written)


def _ratio(written: int | str) -> Fraction | Expression:
    number = exact(written)
    return Expression(str(written)) if number is None else number
