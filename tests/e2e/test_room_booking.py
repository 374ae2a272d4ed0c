"""A resident looks for a free room, chooses times, pays, and has a booking."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import People
from tests.e2e.steps import card
from tests.e2e.steps.certificates import PHONE_NUMBER
from tests.e2e.steps.forms import Form
from tests.e2e.steps.paying import expect_receipt_number, pay_by_card
from tests.e2e.steps.rooms import (
    choose_slots,
    expect_base_price,
    first_free_day,
    hold,
    slot,
)
from tests.support.browser import DESKTOP, DESKTOP_WITHOUT_SCRIPTS, PHONE, PHONE_WITHOUT_SCRIPTS


# Each device has a person of its own: whoever has booked before isn't asked the same again.
@pytest.mark.parametrize(
    ("page", "persona"),
    [(PHONE, "hiroshi"), (DESKTOP_WITHOUT_SCRIPTS, "midori")],
    indirect=["page"],
    ids=str,
)
def test_a_resident_books_a_room(page: Page, persona: str) -> None:
    page.goto("/sign-in")
    card.sign_in(page, persona)
    day = first_free_day(page, "研修室")
    choose_slots(page, ["09:00", "12:00"])
    expect_base_price(page, "1,800円")
    hold(page)

    form = Form(page).expect_section("使用する人").expect_price("1,800円")
    expect(page.get_by_text("この時間をほかのかたがえらべないようにしています")).to_be_visible()
    form.choose("だれが使いますか", "個人・家族・友人").go_on("使用の内容")
    form.write("行うこと", "手芸の会").write("使う人の数", "12").go_on("使用のきまり")
    form.tick("使用のきまりを守ります", "同意します").go_on("内容を確かめてください")
    form.expect_price("1,800円").press("申請して支払いへ進む")
    pay_by_card(page)

    expect(page.get_by_role("heading", name="予約が決まりました")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("09:00–13:00")
    # The money first, then what follows from it.
    expect(page.locator(".timeline li").last).to_contain_text("手続きが完了しました")
    reference = expect_receipt_number(page)
    page.get_by_role("link", name="わたしの申請").first.click()
    expect(page.get_by_role("listitem").filter(has_text=reference)).to_be_visible()

    page.goto(day)
    expect(slot(page, "09:00")).to_be_disabled()
    expect(slot(page, "13:00")).to_be_enabled()


@pytest.mark.parametrize(
    ("page", "persona"),
    [(DESKTOP, "ichiro"), (PHONE_WITHOUT_SCRIPTS, "ai")],
    indirect=["page"],
    ids=str,
)
def test_the_price_has_its_factors(page: Page, persona: str) -> None:
    """Somebody from the next city sells at a fair with an entrance fee: ×3, ×2 and ×2."""
    page.goto("/sign-in")
    card.sign_in(page, persona)
    first_free_day(page, "体育館 全面")
    choose_slots(page, ["13:00", "15:00"])
    expect_base_price(page, "4,000円")
    hold(page)

    form = Form(page).expect_section("使用する人").write("日中に連絡のとれる電話番号", PHONE_NUMBER)
    form.write("メールアドレス", "ichiro@tonari.example")
    form.choose("だれが使いますか", "個人・家族・友人").go_on("使用の内容").expect_price("8,000円")
    form.write("行うこと", "古本市").write("使う人の数", "200")
    form.choose("営利が目的ですか", "はい").choose("入場料や参加費を取りますか", "はい").follow_up()
    form.write("入場料・参加費", "1,000").go_on("使用のきまり").expect_price("48,000円")
    for factor in ("営利目的 × 3", "入場料1,000円以上 × 2", "市外 × 2"):
        expect(page.locator("[data-price]")).to_contain_text(factor)
    form.tick("使用のきまりを守ります", "同意します").go_on("内容を確かめてください")

    form.change("営利が目的ですか").choose("営利が目的ですか", "いいえ").go_on(
        "内容を確かめてください"
    )
    form.expect_price("16,000円").press("申請して支払いへ進む")
    pay_by_card(page)
    expect(page.get_by_role("heading", name="予約が決まりました")).to_be_visible()


def test_of_two_who_take_the_same_time_one_gets_it(people: People) -> None:
    somebody, another = people(DESKTOP), people(PHONE)
    day = first_free_day(somebody, "調理室")
    for page in (somebody, another):
        page.goto(day)
        choose_slots(page, ["13:00", "15:00"])
    # Each wants something that the other doesn't.
    choose_slots(somebody, ["12:00"])
    choose_slots(another, ["17:00"])

    for page in (somebody, another):
        # Not page.click(): it would let the first finish before the second begins.
        page.evaluate("document.querySelector('[value=hold]').click()")

    for page in (somebody, another):
        expect(page.locator("#slots-error, form[data-section]")).to_be_visible()
    told = [page for page in (somebody, another) if page.locator("#slots-error").count()]
    assert len(told) == 1
    (late,) = told
    expect(late.get_by_role("alert")).to_contain_text("たった今ほかのかたが予約しました")
    expect(slot(late, "13:00")).to_be_disabled()
    own = "17:00" if late is another else "12:00"
    expect(slot(late, own)).to_be_checked()

    hold(late)
    Form(late).expect_section("使用する人")
    expect(late.get_by_role("main")).to_contain_text(own)


def test_no_time_chosen_is_said(page: Page) -> None:
    first_free_day(page, "サウンド室")
    hold(page)
    expect(page.get_by_role("alert")).to_contain_text("使う時間を1つ以上えらんでください")
