"""A prefecture's worth of procedures: how soon the portal starts, how large it is, how quick.

The first start checks every definition. What it finds right is kept, so that each later start, of
every process, checks only what changed.
"""

import statistics
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.cities import large_city
from benchmarks.figures import Figure
from benchmarks.portal_worker import Worker, prepare

MANY, FEW = 2000, 20
_STARTS = 3
_ROUNDS = 15
_COMPARED_TO = f"the same page with {FEW} procedures"


def measure() -> Iterator[Figure]:
    """Seconds until the portal answers, MB at most, and pages per second as a ratio."""
    with TemporaryDirectory() as scratch:
        folder = Path(scratch)
        many, few = large_city(folder / "many", MANY), large_city(folder / "few", FEW)
        prepare(folder / "many-var")
        prepare(folder / "few-var")
        with Worker(many, folder / "many-var") as worker:
            yield Figure(f"procedures_{MANY}_first_start_s", worker.started.seconds, "s")
        starts = []
        for _ in range(_STARTS):
            with Worker(many, folder / "many-var") as worker:
                starts.append(worker.started)
        seconds = statistics.median(start.seconds for start in starts)
        yield Figure(f"procedures_{MANY}_start_s", seconds, "s")
        yield Figure(f"procedures_{MANY}_mb", max(one.megabytes for one in starts), "MB")
        with (
            Worker(many, folder / "many-var") as ours,
            Worker(few, folder / "few-var") as theirs,
        ):
            ratios = [ours.pages() / theirs.pages() for _ in range(_ROUNDS)]
        ratio = statistics.median(ratios)
        yield Figure(f"procedures_{MANY}_page", ratio, "× pages/s", _COMPARED_TO)
