"""Every page of every procedure, in every language: axe finds nothing, 320 px lose nothing.

The pages are those of the authors' preview, which shows all sections of a procedure at once.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from foundation.languages import LANGUAGES
from portal.config import ROOT
from portal.preview.app import Preview
from tests.e2e.test_every_procedure import NAMES
from tests.support.browser import Screen, check_accessibility, check_no_sideways_scrolling, visit
from tests.support.serving import Server

NARROW = Screen("narrow", 320, 800)


@pytest.fixture(scope="module")
def page(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """A tab on the narrowest screen, which looks at the previews."""
    preview = Preview(ROOT / "forms_defs", tmp_path_factory.mktemp("preview"), 8090)
    with Server(preview) as server:
        visitor = visit(browser, NARROW, server.url)
        yield visitor.page()
        visitor.context.close()
    assert visitor.errors == []


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_hidden_from_anybody(page: Page, name: str) -> None:
    for language in LANGUAGES:
        page.goto(f"/preferences?language={language}&next=/preview/{name}")
        check_no_sideways_scrolling(page)
        check_accessibility(page)
