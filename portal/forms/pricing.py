"""What an application costs: whole yen, exactly, or no amount at all, never zero instead."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from foundation.wording import Translate
from portal.forms.compiled import AnyCompiled, CompiledField, CompiledGroup
from portal.forms.compiled_fees import CompiledFees, CompiledLine
from portal.forms.evaluated import Evaluation
from portal.forms.expressions import Expression, ExpressionError
from portal.forms.fees import Factor, FeeLine, Reduction, Rounding
from portal.forms.functions import answered
from portal.forms.line_names import row_name
from portal.forms.price import (
    AppliedFactor,
    AppliedReduction,
    AppliedRounding,
    PendingLine,
    Price,
    PriceLine,
    UnprovenReduction,
)

#: No line of a city's tariff comes near this; a larger one is a mistake of the definition.
MAX_YEN = 1_000_000_000

_EXACT_YEN = Rounding()
_MEMBER = re.compile(r"\.\s*([a-z]\w*)")


class Undecided(Exception):
    """The line can't be calculated with the answers so far. Says why, for authors."""


def price(
    fees: CompiledFees,
    fields: Mapping[str, AnyCompiled],
    evaluation: Evaluation,
    free_used: Mapping[str, int] | None,
    translate: Translate,
) -> Price:
    """What the answers of an evaluation cost.

    ``fields`` are those of the top level; ``free_used`` as in ``Context``.
    """
    lines: list[PriceLine] = []
    pending: list[PendingLine] = []
    for line in fees.lines:
        quota = _Quota(line.definition, free_used)
        label = translate(line.definition.label)
        group = fields.get(line.definition.each or "")
        rows = evaluation.answers.get(group.id) or () if isinstance(group, CompiledGroup) else ()
        for number, (line_id, scope) in enumerate(_scopes(line.definition, evaluation)):
            row = row_name(group, rows[number]) if isinstance(group, CompiledGroup) else ""
            try:
                done = _line(line, line_id, label, scope, quota, translate)
            except Undecided as reason:
                pending.append(PendingLine(line_id, label, str(reason), row))
            else:
                lines += [replace(done, row=row)] if done else []
    cost = Price(tuple(lines), tuple(pending))
    cost = _reduced(cost, fees, fields, evaluation, translate)
    waits_for = tuple(_open_questions(fees, fields, evaluation, translate))
    return replace(cost, waits_for=tuple(dict.fromkeys(waits_for)))


class _Quota:
    """What is left of a line's 無料枠 while its rows are gone through."""

    def __init__(self, line: FeeLine, used: Mapping[str, int] | None) -> None:
        counted = line.free is not None and used is not None
        granted = line.free.quantity if line.free and counted else 0
        self.left = max(0, granted - (used or {}).get(line.id, 0))

    def take(self, quantity: int) -> int:
        taken = min(self.left, quantity)
        self.left -= taken
        return taken


