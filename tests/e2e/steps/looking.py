"""Looking at a page as different people see it: widths, languages, and with axe's eyes."""

from urllib.parse import quote, urlsplit

from playwright.sync_api import Page, expect

from tests.support.browser import check_accessibility, check_no_sideways_scrolling

WIDTHS = (320, 390, 1024, 1440)
_HEIGHT = 900


def look(page: Page) -> None:
    """Check the page that stands there in both languages, then go back to it in Japanese.

    It must be one that can be reloaded.
    """
    there = urlsplit(page.url)
    address = f"{there.path}?{there.query}" if there.query else there.path
    for language in ("en", "ja"):
        page.goto(f"/preferences?language={language}&next={quote(address)}")
        expect(page.locator("html")).to_have_attribute("lang", language)
        look_as_it_is(page)


def look_as_it_is(page: Page) -> None:
    """Check the page on three widths without loading it anew."""
    before = page.viewport_size
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": _HEIGHT})
        check_no_sideways_scrolling(page)
    check_accessibility(page)
    if before:
        page.set_viewport_size(before)
