"""Every procedure is walked in a browser, from its own page to the PDF of what was sent.

The answers are generated from the definition; a person with a card gives them, each procedure in
another language. Receptions that are closed today are open here.
"""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from foundation.languages import LANGUAGES
from portal.config import ROOT
from portal.forms import Procedure, load_catalogue
from tests.documents.reader import read
from tests.e2e.conftest import People
from tests.e2e.steps import card, paying, rooms
from tests.e2e.steps.anything import walk_to_the_check, who_answers
from tests.support.browser import PHONE, check_accessibility, check_no_sideways_scrolling, visit
from tests.support.system import RunningSystem

DEFINITIONS = ROOT / "forms_defs"
PERSONA = "hanako"
NAMES = sorted(
    re.findall(r"^procedure: (\S+)", file.read_text(encoding="utf-8"), re.MULTILINE)[0]
    for file in (DEFINITIONS / "procedures").rglob("*.yaml")
)
#: Each procedure in one language: all six are walked.
WALKS = [(name, tuple(LANGUAGES)[number % len(LANGUAGES)]) for number, name in enumerate(NAMES)]


@pytest.fixture(scope="module")
def definitions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The city's definitions, with every reception open."""
    folder = Path(shutil.copytree(DEFINITIONS, tmp_path_factory.mktemp("walks") / "defs"))
    for file in (folder / "procedures").rglob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        # One that is drawn by lot needs an end.
        always = 'reception: {closes: "2099-12-31"}\n'
        file.write_text(re.sub(r"^reception:.*\n(?:[ #].*\n)*", always, text, flags=re.MULTILINE))
    return folder


@pytest.fixture(scope="module")
def procedures(definitions: Path) -> dict[str, Procedure]:
    return dict(load_catalogue(definitions).procedures)


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory, definitions: Path) -> Iterator[RunningSystem]:
    """The whole program on these definitions."""
    folder = tmp_path_factory.mktemp("system") / "var"
    with RunningSystem(folder, DEFINITIONS_DIR=str(definitions)) as running:
        yield running


@pytest.fixture(scope="module")
def signed_in(browser: Browser, system: RunningSystem) -> Any:
    """The cookies of a person who put their card on the reader once."""
    visitor = visit(browser, PHONE, system.url)
    page = visitor.page()
    page.goto("/sign-in?next=/")
    card.sign_in(page, PERSONA)
    cookies = visitor.context.storage_state()
    visitor.context.close()
    return cookies


@pytest.mark.parametrize(("name", "language"), WALKS, ids=lambda value: str(value))
def test_from_its_page_to_the_pdf(
    people: People,
    system: RunningSystem,
    signed_in: Any,
    procedures: dict[str, Procedure],
    name: str,
    language: str,
) -> None:
    procedure = procedures[name]
    page = people(PHONE, storage_state=signed_in)
    _begin(page, procedure, language)
    application_id = page.url.split("/applications/")[1].split("/")[0]
    person = who_answers(system, procedure, application_id)
    for _ in walk_to_the_check(page, person):
        check_no_sideways_scrolling(page)
        check_accessibility(page)
    page.locator("main form .actions > .button").last.click()
    if page.url.endswith("/pay"):
        page.goto(f"/preferences?language=ja&next=/applications/{application_id}/pay")
        paying.pay_by_card(page)
        paying.expect_receipt_number(page)
    page.goto(f"/preferences?language={language}&next=/applications/{application_id}")
    check_accessibility(page)
    _expect_paper(page, application_id)


def _begin(page: Page, procedure: Procedure, language: str) -> None:
    """From the procedure's own page to its first question."""
    if procedure.booking is not None:
        rooms.first_free_day(page, "研修室")
        rooms.choose_slots(page, ["09:00"])
        rooms.hold(page)
        page.wait_for_url(re.compile("/sections/"))
        here = urlsplit(page.url).path
        page.goto(f"/preferences?language={language}&next={here}")
        return
    page.goto(f"/preferences?language={language}&next=/procedures/{procedure.id}")
    check_no_sideways_scrolling(page)
    check_accessibility(page)
    page.locator('form[action="/applications/"] .button').click()
    page.wait_for_url(re.compile("/sections/"))


def _expect_paper(page: Page, application_id: str) -> None:
    """The PDF can be fetched, and says what was sent."""
    reference = page.locator(".number, .reference").first.inner_text()
    answer = page.request.get(f"/applications/{application_id}/copy.pdf")
    assert answer.headers["content-type"] == "application/pdf"
    paper = read(answer.body())
    assert reference in paper.text
    expect(page.locator(f'a[href$="/applications/{application_id}/copy.pdf"]')).to_be_visible()
