"""What an application costs, so that a person can follow the sum: frozen values, whole yen."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

#: 消費税の区分: 不課税, 非課税, 10%, 8%; amounts include it.
Tax = Literal["outside", "exempt", "standard", "reduced"]

#: ``granted`` also where nobody has to decide it.
ReductionState = Literal["granted", "requested", "refused"]


def number_text(number: Fraction) -> str:
    """An exact number as people write it: 3, 1.5, and 2/3 where no decimal is exact."""
    if (number * 10**6).denominator != 1:
        return str(number)
    return f"{Decimal(number.numerator) / number.denominator:f}"


@dataclass(frozen=True)
class AppliedFactor:
    """What changed a line, just one of three: 営利目的 ×3, 土日 +30%, 夜間 +500円."""

    label: str
    times: Fraction | None = None
    #: hundredths of unit amount × quantity
    percent: Fraction | None = None
    #: yen
    yen: int | None = None

    @property
    def text(self) -> str:
        """``× 3``, ``+30%``; empty for yen, which every language writes in its own way."""
        if self.times is not None:
            return f"× {number_text(self.times)}"
        if self.percent is not None:
            return f"{'+' if self.percent > 0 else '−'}{number_text(abs(self.percent))}%"
        return ""


@dataclass(frozen=True)
class AppliedRounding:
    """端数処理: to multiples of so many yen."""

    to: int
    mode: Literal["down", "up", "half_up"]


@dataclass(frozen=True)
class PriceLine:
    """One line of the price, all whole yen.

    ``amount`` is ``unit_amount × (quantity − free)``, then the factors in order, the rounding, the
    floor and the cap, less ``off`` where the reduction is granted.
    """

    id: str
    label: str
    #: code of the revenue account (歳入科目)
    account: str
    unit_amount: int
    quantity: int
    #: counter word of the quantity: 通, 部, 枠; may be empty
    unit: str
    factors: tuple[AppliedFactor, ...]
    #: what is to be paid
    amount: int
    #: 無料枠: how much of the quantity costs nothing
    free: int = 0
    #: where it changed the amount
    rounding: AppliedRounding | None = None
    #: 下限 and 上限 in yen, where one decided the amount
    at_least: int | None = None
    at_most: int | None = None
    #: 減免: yen that the price's reduction takes off, or would take off if it is granted
    off: int = 0
    tax: Tax = "outside"
    #: which row of a group it is for, as ``line_names`` keeps it; "" where there is one line only
    row: str = ""


@dataclass(frozen=True)
class PendingLine:
    """A line that can't be calculated from the answers so far. Never counted as zero yen."""

    id: str
    label: str
    #: for the log and for authors, not for residents
    reason: str
    row: str = ""


@dataclass(frozen=True)
class AppliedReduction:
    """減免: the ground that applies, and whether it is granted already."""

    id: str
    label: str
    #: hundredths that are taken off
    percent: Fraction
    state: ReductionState = "granted"
    #: the field with the proof
    evidence: str | None = None
    #: why it was refused, as the department wrote it
    reason: str = ""


@dataclass(frozen=True)
class UnprovenReduction:
    """A reduction that would apply, if its proof were there."""

    id: str
    label: str
    evidence: str
    #: the label of the field with the proof
    evidence_label: str


@dataclass(frozen=True)
class Price:
    """What an application costs; ``total`` is final only when ``complete``."""

    lines: tuple[PriceLine, ...] = ()
    pending: tuple[PendingLine, ...] = ()
    reduction: AppliedReduction | None = None
    unproven: tuple[UnprovenReduction, ...] = ()
    #: labels of the questions whose answers may still change the price, in the order of the form
    waits_for: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """The sum of the lines that are known, in yen."""
        return sum(line.amount for line in self.lines)

    @property
    def off(self) -> int:
        """Yen that the reduction takes off, or would take off."""
        return sum(line.off for line in self.lines)

    @property
    def full_total(self) -> int:
        """The sum without any reduction, in yen."""
        return sum(self.full(line) for line in self.lines)

    @property
    def total_if_granted(self) -> int:
        """The sum if the reduction that was asked for is granted, in yen."""
        return self.full_total - self.off

    @property
    def complete(self) -> bool:
        return not self.pending

    def full(self, line: PriceLine) -> int:
        """What a line costs without the reduction, in yen."""
        taken_off = self.reduction is not None and self.reduction.state == "granted"
        return line.amount + line.off if taken_off else line.amount
