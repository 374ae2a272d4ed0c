"""How the tests give a database its tables: by the migrations, as in production."""

from foundation.database import Database
from portal.schema import MIGRATIONS, metadata, upgrade


def create_schema(url: str) -> None:
    """Make all tables in an empty database."""
    if any((MIGRATIONS / "versions").glob("*.py")):
        upgrade(url)
        return
    database = Database(url)
    try:
        metadata().create_all(database.engine)
    finally:
        database.dispose()
