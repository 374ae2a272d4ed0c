"""One database of one municipality: the engine, and the two ways to use it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.orm import Session, sessionmaker

#: How long a SQLite writer waits for another before it gives up, in milliseconds.
SQLITE_BUSY_MS = 15_000


class Database:
    """SQLite (WAL) or PostgreSQL behind one face.

    ``with database.transaction() as session`` commits at the end or rolls back on an exception;
    ``with database.reading() as session`` never writes.
    """

    def __init__(self, url: str, *, echo: bool = False) -> None:
        self.url = make_url(url)
        self.engine = _create_engine(url, echo)
        self._readers = sessionmaker(self.engine, expire_on_commit=False)
        # SQLite upgrades a reader to a writer only by failing when another was quicker; a writer
        # that says so from the beginning waits its turn instead.
        writing = self.engine.execution_options(sqlite_begin="IMMEDIATE")
        self._writers = sessionmaker(writing, expire_on_commit=False)

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A session whose work is committed as a whole, or not at all."""
        with self._writers.begin() as session:
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session for looking only; whatever it changed is rolled back.

        What was read stays readable after it: closing, unlike a rollback, expires nothing.
        """
        with self._readers() as session:
            yield session

    def dispose(self) -> None:
        self.engine.dispose()


def _create_engine(url: str, echo: bool) -> Engine:
    if make_url(url).get_backend_name() != "sqlite":
        return create_engine(url, echo=echo, pool_pre_ping=True)
    engine = create_engine(url, echo=echo, connect_args={"timeout": SQLITE_BUSY_MS / 1000})

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _record: Any) -> None:
        # The driver's own implicit BEGIN is switched off; ours below says what kind it is.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute(f"PRAGMA busy_timeout={SQLITE_BUSY_MS}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Any) -> None:
        kind = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
        connection.exec_driver_sql(f"BEGIN {kind}")

    return engine
