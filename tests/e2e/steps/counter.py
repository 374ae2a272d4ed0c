"""The counter: an employee and the person at the window, with one tablet between them."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.steps.card import choose_card, enter_pin, read_card
from tests.e2e.steps.certificates import FOR_WHOM, choose_counter
from tests.e2e.steps.forms import Form
from tests.support.staff import sample_staff

DESK = "/counter/"


def begin_sitting(page: Page) -> None:
    page.goto(DESK)
    page.get_by_role("button", name="次のかたの受付を始める").click()
    expect(page.get_by_role("heading", level=1, name="どなたの手続きですか")).to_be_visible()


def end_sitting(page: Page) -> None:
    page.get_by_role("button", name="受付を終わる").click()
    expect(page.get_by_role("status")).to_contain_text("受付を終わりました")


def read_card_of(page: Page, persona: str) -> None:
    """The person at the window puts the card on the reader and types the PIN."""
    read_card(page)
    choose_card(page, persona)
    enter_pin(page)


def look_up(page: Page, family: str, given: str, born: str) -> None:
    """Search the register; ``born`` is an ISO day."""
    page.get_by_role("link", name="住民記録からさがす").click()
    page.get_by_label("氏", exact=True).fill(family)
    page.get_by_label("名", exact=True).fill(given)
    page.get_by_label("生年月日").fill(born)
    page.get_by_role("button", name="さがす").click()


def choose_procedure(page: Page, title: str) -> Form:
    page.get_by_role("button", name=title).click()
    page.wait_for_url(re.compile("/sections/"))
    return Form(page)


def hand_over(page: Page) -> None:
    page.get_by_role("button", name="タブレットを渡して確かめてもらう").click()
    expect(page.locator("body.with-resident")).to_be_visible()


def take_back(page: Page, login: str) -> None:
    """From the page that asks for the password to the employee's own frame."""
    page.get_by_label("職員のパスワード").fill(sample_staff(login).password)
    page.get_by_role("button", name="職員の画面にもどす").click()
    expect(page.locator("body.with-resident")).to_have_count(0)


def fill_in_residence_record(form: Form) -> None:
    """One copy to be fetched at the counter, 300 yen; ends with all answers on one page."""
    form.expect_section(FOR_WHOM).go_on("申請する人").go_on("請求の内容")
    form.go_on("使いみち").choose("何に使いますか", "金融機関").go_on("受け取り方")
    form.choose("どこで受け取りますか", "市役所の窓口").follow_up()
    choose_counter(form)
    form.go_on("内容を確かめてください")
