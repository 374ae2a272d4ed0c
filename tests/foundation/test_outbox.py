"""Work written down: done once, tried again with growing pauses, then kept for a person."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import select

from foundation.database import Database
from foundation.outbox import LEASE, RETRY_AFTER, OutboxMessage, enqueue, work_once
from tests.support.clock import FixedClock


def _enqueue(database: Database, clock: FixedClock, *names: str, topic: str = "greet") -> None:
    with database.transaction() as session:
        for name in names:
            enqueue(session, topic, {"name": name}, now=clock())


def _message(database: Database) -> OutboxMessage:
    with database.reading() as session:
        return session.scalars(select(OutboxMessage)).one()


def _fail(_payload: Mapping[str, Any]) -> None:
    raise ConnectionError("the relay is away")


def test_the_pauses_grow_until_it_is_dead(database: Database, clock: FixedClock) -> None:
    _enqueue(database, clock, "花子")
    for pause in RETRY_AFTER:
        assert work_once(database, {"greet": _fail}, clock) is True
        message = _message(database)
        assert (message.due_at, message.dead_at) == (clock() + pause, None)
        clock.advance(pause - timedelta(seconds=1))
        assert work_once(database, {"greet": _fail}, clock) is False
        clock.advance(timedelta(seconds=1))
    assert work_once(database, {"greet": _fail}, clock) is True
    message = _message(database)
    assert message.dead_at == clock()
    assert message.last_error == "ConnectionError: the relay is away"
    clock.advance(timedelta(days=365))
    assert work_once(database, {"greet": _fail}, clock) is False


def test_what_succeeds_late_is_done_and_forgets_its_error(
    database: Database, clock: FixedClock
) -> None:
    _enqueue(database, clock, "花子")
    work_once(database, {"greet": _fail}, clock)
    clock.advance(RETRY_AFTER[0])
    assert work_once(database, {"greet": lambda _payload: None}, clock) is True
    message = _message(database)
    assert (message.done_at, message.last_error, message.tries) == (clock(), None, 2)


def test_a_topic_that_nobody_handles_is_an_error_for_a_person(
    database: Database, clock: FixedClock
) -> None:
    _enqueue(database, clock, "花子", topic="unheard-of")
    assert work_once(database, {}, clock) is True
    assert _message(database).last_error == "KeyError: 'unheard-of'"


def test_what_is_not_due_waits_and_the_oldest_comes_first(
    database: Database, clock: FixedClock
) -> None:
    seen: list[str] = []
    handlers = {"greet": lambda payload: seen.append(payload["name"])}
    with database.transaction() as session:
        for name, minutes in (("later", 2), ("sooner", 1)):
            due = clock() + timedelta(minutes=minutes)
            enqueue(session, "greet", {"name": name}, now=clock(), due_at=due)
    assert work_once(database, handlers, clock) is False
    clock.advance(timedelta(minutes=5))
    while work_once(database, handlers, clock):
        pass
    assert seen == ["sooner", "later"]


def test_a_worker_that_died_is_followed_by_another_when_its_lease_is_over(
    database: Database, clock: FixedClock
) -> None:
    _enqueue(database, clock, "花子")

    def die(_payload: Mapping[str, Any]) -> None:
        raise SystemExit

    with pytest.raises(SystemExit):
        work_once(database, {"greet": die}, clock)
    handlers = {"greet": lambda _payload: None}
    assert work_once(database, handlers, clock) is False
    clock.advance(LEASE)
    assert work_once(database, handlers, clock) is True
    assert _message(database).done_at == clock()


def test_workers_share_the_queue_and_none_works_twice(
    database: Database, clock: FixedClock
) -> None:
    names = [str(number) for number in range(12)]
    _enqueue(database, clock, *names)
    seen: list[str] = []
    start = Barrier(3)

    def worker() -> None:
        start.wait(timeout=30)
        while work_once(database, {"greet": lambda payload: seen.append(payload["name"])}, clock):
            pass

    with ThreadPoolExecutor(3) as pool:
        for done in [pool.submit(worker) for _ in range(3)]:
            done.result()
    # A worker that finds everything taken stops; whatever it left was taken by the others.
    assert sorted(seen, key=int) == names


@pytest.mark.postgres
def test_two_workers_work_at_the_same_time(postgres_url: str, clock: FixedClock) -> None:
    """SKIP LOCKED: the second doesn't wait for the first, it takes the next."""
    database = Database(postgres_url)
    _enqueue(database, clock, "花子", "太郎")
    with database.transaction() as session:
        session.scalars(
            select(OutboxMessage).order_by(OutboxMessage.id).limit(1).with_for_update()
        ).one()
        seen: list[str] = []
        handlers = {"greet": lambda payload: seen.append(payload["name"])}
        assert work_once(database, handlers, clock) is True
        assert work_once(database, handlers, clock) is False
        assert seen == ["太郎"]
    database.dispose()
