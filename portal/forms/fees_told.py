"""The fees of a procedure as ``portal forms show`` tells them, before anything is answered."""

import re
from collections.abc import Iterator, Mapping

from foundation.wording import Translate
from portal.forms import shown_words as words
from portal.forms.conditions_in_words import condition_in_words
from portal.forms.fees import Factor, FeeLine, Fees, Reduction
from portal.forms.fields import FieldBase
from portal.forms.figures import in_yen
from portal.forms.lookups import lookups
from portal.forms.tables import Table, compile_tables

_CHOSEN = re.compile(r"[?:] *(\d+)(?= *(?::|$|\)))")


def fees_told(
    fees: Fees,
    fields: Mapping[str, FieldBase],
    rows: Mapping[str, Mapping[str, FieldBase]],
    tables: Mapping[str, Table],
    translate: Translate,
) -> Iterator[str]:
    """Each line with its steps, the reductions, and when it is paid.

    ``rows`` are the fields of each group's rows.
    """
    for line in fees.lines:
        known = {**fields, **rows.get(line.each or "", {})}
        when = _when(line.when, known, translate)
        yield f"{translate(line.label)}: {_amount(line, fields, tables, translate)}{when}"
        yield from (f"    {step}" for step in _steps(line, known, translate))
    for reduction in fees.reductions:
        yield _reduction(reduction, fields, translate)
    yield translate(words.COLLECTED[fees.collect])


def _amount(
    line: FeeLine,
    fields: Mapping[str, FieldBase],
    tables: Mapping[str, Table],
    translate: Translate,
) -> str:
    amount = _yen(line.amount, tables, translate)
    asked = fields.get(line.quantity) if isinstance(line.quantity, str) else None
    if asked is not None:
        amount = translate(words.TIMES) % {
            "amount": amount,
            "question": translate(asked.label),
        }
    group = fields.get(line.each) if line.each else None
    if group is not None:
        amount = translate(words.FOR_EACH) % {
            "question": translate(group.label),
            "amount": amount,
        }
    return amount


def _yen(written: int | str, tables: Mapping[str, Table], translate: Translate) -> str:
    """An amount, the least and the most that an expression chooses from, or that it depends."""
    if isinstance(written, int):
        return _shown(written, translate)
    chosen = [int(found) for found in _CHOSEN.findall(written)]
    for each in lookups(written):
        alone = f'lookup("{each.table}",{",".join(each.keys)})'
        if alone.replace(" ", "") == written.replace(" ", "").replace("'", '"'):
            values = compile_tables(tables)[str(each.table)].values()
            chosen = [value for value in values if isinstance(value, int)]
    if not chosen:
        return translate(words.DEPENDS)
    if len(set(chosen)) == 1:
        return _shown(chosen[0], translate)
    return translate(words.CHOSEN_AMOUNT) % {
        "yen": _shown(min(chosen), translate),
        "most": _shown(max(chosen), translate),
    }


def _steps(line: FeeLine, fields: Mapping[str, FieldBase], translate: Translate) -> Iterator[str]:
    if line.free is not None:
        number = f"{line.free.quantity}{translate(line.unit) if line.unit else ''}"
        yield translate(words.FREE_QUANTITY) % {"number": number}
    for factor in line.factors:
        step = _factor(factor, translate)
        yield f"{translate(factor.label)} {step}{_when(factor.when, fields, translate)}"
    for pattern, limit in ((words.AT_LEAST_YEN, line.at_least), (words.AT_MOST_YEN, line.at_most)):
        if isinstance(limit, int):
            yield translate(pattern) % {"yen": _shown(limit, translate)}


def _factor(factor: Factor, translate: Translate) -> str:
    if factor.times is not None:
        return f"× {factor.times}"
    if factor.percent is not None:
        sign = "" if str(factor.percent).startswith("-") else "+"
        return f"{sign}{factor.percent}%".replace("-", "−")
    yen = factor.yen or 0
    return f"+{_shown(yen, translate)}" if isinstance(yen, int) and yen > 0 else str(yen)


def _reduction(reduction: Reduction, fields: Mapping[str, FieldBase], translate: Translate) -> str:
    told = translate(words.REDUCED) % {"percent": reduction.percent}
    if reduction.percent == 100:
        told = translate(words.WAIVED)
    proof = fields.get(reduction.evidence) if reduction.evidence else None
    if proof is not None:
        told += " " + translate(words.PROOF) % {"question": translate(proof.label)}
    when = _when(reduction.when, fields, translate)
    return f"{translate(reduction.label)}: {told}{when}"


def _when(condition: str | None, fields: Mapping[str, FieldBase], translate: Translate) -> str:
    told = condition_in_words(condition, fields, translate)
    return f"［{told}］" if told else ""


def _shown(yen: int, translate: Translate) -> str:
    if yen == 0:
        return translate(words.FREE)
    return in_yen(yen, translate)
