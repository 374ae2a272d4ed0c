"""Asking about everything that has stood still: nothing is lost when a process dies."""

from dataclasses import dataclass

from payments.context import Payments


@dataclass(frozen=True)
class SweepReport:
    """What one round did."""

    attempts_asked: int
    refunds_asked: int
    #: things whose provider did not answer; they are asked again later
    unreachable: int


def sweep(payments: Payments, *, limit: int = 200) -> SweepReport:
    """One round over attempts and refunds whose next look is due."""
    raise NotImplementedError
