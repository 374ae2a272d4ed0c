"""A sandbox for each test."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.payments.sandbox.world import Sandbox, open_sandbox
from tests.support.clock import FixedClock


@pytest.fixture
def sandbox(serve: Callable[[Any], str], clock: FixedClock, tmp_path: Path) -> Iterator[Sandbox]:
    """A sandbox on a free port whose webhooks go when the test says so."""
    sandbox = open_sandbox(serve, clock, tmp_path, background=False)
    yield sandbox
    sandbox.http.close()
    sandbox.world.close()


@pytest.fixture
def busy_sandbox(
    serve: Callable[[Any], str], clock: FixedClock, tmp_path: Path
) -> Iterator[Sandbox]:
    """A sandbox that delivers its webhooks in the background."""
    sandbox = open_sandbox(serve, clock, tmp_path, background=True)
    yield sandbox
    sandbox.http.close()
    sandbox.world.close()
