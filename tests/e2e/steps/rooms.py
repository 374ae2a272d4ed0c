"""Choosing times of a room on a day, as one does in front of its page."""

import re
from collections.abc import Sequence

from playwright.sync_api import Locator, Page, expect

ROOMS = "/facilities/culture-hall"


def first_free_day(page: Page, room: str) -> str:
    """Open a room and go on to the first day that is free from morning to evening.

    Returns the address of the room on that day.
    """
    page.goto(ROOMS)
    page.get_by_role("list").get_by_role("link").filter(has_text=re.compile(room)).first.click()
    page.locator(".week__day").filter(has_text="空き 6").first.click()
    expect(slot(page, "09:00")).to_be_enabled()
    return page.url


def slot(page: Page, start: str) -> Locator:
    """The check box of the time that begins at ``start``."""
    return page.get_by_role("checkbox", name=re.compile(f"^{start}"))


def choose_slots(page: Page, starts: Sequence[str]) -> None:
    for start in starts:
        slot(page, start).check()


def expect_base_price(page: Page, total: str) -> None:
    """The price of the ticked times; without scripts one asks for it."""
    button = page.get_by_role("button", name="料金を計算する")
    if button.is_visible():
        button.click()
    expect(page.locator("#total tfoot")).to_have_text(re.compile(f"基本の料金\\s*{total}"))


def hold(page: Page) -> None:
    """Go on with the chosen times."""
    page.get_by_role("button", name="この時間で予約に進む").click()
