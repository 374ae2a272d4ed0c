"""One database of one municipality: the engine, and the ways to use it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import Connection, create_engine, make_url
from sqlalchemy.orm import Session, sessionmaker

from foundation import sqlite


@dataclass(frozen=True)
class Work:
    """One transaction by its connection, for a few statements on a row whose columns are known.

    Reading an entity in order to change it costs several times what its two statements do.
    """

    connection: Connection

    @cached_property
    def session(self) -> Session:
        """Inside the same transaction, for whatever entities are needed beside the row."""
        return Session(self.connection, expire_on_commit=False)

    def flush(self) -> None:
        """Write what was changed in the session, if anybody needed one."""
        if "session" in vars(self):
            self.session.flush()


class Database:
    """SQLite (WAL) or PostgreSQL behind one face.

    ``with database.transaction() as session`` commits at the end or rolls back on an exception;
    ``with database.reading() as session`` never writes. ``working`` and ``looking`` do the same for
    what needs no entities.
    """

    def __init__(self, url: str, *, echo: bool = False) -> None:
        self.url = make_url(url)
        if self.url.get_backend_name() == "sqlite":
            self.engine = sqlite.reading_engine(self.url, echo=echo)
            self._writing = sqlite.writing_engine(self.url, self.engine.pool, echo=echo)
        else:
            self.engine = create_engine(url, echo=echo, pool_pre_ping=True)
            self._writing = self.engine
        self._readers = sessionmaker(self.engine, expire_on_commit=False)
        self._writers = sessionmaker(self._writing, expire_on_commit=False)

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

    @contextmanager
    def working(self) -> Iterator[Work]:
        """Work that is committed as a whole, or not at all."""
        with self._writing.begin() as connection:
            work = Work(connection)
            yield work
            work.flush()

    @contextmanager
    def looking(self) -> Iterator[Work]:
        """Work that only looks; whatever it changed is rolled back."""
        with self.engine.connect() as connection:
            yield Work(connection)

    def dispose(self) -> None:
        self.engine.dispose()
