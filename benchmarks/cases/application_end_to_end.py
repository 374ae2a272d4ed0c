"""Whole applications against the running system: sign in, fill in, submit, pay, see the receipt.

Two residents apply at the same time. What is counted are the requests of their browsers, to the
portal, the sign-in service and the payment page together; what these servers ask each other comes
on top and costs time too. In the same turns, as many requests go to a trivial Flask page behind
the same server.
"""

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from benchmarks.browser import Browser
from benchmarks.figures import Figure
from benchmarks.resident import apply
from benchmarks.trivial_page import TrivialPage
from tests.support.system import RunningSystem

#: One for each of those who apply at the same time: nobody has two drafts of one procedure.
PERSONAS = ("taro", "kenichi")
_ROUNDS = 11
#: How many applications of each make one turn.
_APPLICATIONS = 2
#: The portal, the sandbox and the sign-in service take three ports from the system's first on.
_AFTER_THE_SYSTEM = 3
_COMPARED_TO = "as many requests for a trivial Flask page, same server and client"


def measure() -> Iterator[Figure]:
    """Requests per second, the ratio ours / theirs, and applications per second."""
    with (
        tempfile.TemporaryDirectory() as folder,
        RunningSystem(Path(folder) / "var") as system,
        TrivialPage(system.port + _AFTER_THE_SYSTEM) as trivial,
        ThreadPoolExecutor(len(PERSONAS)) as residents,
    ):
        yield from _figures(residents, system.url, trivial.url)


def _figures(residents: ThreadPoolExecutor, portal: str, trivial: str) -> Iterator[Figure]:
    def walks(persona: str) -> int:
        return sum(apply(portal, persona) for _ in range(_APPLICATIONS))

    sent = sum(residents.map(walks, PERSONAS))  # also warms up

    def asks(_: str) -> int:
        browser = Browser()
        for _number in range(sent // len(PERSONAS)):
            browser.get(trivial)
        browser.close()
        return browser.requests

    ours: list[float] = []
    theirs: list[float] = []
    for number in range(_ROUNDS):
        turns = [(walks, ours), (asks, theirs)]
        for work, rates in turns if number % 2 else reversed(turns):
            rates.append(_rate(residents, work))
    rate = statistics.median(ours)
    ratio = statistics.median(a / b for a, b in zip(ours, theirs, strict=True))
    whole = rate * _APPLICATIONS * len(PERSONAS) / sent
    yield Figure("application_end_to_end", ratio, "× requests/s", _COMPARED_TO)
    yield Figure("application_end_to_end_rate", rate, "requests/s")
    yield Figure("application_end_to_end_whole", whole, "paid applications/s")


def _rate(residents: ThreadPoolExecutor, work: Callable[[str], int]) -> float:
    """Requests per second of all residents together."""
    begun = time.perf_counter()
    requests = sum(residents.map(work, PERSONAS))
    return requests / (time.perf_counter() - begun)
