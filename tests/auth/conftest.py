"""A whole sign-in on this machine."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from auth.jpki.mock.cards import open_card_box
from auth.jpki.profile import CertificateKind
from tests.auth.world import PERSONAS, PIN, World, build
from tests.support.clock import FixedClock


@pytest.fixture(scope="session")
def used_directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A mock authority and the cards of two people, made once: RSA keys take a while."""
    directory = tmp_path_factory.mktemp("authority")
    box = open_card_box(directory, PERSONAS, FixedClock())
    for person in ("hanako", "maria"):
        box.open(person, CertificateKind.USER_AUTHENTICATION, PIN)
    box.close()
    return directory


@pytest.fixture
def idp_directory(used_directory: Path, tmp_path: Path) -> Path:
    """A data directory of its own, with that authority and those cards in it."""
    return Path(shutil.copytree(used_directory, tmp_path / "jpki-mock"))


@pytest.fixture
def world(serve: Callable[[Any], str], idp_directory: Path, clock: FixedClock) -> Iterator[World]:
    world = build(serve, idp_directory, clock)
    yield world
    world.http.close()
    world.browser.close()


@pytest.fixture
def restart_idp(world: World, idp_directory: Path) -> Callable[..., None]:
    """``restart_idp(new_key=True)`` ends the provider and starts it over the same data."""

    def restart(*, new_key: bool = False) -> None:
        if new_key:
            (idp_directory / "provider.pem").unlink()
        world.restart()

    return restart
