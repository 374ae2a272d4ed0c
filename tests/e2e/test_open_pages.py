"""The pages that everybody may open: on every screen, without scripts, and for everybody."""

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import (
    DESKTOP,
    DESKTOP_WITHOUT_SCRIPTS,
    PHONE,
    PHONE_WITHOUT_SCRIPTS,
    TABLET,
    check_accessibility,
    check_no_sideways_scrolling,
)

PAGES = (
    "/",
    "/search?q=住民票",
    "/search?q=zzzz",
    "/procedures",
    "/procedures/certificates.residence-record",
    "/facilities/",
    "/sign-in",
    "/staff/sign-in",
    "/no-such-page",
)
WITH_SCRIPTS = (PHONE, TABLET, DESKTOP)


@pytest.mark.parametrize("page", WITH_SCRIPTS, indirect=True, ids=str)
def test_they_fit_the_screen_and_are_accessible(page: Page) -> None:
    for address in PAGES:
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        check_no_sideways_scrolling(page)
        check_accessibility(page)


@pytest.mark.parametrize("page", [PHONE], indirect=True, ids=str)
def test_large_type_is_larger(page: Page) -> None:
    size = "parseFloat(getComputedStyle(document.body).fontSize)"
    page.goto("/")
    before = page.evaluate(size)
    page.goto("/preferences?type=large")
    assert page.evaluate(size) == pytest.approx(before * 1.25, rel=0.01)
    check_no_sideways_scrolling(page)


@pytest.mark.parametrize(
    "page", [PHONE_WITHOUT_SCRIPTS, DESKTOP_WITHOUT_SCRIPTS], indirect=True, ids=str
)
def test_a_procedure_is_found_without_scripts(page: Page) -> None:
    page.goto("/")
    page.get_by_role("searchbox").fill("引っ越し")
    page.get_by_role("searchbox").press("Enter")
    check_no_sideways_scrolling(page)
    expect(page.get_by_role("link", name="住民票の写し")).not_to_have_count(0)


@pytest.mark.parametrize("page", [PHONE, DESKTOP], indirect=True, ids=str)
def test_procedures_are_suggested_while_typing(page: Page) -> None:
    page.goto("/preferences?language=pt")
    box = page.get_by_role("searchbox")
    box.press_sequentially("cachor")
    dog = page.get_by_role("link", name="Registrar cachorro")
    expect(dog).to_be_visible()
    check_accessibility(page)
    check_no_sideways_scrolling(page)
    page.keyboard.press("ArrowDown")
    expect(dog).to_be_focused()
    page.keyboard.press("Escape")
    expect(dog).to_be_hidden()
    expect(box).to_be_focused()
    expect(box).to_have_value("cachor")
    box.press_sequentially("ro")
    expect(dog).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Registrar cachorro")).to_be_visible()
