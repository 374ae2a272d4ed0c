"""A whole run of the tests fails when a route was never visited by any of them."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from tests.support.visited import VARIABLE, Routes, record_here

_routes = pytest.StashKey[Path]()
_unvisited = pytest.StashKey[list[str]]()
_SELECTING = ("keyword", "markexpr", "lf", "deselect", "maxfail", "collectonly", "ignore")


def pytest_configure(config: pytest.Config) -> None:
    if _leads(config):
        directory = Path(tempfile.mkdtemp(prefix="mado-routes-"))
        config.stash[_routes] = directory
        os.environ[VARIABLE] = str(directory)
    record_here()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    config = session.config
    if not _leads(config) or exitstatus != pytest.ExitCode.OK or not _is_whole(config):
        return
    unvisited = Routes.read(config.stash[_routes]).unvisited
    config.stash[_unvisited] = unvisited
    if unvisited:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    unvisited = config.stash.get(_unvisited, [])
    if unvisited:
        terminalreporter.section("FAILED: routes that no test visits", red=True)
        for route in unvisited:
            terminalreporter.line(route)


def pytest_unconfigure(config: pytest.Config) -> None:
    directory = config.stash.get(_routes, None)
    if directory is not None:
        shutil.rmtree(directory, ignore_errors=True)


def _leads(config: pytest.Config) -> bool:
    """Whether this is the process that was called, and not a worker of pytest-xdist."""
    return not hasattr(config, "workerinput")


def _is_whole(config: pytest.Config) -> bool:
    """Whether nothing was named, chosen or left out."""
    named = config.args_source is pytest.Config.ArgsSource.ARGS
    return not named and not any(config.getoption(option, None) for option in _SELECTING)
