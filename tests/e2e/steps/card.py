"""Signing in with a mock My Number card, from whatever page asked for it."""

from playwright.sync_api import Page, expect
from ruamel.yaml import YAML

from tests.support.browser import ROOT

_PERSONAS = YAML(typ="safe").load(ROOT / "forms_defs" / "sample" / "personas.yaml")["personas"]
#: The full names on the cards, as the sign-in service shows them, by the persona's id.
NAMES = {
    each["id"]: "　".join(filter(None, (each["family"], each.get("given")))) for each in _PERSONAS
}
PIN = "1234"
WRONG_PIN = "9999"


def read_card(page: Page) -> None:
    """From the portal's explanation to the cards on the table."""
    page.get_by_role("button", name="カードを読み取る").click()
    expect(page.get_by_role("heading", name="カードを選んでください")).to_be_visible()


def choose_card(page: Page, persona: str) -> None:
    """Put one person's card on the reader."""
    page.get_by_role("link").filter(has_text=NAMES[persona]).click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def enter_pin(page: Page, pin: str = PIN) -> None:
    page.get_by_label("暗証番号").fill(pin)
    page.get_by_role("button", name="サインインする").click()


def sign_in(page: Page, persona: str) -> None:
    """From the portal's explanation back to where the person wanted to go."""
    read_card(page)
    choose_card(page, persona)
    enter_pin(page)
    expect(page.get_by_role("button", name="ログアウト")).to_be_visible()
