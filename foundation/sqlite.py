"""SQLite as the program uses it: a write-ahead log, and transactions that begin at once."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import URL, Engine, Pool, create_engine
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

#: How long a writer waits for another before it gives up, in milliseconds.
BUSY_MS = 15_000
_NAME = "sqlite+madoguchi"


class Dialect(SQLiteDialect_pysqlite):
    """Begins by itself. The driver would only begin at the first change, after what was read.

    A dialect and not listeners for the engine's events: with any listener there, every statement
    asks for all of them.
    """

    supports_statement_cache = True

    def __init__(self, begin: str = "BEGIN", **options: Any) -> None:
        super().__init__(**options)
        self._begin = begin

    def on_connect(self) -> Callable[[Any], None]:
        """What every new connection is told."""
        usual = super().on_connect()

        def prepare(connection: Any) -> None:
            usual(connection)
            connection.isolation_level = None
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=FULL")
            connection.execute("PRAGMA foreign_keys=ON")
            connection.execute(f"PRAGMA busy_timeout={BUSY_MS}")

        return prepare

    def do_begin(self, dbapi_connection: Any) -> None:
        """BEGIN, of the kind that the engine is for."""
        dbapi_connection.execute(self._begin)


registry.register(_NAME.replace("+", "."), __name__, Dialect.__name__)


def reading_engine(url: URL, *, echo: bool) -> Engine:
    """An engine whose transactions see one state of the database."""
    return create_engine(
        url.set(drivername=_NAME), echo=echo, connect_args={"timeout": BUSY_MS / 1000}
    )


def writing_engine(url: URL, pool: Pool, *, echo: bool) -> Engine:
    """An engine on the same connections whose transactions are writers from the beginning.

    SQLite upgrades a reader to a writer only by failing when another was quicker; a writer that
    says so at once waits its turn instead.
    """
    return create_engine(url.set(drivername=_NAME), echo=echo, pool=pool, begin="BEGIN IMMEDIATE")
