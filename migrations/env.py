"""Alembic's environment: which tables there should be, and which database to bring there."""

from alembic import context
from sqlalchemy import Connection

from foundation.database import Database
from portal.schema import metadata


def run(connection: Connection) -> None:
    """Migrate over an open connection."""
    context.configure(
        connection=connection,
        target_metadata=metadata(),
        # SQLite can't alter a table in place; Alembic then copies it into a new one.
        render_as_batch=connection.dialect.name == "sqlite",
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


def migrate() -> None:
    """Take the address from the configuration: alembic.ini, or portal.schema for one database."""
    database = Database(context.config.get_main_option("sqlalchemy.url", ""))
    try:
        with database.engine.connect() as connection:
            run(connection)
    finally:
        database.dispose()


migrate()
