"""料金 as its author wrote it: lines, surcharges, caps, rounding, free quotas, reductions. Frozen.

What they come to is calculated by ``portal.forms.pricing``.
"""

import re
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import (
    BeforeValidator,
    Field,
    StrictBool,
    StrictInt,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)

from portal.forms.fields import Cel, FieldId, Strict, Text

LineId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,59}$")]
#: yen or pieces: a whole number, or an expression that gives one
Amount = StrictInt | Cel

_EXACT = re.compile(r"-?\d{1,9}(\.\d{1,6}|/[1-9]\d{0,8})?")


def exact(written: int | str) -> Fraction | None:
    """A number as it is written (3, 1.5, 3/2), exactly; None where it is an expression."""
    text = str(written).strip()
    return Fraction(text) if _EXACT.fullmatch(text) else None


def _without_float(written: Any) -> Any:
    """YAML reads 1.5 as a float; what was meant is the decimal that was written."""
    return str(written) if isinstance(written, float) else written


#: A whole number, a decimal (1.5), a fraction ("3/2") or an expression that gives a whole number.
Ratio = Annotated[
    StrictInt | Cel,
    BeforeValidator(_without_float),
    WithJsonSchema({"type": ["number", "string"]}),
]


class Factor(Strict):
    """加算・倍率: what changes a line while its condition holds. Just one of the three kinds."""

    label: Text
    when: Cel
    #: multiplies what there is so far
    times: Ratio | None = None
    #: adds so many hundredths of amount × quantity; negative for a discount
    percent: Ratio | None = None
    #: adds yen; negative takes off, never below 0
    yen: Amount | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> "Factor":
        given = [self.times, self.percent, self.yen]
        if sum(kind is not None for kind in given) != 1:
            raise ValueError("say just one of times, percent and yen")
        times = None if self.times is None else exact(self.times)
        if times is not None and not 0 < times <= 100:
            raise ValueError("times must be above 0 and at most 100; for nothing at all use when")
        percent = None if self.percent is None else exact(self.percent)
        if percent is not None and (percent == 0 or not -100 <= percent <= 10_000):
            raise ValueError("percent must be from -100 to 10000, and not 0")
        return self


class Rounding(Strict):
    """端数処理: to whole multiples of so many yen."""

    to: Annotated[StrictInt, Field(ge=1, le=100_000)] = 1
    mode: Literal["down", "up", "half_up"] = "down"


class FreeQuota(Strict):
    """無料枠: how many a person has free in a period, earlier applications counted."""

    quantity: Annotated[StrictInt, Field(ge=1, le=100_000)]
    per: Literal["fiscal_year", "year", "month", "ever"] = "fiscal_year"


class FeeLine(Strict):
    """One line of the price."""

    id: LineId
    label: Text
    #: code of the revenue account (歳入科目)
    account: str
    #: 消費税の区分: outside 不課税, exempt 非課税, standard 10%, reduced 8%; amounts include it
    tax: Literal["outside", "exempt", "standard", "reduced"] = "outside"
    #: yen: a whole number, or an expression that gives one
    amount: Amount
    quantity: Amount = 1
    unit: Text | None = None
    when: Cel | None = None
    #: a group: one line for each of its rows, whose fields the expressions may name
    each: FieldId | None = None
    #: a date or number of the group; ``rank`` is 1 for the row where it is least: the eldest
    rank_by: FieldId | None = None
    #: applied in order
    factors: tuple[Factor, ...] = ()
    #: 下限 and 上限 in yen, after the factors
    at_least: Amount | None = None
    at_most: Amount | None = None
    round: Rounding | None = None
    free: FreeQuota | None = None


class Reduction(Strict):
    """減免: what is taken off for those to whom its ground applies. The first that fits wins."""

    id: LineId
    label: Text
    when: Cel
    #: the lines that it lowers; all of them, where nothing is said
    lines: Annotated[tuple[LineId, ...], Field(min_length=1)] | None = None
    #: how many hundredths of each line are taken off
    percent: Ratio = 100
    #: 端数処理 of what is left; without it a fraction of a yen is left off
    round: Rounding | None = None
    #: the field with the proof (証明書類); without an answer to it the reduction doesn't apply
    evidence: FieldId | None = None
    #: granted or refused by a person when the application is decided
    approval: StrictBool = False

    @model_validator(mode="after")
    def _takes_something_off(self) -> "Reduction":
        percent = exact(self.percent)
        if percent is not None and not 0 < percent <= 100:
            raise ValueError("percent must be above 0 and at most 100")
        return self


class Fees(Strict):
    """What an application costs, and when it is collected."""

    collect: Literal["on_submit", "on_approval", "at_counter"] = "on_submit"
    reductions: tuple[Reduction, ...] = ()
    lines: Annotated[tuple[FeeLine, ...], Field(min_length=1)]
