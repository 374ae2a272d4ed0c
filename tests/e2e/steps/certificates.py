"""Asking for a certificate: the application that most tests of paying begin with."""

from playwright.sync_api import Page, expect

from tests.e2e.steps.card import sign_in
from tests.e2e.steps.forms import Form

RESIDENCE_RECORD = "/procedures/certificates.residence-record"
PHONE_NUMBER = "090-0000-0199"
#: The first page of a procedure that takes applications for others too; 自分 is chosen already.
FOR_WHOM = "だれの申請ですか"


def begin(page: Page, persona: str, address: str = RESIDENCE_RECORD) -> Form:
    """Sign in with the card and stand before the first question."""
    page.goto(address)
    page.get_by_role("button", name="カードでログインして始める").click()
    sign_in(page, persona)
    return Form(page)


def ask_for_residence_record(page: Page, persona: str) -> None:
    """One copy to be fetched at the counter, 300 yen; ends at the choice of how to pay."""
    form = begin(page, persona).expect_section(FOR_WHOM).go_on("申請する人")
    form.go_on("請求の内容")
    form.go_on("使いみち").choose("何に使いますか", "金融機関").go_on("受け取り方")
    form.choose("どこで受け取りますか", "市役所の窓口").follow_up()
    choose_counter(form)
    form.reach("内容を確かめてください")
    form.press("申請して支払いへ進む")
    form.expect_section("お支払い")


def choose_counter(form: Form) -> None:
    """Where to fetch it; whoever chose before is only shown what they said then."""
    expect(form.page.get_by_text("受け取る窓口").first).to_be_visible()
    if form.question("受け取る窓口").get_by_role("radio").count():
        form.choose("受け取る窓口", "北支所")
