"""A resident's whole way: find the certificate, sign in, fill in, submit, pay, see the receipt."""

from urllib.parse import quote

from benchmarks.browser import Browser, Page, UnexpectedPage

_PROCEDURE = "certificates.residence-record"
_PIN = "1234"
_MOST_SECTIONS = 10
#: What the register does not know of the applicant.
ANSWERS = {
    "phone": "090-1234-5678",
    "scope": "self",
    "copies": "2",
    "purpose": "bank",
    "delivery": "pickup",
    "pickup_place": "main",
}


def apply(portal: str, persona: str) -> int:
    """Apply for a certificate as one of the sample city's people and pay its fee by card.

    Returns the number of requests that the browser sent, to the portal, to the sign-in service
    and to the payment page. Raises UnexpectedPage where the way does not lead on.
    """
    browser = Browser()
    try:
        _apply(browser, portal, persona)
    finally:
        browser.close()
    return browser.requests


def _apply(browser: Browser, portal: str, persona: str) -> None:
    browser.get(f"{portal}/")
    browser.get(f"{portal}/search?q={quote('住民票')}")
    page = browser.get(f"{portal}/procedures/{_PROCEDURE}")
    page = browser.post(page, page.form("procedure"))
    page = _sign_in(browser, page, persona)
    for _ in range(_MOST_SECTIONS):
        if "/sections/" not in page.path:
            break
        page = browser.post(page, page.form("_later"), ANSWERS)
    _expect(page, "/check")
    page = browser.post(page, page.form("total"))
    _expect(page, "/pay")
    page = browser.post(page, page.form("provider"), provider="stripe")
    _expect(page, "/checkout/")
    page = browser.post(page, page.form("card"), action="pay")
    _expect(page, "/applications/")
    receipt = browser.get(f"{page.address.partition('?')[0]}/receipt")
    _expect(receipt, "/receipt")
    if receipt.status != 200:
        raise UnexpectedPage(f"no receipt at {receipt.address}: {receipt.status}")


def _sign_in(browser: Browser, page: Page, persona: str) -> Page:
    _expect(page, "/sign-in")
    page = browser.post(page, page.form("next"))
    page = browser.get(f"{page.address.partition('?')[0]}/card/{persona}")
    return browser.post(page, page.form("pin"), {"pin": _PIN})


def _expect(page: Page, part: str) -> None:
    if part not in page.path:
        raise UnexpectedPage(f"{page.address} ({page.status}) instead of {part}")
