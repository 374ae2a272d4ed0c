"""One large definition: how long it takes to compile and check, and to follow an answer.

A page that is being filled in is sent to the portal whenever an answer changes what else is asked
or what it costs. The request is measured as a whole, with session, CSRF check and database.
"""

import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.cities import HUNDRED, small_city
from benchmarks.figures import Figure
from benchmarks.portal_worker import filling_in, prepare
from foundation.clock import jst_date, system_clock
from portal.app import create_app
from portal.config import Config
from portal.forms import Context, load_catalogue

_ROUNDS = 31
_ANSWERS = {
    "asked_0": "yes",
    "name_0": "見本 花子",
    "reason_0": "ためすため",
    "count_0": "3",
    "price_0": "5,000",
    "day_0.era": "western",
    "day_0.year": "2126",
    "day_0.month": "4",
    "day_0.day": "1",
    "way_0": "post",
    "kinds_0": ["", "a", "b"],
    "_refresh": "1",
}


def measure() -> Iterator[Figure]:
    """Milliseconds of processor time, medians."""
    with TemporaryDirectory() as scratch:
        city, data = small_city(Path(scratch) / "city"), Path(scratch) / "var"

        def compile_and_check() -> None:
            procedure = load_catalogue(city).procedures[HUNDRED]
            procedure.journey({}, Context(today=jst_date(system_clock())))

        yield Figure("definition_compile_100_ms", _milliseconds(compile_and_check), "ms")
        prepare(data)
        app = create_app(Config.from_env({"DATA_DIR": str(data), "DEFINITIONS_DIR": str(city)}))
        refresh = filling_in(app, HUNDRED).posting(_ANSWERS)
        answer = refresh.send()
        if answer.status != 200 or "900" not in answer.text:
            raise RuntimeError(f"no price: {answer.status}\n{answer.text}")
        yield Figure("form_reevaluate_ms", _milliseconds(refresh.send), "ms")


def _milliseconds(work: Callable[[], object]) -> float:
    spent = []
    for _ in range(_ROUNDS):
        begun = time.process_time()
        work()
        spent.append(time.process_time() - begun)
    return statistics.median(spent) * 1000
