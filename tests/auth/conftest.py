"""A whole sign-in on this machine."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from auth.jpki.mock.authority import MockAuthority
from tests.auth.world import World, build
from tests.support.clock import USUAL_MOMENT, FixedClock


@pytest.fixture(scope="session")
def authority_directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A mock authority that many tests share, since making its keys takes a while."""
    directory = tmp_path_factory.mktemp("authority")
    MockAuthority.open(directory, USUAL_MOMENT)
    return directory


@pytest.fixture
def idp_directory(authority_directory: Path, tmp_path: Path) -> Path:
    """A data directory of its own, with that authority in it."""
    directory = tmp_path / "jpki-mock"
    directory.mkdir()
    for file in authority_directory.glob("*.pem"):
        (directory / file.name).write_bytes(file.read_bytes())
    return directory


@pytest.fixture
def world(serve: Callable[[Any], str], idp_directory: Path, clock: FixedClock) -> Iterator[World]:
    world = build(serve, idp_directory, clock)
    yield world
    world.http.close()
    world.browser.close()
