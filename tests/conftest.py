"""Fixtures for all tests: both databases, a clock that stands still, a server on a free port."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from foundation.database import Database
from tests.support.clock import FixedClock
from tests.support.hall import Hall, open_hall
from tests.support.postgres import Cluster
from tests.support.schema import create_schema
from tests.support.serving import Server

pytest_plugins = ["tests.support.whole_run"]

# The same examples each time where a change waits for the outcome, new ones where a person looks.
settings.register_profile(
    "madoguchi",
    deadline=None,
    max_examples=50,
    print_blob=True,
    derandomize=os.environ.get("CI") == "true",
)
settings.load_profile("madoguchi")


@pytest.fixture
def clock() -> FixedClock:
    """10:00 on Wednesday 3 June 2026 in Japan, until the test moves it."""
    return FixedClock()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    """A throwaway PostgreSQL server, one for each test process."""
    cluster = Cluster()
    cluster.start()
    try:
        yield cluster
    finally:
        cluster.stop()


@pytest.fixture(scope="session")
def postgres_template(postgres: Cluster) -> str:
    """The name of a database that has all tables; others are copied from it."""
    name = postgres.create()
    create_schema(postgres.url(name))
    return name


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file that has all tables; others are copied from it."""
    path = tmp_path_factory.mktemp("sqlite") / "template.sqlite"
    create_schema(f"sqlite:///{path}")
    return path


@pytest.fixture
def postgres_url(postgres: Cluster, postgres_template: str) -> Iterator[str]:
    """The address of a fresh PostgreSQL database with all tables."""
    name = postgres.create(template=postgres_template)
    yield postgres.url(name)
    postgres.drop(name)


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """The address of a fresh SQLite database with all tables."""
    path = tmp_path / "madoguchi.sqlite"
    shutil.copyfile(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture(
    params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)],
)
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of a fresh database with all tables, once of each kind."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A fresh database with all tables, once SQLite and once PostgreSQL."""
    database = Database(database_url)
    yield database
    database.dispose()


@pytest.fixture
def hall(database_url: str, tmp_path: Path, clock: FixedClock) -> Iterator[Hall]:
    """A small city hall, once on SQLite and once on PostgreSQL."""
    hall = open_hall(database_url, tmp_path, clock)
    yield hall
    hall.portal.database.dispose()


@pytest.fixture
def serve() -> Iterator[Callable[[Any], str]]:
    """``serve(app)`` runs a WSGI application on a free port until the test ends.

    Returns its base address without a slash at the end.
    """
    with ExitStack() as stack:
        yield lambda app: stack.enter_context(Server(app)).url