def _scopes(line: FeeLine, evaluation: Evaluation) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The ids and scopes of a line: one, or one for each row of its group."""
    scope = evaluation.situation.scope
    if line.each is None:
        yield line.id, scope
        return
    rows = scope.get(line.each) or ()
    ranks = _ranks(line.each, line.rank_by, rows, evaluation.visible) if line.rank_by else {}
    for index, row in enumerate(rows):
        own: dict[str, Any] = {"rank": ranks.get(index)} if line.rank_by else {}
        yield f"{line.id}.{index}", {"number": index + 1, **scope, **own, **row}


def _ranks(
    group: str, field: str, rows: Sequence[Mapping[str, Any]], visible: set[str]
) -> Mapping[int, int]:
    """The place of each row by a field of it, the least first, equal ones in their order.

    A row that isn't asked for the field has none; while one isn't answered, nobody has.
    """
    there = [index for index in range(len(rows)) if f"{group}.{index}.{field}" in visible]
    if any(rows[index].get(field) is None for index in there):
        return {}
    ordered = sorted(there, key=lambda index: (rows[index][field], index))
    return {index: place for place, index in enumerate(ordered, start=1)}


def _line(
    line: CompiledLine,
    line_id: str,
    label: str,
    scope: Mapping[str, Any],
    quota: _Quota,
    translate: Translate,
) -> PriceLine | None:
    if line.when is not None and not _condition(line.when, scope):
        return None
    unit_amount, quantity = _whole(line.amount, scope), _whole(line.quantity, scope)
    applied = [
        (factor.definition, _number(factor.value, scope))
        for factor in line.factors
        if _condition(factor.when, scope)
    ]
    least = None if line.at_least is None else _whole(line.at_least, scope)
    most = None if line.at_most is None else _whole(line.at_most, scope)
    rule = line.definition.round or _EXACT_YEN
    if unit_amount * quantity > MAX_YEN:
        raise Undecided(f"{unit_amount * quantity} yen is more than {MAX_YEN}")
    free = quota.take(quantity)
    # What costs nothing at all is neither surcharged nor raised to a minimum.
    exactly = _with_factors(unit_amount * (quantity - free), applied) if quantity > free else 0
    rounded = to_step(Fraction(exactly), rule)
    amount = rounded
    if quantity > free:
        amount = rounded if least is None else max(rounded, least)
        amount = amount if most is None else min(amount, most)
    if amount > MAX_YEN:
        raise Undecided(f"{amount} yen is more than {MAX_YEN}")
    unit = translate(line.definition.unit) if line.definition.unit else ""
    return PriceLine(
        line_id,
        label,
        line.definition.account,
        unit_amount,
        quantity,
        unit,
        tuple(_shown(factor, value, translate) for factor, value in applied)
        if quantity > free
        else (),
        amount,
        free,
        AppliedRounding(rule.to, rule.mode) if rounded != exactly else None,
        at_least=least if amount > rounded else None,
        at_most=most if amount < rounded else None,
        tax=line.definition.tax,
    )


def _with_factors(base: int, factors: Sequence[tuple[Factor, Fraction]]) -> Fraction:
    amount = Fraction(base)
    for factor, value in factors:
        if factor.times is not None:
            amount *= value
        elif factor.percent is not None:
            amount += base * value / 100
        else:
            amount += value
        if amount < 0:
            if factor.times is not None:
                raise Undecided(f"factor “{factor.label}” gave {value}, less than nothing")
            amount = Fraction(0)
    return amount


def _shown(factor: Factor, value: Fraction, translate: Translate) -> AppliedFactor:
    label = translate(factor.label)
    if factor.times is not None:
        return AppliedFactor(label, times=value)
    if factor.percent is not None:
        return AppliedFactor(label, percent=value)
    return AppliedFactor(label, yen=int(value))


def to_step(amount: Fraction, rule: Rounding) -> int:
    """端数処理: an amount of 0 or more to a multiple of the rule's yen."""
    steps = amount / rule.to
    if rule.mode == "up":
        return -(-steps.numerator // steps.denominator) * rule.to
    if rule.mode == "half_up":
        steps += Fraction(1, 2)
    return steps.numerator // steps.denominator * rule.to


def _reduced(
    cost: Price,
    fees: CompiledFees,
    fields: Mapping[str, AnyCompiled],
    evaluation: Evaluation,
    translate: Translate,
) -> Price:
    """The price with the first reduction that fits and whose proof is there."""
    scope = evaluation.situation.scope
    unproven: list[UnprovenReduction] = []
    for each in fees.reductions:
        rule = each.definition
        label = translate(rule.label)
        try:
            if not _condition(each.when, scope):
                continue
            percent = _number(each.percent, scope)
            if not 0 <= percent <= 100:
                raise Undecided(f"a reduction of {percent}%")
        except Undecided as reason:
            pending = PendingLine(rule.id, label, str(reason))
            return replace(cost, pending=(*cost.pending, pending), unproven=tuple(unproven))
        if rule.evidence and not answered(evaluation.answers.get(rule.evidence)):
            proof = fields.get(rule.evidence)
            words = translate(proof.definition.label) if proof else rule.evidence
            unproven.append(UnprovenReduction(rule.id, label, rule.evidence, words))
            continue
        state = "requested" if rule.approval else "granted"
        return replace(
            cost,
            lines=tuple(_less(line, rule, percent) for line in cost.lines),
            reduction=AppliedReduction(
                rule.id, label, percent, "requested" if state == "requested" else "granted",
                rule.evidence,
            ),
            unproven=tuple(unproven),
        )  # fmt: skip
    return replace(cost, unproven=tuple(unproven))


def _less(line: PriceLine, rule: Reduction, percent: Fraction) -> PriceLine:
    """A line with what the reduction takes off; taken off at once where nobody has to grant it."""
    if rule.lines is not None and line.id.split(".")[0] not in rule.lines:
        return line
    left = to_step(line.amount * (100 - percent) / 100, rule.round or _EXACT_YEN)
    off = line.amount - min(left, line.amount)
    return replace(line, off=off, amount=line.amount if rule.approval else line.amount - off)


def _open_questions(
    fees: CompiledFees,
    fields: Mapping[str, AnyCompiled],
    evaluation: Evaluation,
    translate: Translate,
) -> Iterator[str]:
    """Labels of the questions that are asked, must be answered, aren't yet, and touch the price."""
    names = closure(fees.names, fields)
    members = {name for each in fees.expressions for name in _MEMBER.findall(each.source)}
    wanted = names | members
    scope = evaluation.situation.scope
    for field_id, each in fields.items():
        if field_id not in evaluation.visible or field_id not in names:
            continue
        if isinstance(each, CompiledField):
            if each.required and each.kind.asks and not answered(scope.get(field_id)):
                yield translate(each.definition.label)
            continue
        rows = scope.get(field_id) or ()
        if not rows and each.min_items:
            yield translate(each.definition.label)
        for index, row in enumerate(rows):
            for inner in each.fields:
                asked = inner.required and inner.kind.asks and inner.id in wanted
                path = f"{field_id}.{index}.{inner.id}"
                if asked and path in evaluation.visible and not answered(row.get(inner.id)):
                    yield translate(inner.definition.label)


def closure(names: frozenset[str], fields: Mapping[str, AnyCompiled]) -> frozenset[str]:
    """The names, and those from which their computed values follow."""
    found: set[str] = set()
    todo = list(names)
    while todo:
        name = todo.pop()
        each = fields.get(name)
        if name in found:
            continue
        found.add(name)
        if isinstance(each, CompiledField) and not each.kind.asks:
            todo += each.names
        if isinstance(each, CompiledGroup):
            todo += [need for inner in each.fields if not inner.kind.asks for need in inner.names]
    return frozenset(found)


def _whole(written: int | Expression, scope: Mapping[str, Any]) -> int:
    value = _value(written, scope)
    if value < 0:
        raise Undecided(f"{_source(written)}: gave {value}, less than nothing")
    return value


def _number(written: Fraction | Expression, scope: Mapping[str, Any]) -> Fraction:
    return written if isinstance(written, Fraction) else Fraction(_value(written, scope))


def _value(written: int | Expression, scope: Mapping[str, Any]) -> int:
    if isinstance(written, int):
        return written
    try:
        value = written.evaluate(scope)
    except ExpressionError as error:
        raise Undecided(str(error)) from error
    if type(value) is not int:
        raise Undecided(f"{written.source}: gave {value!r}, not a whole number")
    return value


def _source(written: int | Expression) -> str:
    return written.source if isinstance(written, Expression) else str(written)


def _condition(when: Expression, scope: Mapping[str, Any]) -> bool:
    """True or false. Unlike a field's, a fee's condition may not be left undecided."""
    try:
        value = when.evaluate(scope)
    except ExpressionError as error:
        raise Undecided(str(error)) from error
    if value is None:
        return False  # a yes-or-no question that was not asked, or not yet
    if not isinstance(value, bool):
        raise Undecided(f"{when.source}: gave {value!r}, neither true nor false")
    return value
