"""Both databases behind one face: commit as a whole, roll back as a whole, read without writing."""

from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from foundation.database import Database
from foundation.outbox import OutboxMessage, enqueue, work_once
from tests.support.clock import FixedClock


def _count(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(OutboxMessage)) or 0


def test_a_transaction_commits_at_its_end(database: Database, clock: FixedClock) -> None:
    with database.transaction() as session:
        enqueue(session, "greet", {"name": "花子"}, now=clock())
    assert _count(database) == 1


def test_an_exception_rolls_everything_back(database: Database, clock: FixedClock) -> None:
    with pytest.raises(ZeroDivisionError), database.transaction() as session:
        enqueue(session, "greet", {}, now=clock())
        session.flush()
        raise ZeroDivisionError
    assert _count(database) == 0


def test_reading_never_writes(database: Database, clock: FixedClock) -> None:
    with database.reading() as session:
        enqueue(session, "greet", {}, now=clock())
        session.flush()
    assert _count(database) == 0


def test_moments_come_back_aware_and_json_as_it_was(database: Database, clock: FixedClock) -> None:
    with database.transaction() as session:
        enqueue(session, "greet", {"name": "𠮷野", "n": [1, None]}, now=clock())
    with database.reading() as session:
        message = session.scalars(select(OutboxMessage)).one()
    assert message.created_at == clock()
    assert message.created_at.utcoffset() is not None
    assert message.payload == {"name": "𠮷野", "n": [1, None]}


def test_work_is_done_once(database: Database, clock: FixedClock) -> None:
    seen: list[object] = []
    with database.transaction() as session:
        enqueue(session, "greet", {"name": "花子"}, now=clock())
    handlers = {"greet": seen.append}
    assert work_once(database, handlers, clock) is True
    assert work_once(database, handlers, clock) is False
    assert seen == [{"name": "花子"}]


def test_two_databases_share_nothing(database: Database, tmp_path: Path) -> None:
    assert _count(database) == 0
    assert database.is_sqlite == str(database.url).startswith(f"sqlite:///{tmp_path}")


def test_work_commits_statements_and_entities_together(
    database: Database, clock: FixedClock
) -> None:
    with database.working() as work:
        enqueue(work.session, "greet", {}, now=clock())
        work.session.flush()
        work.connection.execute(update(OutboxMessage).values(topic="written"))
        enqueue(work.session, "greet", {}, now=clock())
    with database.reading() as session:
        topics = session.scalars(select(OutboxMessage.topic)).all()
    assert sorted(topics) == ["greet", "written"]


def test_work_that_fails_leaves_nothing(database: Database, clock: FixedClock) -> None:
    with pytest.raises(ZeroDivisionError), database.working() as work:
        enqueue(work.session, "greet", {}, now=clock())
        work.session.flush()
        raise ZeroDivisionError
    assert _count(database) == 0


def test_looking_never_writes(database: Database, clock: FixedClock) -> None:
    with database.looking() as work:
        enqueue(work.session, "greet", {}, now=clock())
        work.session.flush()
        work.connection.execute(update(OutboxMessage).values(topic="changed"))
    assert _count(database) == 0
