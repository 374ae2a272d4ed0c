"""Paying at the providers' sandboxes, by card or by the code on a screen."""

import io

import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

CARD = "クレジットカード"
PAYPAY = "PayPay"


def choose_means(page: Page, means: str) -> None:
    """On the portal's page of the ways to pay."""
    expect(page.get_by_role("heading", level=1, name="お支払い")).to_be_visible()
    page.get_by_role("button", name=means).click()


def at_provider(page: Page, button: str = "支払う") -> None:
    """Press ``button`` on the provider's page: 支払う, 拒否される or やめる."""
    page.get_by_role("button", name=button, exact=True).click()


def pay_by_card(page: Page) -> None:
    choose_means(page, CARD)
    at_provider(page)


def read_code(page: Page) -> str:
    """What a phone's camera reads from the code on the screen."""
    picture = page.get_by_alt_text("支払い用のQRコード").screenshot()
    found = zxingcpp.read_barcode(Image.open(io.BytesIO(picture)))
    assert found is not None, "no code can be read from the picture"
    return found.text


def expect_receipt_number(page: Page) -> str:
    """The last page: a number that can be read out over the phone. Returns it."""
    expect(page.get_by_role("status")).to_contain_text("受付番号")
    return page.locator(".reference").inner_text()
