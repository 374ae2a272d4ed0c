"""Every kind of page that a resident meets fits the screen and is accessible, in both languages."""

from playwright.sync_api import Page

from tests.e2e.steps import card
from tests.e2e.steps.certificates import FOR_WHOM, begin
from tests.e2e.steps.childcare import describe_child
from tests.e2e.steps.forms import Form
from tests.e2e.steps.looking import look, look_as_it_is
from tests.e2e.steps.paying import PAYPAY, at_provider, choose_means, expect_receipt_number
from tests.e2e.steps.rooms import choose_slots, first_free_day, hold


def test_from_the_first_page_to_the_receipt(page: Page) -> None:
    for address in ("/", "/search?q=住民票", "/life-events/moving", "/sign-in"):
        page.goto(address)
        look(page)
    form = begin(page, "takashi").expect_section(FOR_WHOM)
    look(page)
    form.go_on("申請する人")
    look(page)
    form.go_on("請求の内容")
    look(page)
    form.write("通数", "100").press("次へ")
    look_as_it_is(page)
    form.write("通数", "1").go_on("使いみち")
    form.choose("何に使いますか", "金融機関").go_on("受け取り方")
    form.choose("どこで受け取りますか", "郵送").choose("郵便の種類", "普通郵便")
    form.go_on("内容を確かめてください")
    look(page)
    form.press("申請して支払いへ進む")
    form.expect_section("お支払い")
    look(page)
    choose_means(page, PAYPAY)
    look(page)
    page.get_by_role("link", name="このスマートフォンで支払う").click()
    look_as_it_is(page)
    at_provider(page)
    expect_receipt_number(page)
    look(page)
    page.get_by_role("link", name="領収書を見る").click()
    look(page)
    for address in ("/my/", "/my/messages/"):
        page.goto(address)
        look(page)


def test_rooms(page: Page) -> None:
    page.goto("/facilities/culture-hall")
    look(page)
    first_free_day(page, "多目的室")
    look(page)
    hold(page)
    look_as_it_is(page)
    choose_slots(page, ["09:00"])
    hold(page)
    Form(page).expect_section("使用する人")
    look(page)


def test_the_long_forms(page: Page) -> None:
    form = begin(page, "mayumi", "/procedures/childcare.nursery").go_on("お子さん")
    look(page)
    describe_child(form, 1)
    form.go_on("家族")
    look(page)
    address = page.url.rpartition("/")[0]
    for section in ("grounds", "wishes", "consent"):
        page.goto(f"{address}/{section}")
        look(page)


def test_the_pages_of_the_card(page: Page) -> None:
    page.goto("/sign-in")
    card.read_card(page)
    look_as_it_is(page)
    card.choose_card(page, "ai")
    look_as_it_is(page)
    card.enter_pin(page, card.WRONG_PIN)
    look_as_it_is(page)
    card.enter_pin(page)
    look(page)
