"""Looking again until something that others do has happened."""

import time
from collections.abc import Callable

from playwright.sync_api import Locator, Page


def look_until(
    page: Page, address: str, find: Callable[[Page], Locator], seconds: float = 30
) -> None:
    """Open the page again and again until ``find`` finds something on it."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        page.goto(address)
        if find(page).count():
            return
    raise AssertionError(f"not within {seconds} s at {address}: {find(page)}")
