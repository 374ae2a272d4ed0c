"""The fees of a procedure as ``portal forms show`` prints them for authors."""

from collections.abc import Iterator

from foundation.money import format_yen
from portal.forms.fees import Factor, FeeLine, Fees, Reduction


def fees_shown(fees: Fees | None) -> Iterator[str]:
    """Each line with its steps, then the reductions."""
    if fees is None:
        return
    yield from ("", f"fees collected {fees.collect}")
    for line in fees.lines:
        rows = f" for each of {line.each}" if line.each else ""
        ranked = f" ranked by {line.rank_by}" if line.rank_by else ""
        unit = line.unit or ""
        quantity = f" × {line.quantity}{unit}" if line.quantity != 1 else ""
        yield f"  {line.id}: {_yen(line.amount)}{quantity}{rows}{ranked}{_when(line.when)}"
        yield from (f"      {step}" for step in _steps(line))
    for reduction in fees.reductions:
        yield f"  {_reduction(reduction)}"


def _steps(line: FeeLine) -> Iterator[str]:
    if line.free:
        yield f"{line.free.quantity} free per {line.free.per}"
    for factor in line.factors:
        yield f"{_factor(factor)} {factor.label}{_when(factor.when)}"
    if line.round:
        yield f"rounded {line.round.mode} to {format_yen(line.round.to)}"
    if line.at_least is not None:
        yield f"at least {_yen(line.at_least)}"
    if line.at_most is not None:
        yield f"at most {_yen(line.at_most)}"


def _factor(factor: Factor) -> str:
    if factor.times is not None:
        return f"×{factor.times}"
    if factor.percent is not None:
        return (
            f"{factor.percent}%" if str(factor.percent).startswith("-") else f"+{factor.percent}%"
        )
    return _yen(factor.yen or 0)


def _reduction(reduction: Reduction) -> str:
    lines = ", ".join(reduction.lines) if reduction.lines else "all lines"
    proof = f" with {reduction.evidence}" if reduction.evidence else ""
    granted = ", to be granted" if reduction.approval else ""
    words = f"reduction {reduction.id}: -{reduction.percent}% of {lines}{proof}{granted}"
    return words + _when(reduction.when)


def _yen(amount: int | str) -> str:
    return format_yen(amount) if isinstance(amount, int) else amount


def _when(condition: str | None) -> str:
    return f"  if {condition}" if condition else ""
