"""What the migrations make is what the models say, on both databases."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import CheckConstraint, inspect, text

from foundation.database import Database
from portal.schema import alembic_config, metadata, upgrade
from tests.support.postgres import Cluster


def test_there_is_one_line_of_revisions() -> None:
    directory = ScriptDirectory.from_config(alembic_config("sqlite://"))
    assert len(directory.get_bases()) == 1
    assert len(directory.get_heads()) == 1


def test_the_migrations_make_what_the_models_say(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata()) == []


def test_the_database_holds_the_checks_of_the_models(database: Database) -> None:
    """Alembic compares no check constraints, and it is they that admit the known states alone."""
    inspector = inspect(database.engine)
    for table in metadata().sorted_tables:
        wanted = {
            str(constraint.name)
            for constraint in table.constraints
            if isinstance(constraint, CheckConstraint)
        }
        found = {check["name"] for check in inspector.get_check_constraints(table.name)}
        assert wanted <= found, table.name


def test_the_migrations_make_the_triggers_of_the_models(
    database: Database, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    if database.is_sqlite:
        url = f"sqlite:///{tmp_path / 'by_models.sqlite'}"
    else:
        cluster: Cluster = request.getfixturevalue("postgres")
        url = cluster.url(cluster.create())
    by_models = Database(url)
    try:
        metadata().create_all(by_models.engine)
        assert _triggers(database) == _triggers(by_models)
    finally:
        by_models.dispose()


def _triggers(database: Database) -> set[tuple[str, str]]:
    """Name and wording of each, however it is indented."""
    query = (
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        if database.is_sqlite
        else "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal"
    )
    with database.reading() as session:
        rows = session.execute(text(query))
        return {(name, " ".join(definition.split())) for name, definition in rows}


def test_migrating_twice_changes_nothing(database: Database, database_url: str) -> None:
    upgrade(database_url)
    with database.engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM alembic_version")) == 1
