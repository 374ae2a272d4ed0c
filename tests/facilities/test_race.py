"""Two processes want the same slot at the same moment: on both databases, for real."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from multiprocessing import get_context
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from foundation.database import Database
from foundation.events import Events
from portal.facilities import service
from portal.facilities.models import Booking, BookingSlot
from portal.facilities.service import Held, LostSlots, Secured, Taken
from tests.facilities.house import plaza_house
from tests.support.clock import USUAL_MOMENT

#: Bookable days of the house, seen from the usual moment: each is one round of the race.
DAYS = [day for n in range(2, 22) if (day := date(2026, 6, 3) + timedelta(days=n)).weekday() != 0]
LATER = USUAL_MOMENT + timedelta(hours=1)

Outcome = tuple[str, int, str, tuple[str, ...]]


def _hold(
    session: Session, owner: str, round_: int, slots: tuple[str, ...], now: datetime
) -> Outcome:
    house = plaza_house()
    outcome = service.hold(
        session, Events(), house, house.rooms[0], DAYS[round_], slots, owner=owner, now=now
    )
    gone = outcome.slots if isinstance(outcome, Taken) else ()
    return owner, round_, type(outcome).__name__, gone


def _confirm(session: Session, owner: str, round_: int, booking: str) -> Outcome:
    outcome = service.confirm(session, Events(), booking, LATER)
    gone = outcome.slots if isinstance(outcome, LostSlots) else ()
    return owner, round_, type(outcome).__name__, gone


def holder(
    url: str, owner: str, slots: tuple[str, ...], start: Barrier, told: "Queue[Outcome]"
) -> None:
    """One process: round by round, hold the slots at the same moment as the other."""
    database = Database(url)
    for round_ in range(len(DAYS)):
        start.wait(timeout=60)
        with database.transaction() as session:
            outcome = _hold(session, owner, round_, slots, LATER)
        told.put(outcome)
    database.dispose()


def payer(
    url: str, owner: str, bookings: list[str], start: Barrier, told: "Queue[Outcome]"
) -> None:
    """One process: round by round, the money of a lapsed booking arrives."""
    database = Database(url)
    for round_, booking in enumerate(bookings):
        start.wait(timeout=60)
        with database.transaction() as session:
            outcome = _confirm(session, owner, round_, booking)
        told.put(outcome)
    database.dispose()


def race(
    database: Database, *runners: tuple[Callable[..., None], str, object]
) -> list[list[Outcome]]:
    """Run the processes to their end; the outcomes of each round, in the order of the owners."""
    context = get_context("spawn")
    start, told = context.Barrier(len(runners)), context.Queue()
    url = database.url.render_as_string(hide_password=False)
    processes = [
        context.Process(target=run, args=(url, owner, what, start, told))
        for run, owner, what in runners
    ]
    for process in processes:
        process.start()
    outcomes = [told.get(timeout=60) for _ in range(len(runners) * len(DAYS))]
    for process in processes:
        process.join(timeout=60)
        assert process.exitcode == 0
    return [sorted(one for one in outcomes if one[1] == round_) for round_ in range(len(DAYS))]


def test_of_two_who_hold_at_once_one_gets_all_and_the_other_none(database: Database) -> None:
    rounds = race(
        database,
        (holder, "resident:kenta", ("morning", "noon")),
        (holder, "resident:sanae", ("noon", "afternoon-1")),
    )
    for outcomes in rounds:
        assert sorted(kind for _, _, kind, _ in outcomes) == [Held.__name__, Taken.__name__]
        assert [gone for *_, gone in outcomes if gone] == [("noon",)]
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Booking)) == len(DAYS)
        assert session.scalar(select(func.count()).select_from(BookingSlot)) == 2 * len(DAYS)


def test_money_that_arrives_while_another_takes_the_lapsed_slots(database: Database) -> None:
    house, bookings = plaza_house(), []
    for day in DAYS:
        with database.transaction() as session:
            held = service.hold(
                session,
                Events(),
                house,
                house.rooms[0],
                day,
                ["noon"],
                owner="resident:kenta",
                now=USUAL_MOMENT,
            )
            assert isinstance(held, Held)
            bookings.append(held.booking.id)
    rounds = race(
        database,
        (payer, "resident:kenta", bookings),
        (holder, "resident:sanae", ("morning", "noon")),
    )
    for (_, _, paid, lost), (_, _, wanted, gone) in rounds:
        if paid == Secured.__name__:
            assert (wanted, gone) == (Taken.__name__, ("noon",))
        else:
            assert (paid, lost, wanted) == (LostSlots.__name__, ("noon",), Held.__name__)
