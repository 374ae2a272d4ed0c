"""A running system and browsers in front of it.

``page`` is a desktop's tab unless the test chooses screens::

    @pytest.mark.parametrize("page", [PHONE, DESKTOP_WITHOUT_SCRIPTS], indirect=True, ids=str)

``people(PHONE)`` gives further persons, each with a browser and cookies of their own;
``staff("okada")`` an employee of the sample city who is signed in already.
"""

import re
from collections.abc import Callable, Generator, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.support.browser import DESKTOP, ROOT, Screen, Visitor, launch, visit
from tests.support.staff import sample_staff, sign_in
from tests.support.system import RunningSystem

#: What the screen showed when a test failed.
RESULTS = ROOT / "var" / "test-results"
_failed = pytest.StashKey[bool]()

# A page without scripts looks for news every five seconds; a busy machine needs some more.
expect.set_options(timeout=20_000)

People = Callable[..., Page]


def pytest_itemcollected(item: pytest.Item) -> None:
    item.add_marker("e2e")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any, Any]:
    report = yield
    item.stash[_failed] = item.stash.get(_failed, False) or report.failed
    return report


@pytest.fixture(scope="session")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSystem]:
    """The whole program with the sample city, one for each test process."""
    with RunningSystem(tmp_path_factory.mktemp("system") / "var") as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for each test process; each person in it has cookies of their own."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def people(
    browser: Browser, system: RunningSystem, request: pytest.FixtureRequest
) -> Iterator[People]:
    """``people(screen, locale=…) -> Page``: a new person in front of a screen.

    At the end, fails for any error that a page made on the way.
    """
    visitors: list[Visitor] = []

    def arrive(screen: Screen = DESKTOP, **more: Any) -> Page:
        visitor = visit(browser, screen, system.url, **more)
        visitors.append(visitor)
        return visitor.page()

    yield arrive
    if request.node.stash.get(_failed, False):
        _keep(request.node, visitors, system)
    for visitor in visitors:
        visitor.context.close()
    errors = [error for visitor in visitors for error in visitor.errors]
    assert errors == []


@pytest.fixture
def page(people: People, request: pytest.FixtureRequest) -> Page:
    """A tab of one person, who is nobody yet."""
    return people(getattr(request, "param", DESKTOP))


@pytest.fixture(scope="session")
def staff_sessions() -> dict[str, Any]:
    """The cookies of employees who signed in before: a one-time code is good only once."""
    return {}


@pytest.fixture
def staff(people: People, staff_sessions: dict[str, Any]) -> People:
    """``staff(login, screen) -> Page``: an employee, signed in, on an empty tab."""

    def arrive(login: str, screen: Screen = DESKTOP) -> Page:
        if login not in staff_sessions:
            page = people(screen)
            sign_in(page, sample_staff(login))
            staff_sessions[login] = page.context.storage_state()
            return page
        return people(screen, storage_state=staff_sessions[login])

    return arrive


def _keep(node: pytest.Item, visitors: list[Visitor], system: RunningSystem) -> None:
    """Keep for a person to see: every tab's picture and source, and what the servers printed."""
    folder = RESULTS / re.sub(r"[^\w.-]+", "-", node.nodeid)
    folder.mkdir(parents=True, exist_ok=True)
    pages = [page for visitor in visitors for page in visitor.context.pages]
    for number, page in enumerate(pages, 1):
        page.screenshot(path=folder / f"{number}.png", full_page=True)
        (folder / f"{number}.html").write_text(page.content(), encoding="utf-8")
    (folder / "system.log").write_text(system.tail(200), encoding="utf-8")
    node.add_report_section("teardown", "kept", f"{folder}")
