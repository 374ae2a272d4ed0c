"""Two processes want the last place at the same moment: on both databases, for real."""

from collections import Counter
from multiprocessing import get_context
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from pathlib import Path

from sqlalchemy import select

from portal.admission.models import AdmissionEntry, AdmissionSeat
from portal.schema import metadata
from tests.support.clock import FixedClock
from tests.support.hall import Hall, open_hall

NAME = {"family": "見本", "given": "花子"}
#: Sent by each of the two; there are two places and two turns on the waiting list.
EACH = 5


def sender(
    url: str, folder: Path, keys: list[str], start: Barrier, told: "Queue[list[str]]"
) -> None:
    """One process: its applications, one after the other, as quickly as it can."""
    metadata()  # the tables of all features, as the application knows them
    hall = open_hall(url, folder, FixedClock())
    start.wait(timeout=60)
    outcomes = [type(hall.submit(key)).__name__ for key in keys]
    hall.portal.database.dispose()
    told.put(outcomes)


def test_two_processes_give_no_place_twice(hall: Hall, tmp_path: Path) -> None:
    keys = [hall.begin("swim", name=NAME) for _ in range(2 * EACH)]
    context = get_context("spawn")
    start, told = context.Barrier(2), context.Queue()
    url = hall.portal.database.url.render_as_string(hide_password=False)
    processes = [
        context.Process(target=sender, args=(url, tmp_path, keys[half::2], start, told))
        for half in range(2)
    ]
    for process in processes:
        process.start()
    outcomes = [outcome for _ in processes for outcome in told.get(timeout=60)]
    for process in processes:
        process.join(timeout=60)
        assert process.exitcode == 0
    assert Counter(outcomes) == {"Submitted": 4, "Full": 2 * EACH - 4}
    with hall.portal.database.reading() as session:
        states = session.scalars(select(AdmissionEntry.state).order_by(AdmissionEntry.turn)).all()
        seats = session.scalars(select(AdmissionSeat.number)).all()
    assert states == ["placed", "placed", "waiting", "waiting"]
    assert sorted(seats) == [1, 2]
