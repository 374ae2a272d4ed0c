"""The author's page in a browser: it follows every answer and every saved file."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from portal.config import ROOT
from portal.preview.app import Preview
from tests.support.browser import DESKTOP, DESKTOP_WITHOUT_SCRIPTS, check_accessibility, visit
from tests.support.serving import Server

NAME = "certificates.residence-record"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The sample city's definitions, to be edited."""
    return Path(shutil.copytree(ROOT / "forms_defs", tmp_path / "defs"))


@pytest.fixture
def server(folder: Path, tmp_path: Path) -> Iterator[Server]:
    with Server(Preview(folder, tmp_path / "data", 8090)) as running:
        yield running


@pytest.fixture
def author(browser: Browser, server: Server) -> Iterator[Page]:
    visitor = visit(browser, DESKTOP, server.url)
    yield visitor.page()
    visitor.context.close()
    assert visitor.errors == []


def test_the_price_follows_an_answer_and_the_page_a_file(author: Page, folder: Path) -> None:
    author.goto(f"/preview/{NAME}")
    price = author.locator(".price").last
    expect(price).to_contain_text("410円")
    copies = author.get_by_label("通数")
    copies.fill("3")
    copies.press("Tab")
    expect(price).to_contain_text("1,010円")
    copies.fill("99")
    copies.press("Tab")
    expect(author.locator('[aria-invalid="true"]')).to_have_value("99")
    check_accessibility(author)
    copies.fill("2")
    copies.press("Tab")
    expect(price).to_contain_text("710円")
    file = folder / "procedures" / "certificates" / "residence-record.yaml"
    text = file.read_text(encoding="utf-8")
    changed = re.sub("^title: .*", "title: べつの名前", text, flags=re.MULTILINE)
    file.write_text(changed, encoding="utf-8")
    expect(author.get_by_role("heading", level=1)).to_have_text("べつの名前")
    # What was tried stays.
    expect(copies).to_have_value("2")


def test_without_scripts_a_button_does_the_same(browser: Browser, server: Server) -> None:
    visitor = visit(browser, DESKTOP_WITHOUT_SCRIPTS, server.url)
    page = visitor.page()
    page.goto(f"/preview/{NAME}")
    page.get_by_label("通数").fill("3")
    page.get_by_role("button", name="この答えで見る").last.click()
    expect(page.locator(".price").last).to_contain_text("1,010円")
    visitor.context.close()
    assert visitor.errors == []
