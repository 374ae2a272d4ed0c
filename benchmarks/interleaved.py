"""Two ways to do the same, measured in turns, so that a busy machine slows both alike."""

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

Work = Callable[[], object]

#: How long one turn of one side takes, in seconds of processor time.
_TURN = 0.1
_ROUNDS = 31


@dataclass(frozen=True)
class Comparison:
    """Calls per second of processor time of both sides, and the ratio: ours / theirs."""

    ours: float
    theirs: float
    ratio: float


def compare(ours: Work, theirs: Work, *, rounds: int = _ROUNDS, turn: float = _TURN) -> Comparison:
    """Measure both in ``rounds`` turns; who begins alternates. All figures are medians."""
    counts = {work: calls_for(work, turn) for work in (ours, theirs)}
    ours_rates: list[float] = []
    theirs_rates: list[float] = []
    for number in range(rounds):
        turns = [(ours, ours_rates), (theirs, theirs_rates)]
        for work, rates in turns if number % 2 else reversed(turns):
            rates.append(rate(work, counts[work]))
    ratios = [a / b for a, b in zip(ours_rates, theirs_rates, strict=True)]
    return Comparison(
        ours=statistics.median(ours_rates),
        theirs=statistics.median(theirs_rates),
        ratio=statistics.median(ratios),
    )


def rate(work: Work, calls: int) -> float:
    """Calls per second of processor time, garbage of earlier turns not counted."""
    gc.collect()
    begun = time.process_time()
    for _ in range(calls):
        work()
    return calls / (time.process_time() - begun)


def calls_for(work: Work, turn: float) -> int:
    """How many calls take about one turn; warms up on the way."""
    calls = 1
    while True:
        begun = time.process_time()
        for _ in range(calls):
            work()
        spent = time.process_time() - begun
        if spent > turn / 4:
            return max(1, round(calls * turn / spent))
        calls *= 2
