"""Every kind of page that a resident meets fits the screen and is accessible, in both languages."""

from playwright.sync_api import Page, expect

from tests.e2e.steps import card
from tests.e2e.steps.certificates import FOR_WHOM, begin
from tests.e2e.steps.childcare import describe_child
from tests.e2e.steps.forms import Form
from tests.e2e.steps.letters import open_link
from tests.e2e.steps.looking import look, look_as_it_is
from tests.e2e.steps.paying import PAYPAY, at_provider, choose_means, expect_receipt_number
from tests.e2e.steps.rooms import choose_slots, first_free_day, hold
from tests.support.system import RunningSystem


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


def test_links_by_mail(page: Page, system: RunningSystem) -> None:
    page.goto("/procedures/city.event-support/email")
    look(page)
    _ask_for_link(page, "nobody")
    look_as_it_is(page)
    _ask_for_link(page, "new@mihon.example")
    look_as_it_is(page)
    page.goto("/")
    open_link(page, system, "new@mihon.example")
    look(page)
    Form(page).press("申請を始める")
    Form(page).press("メールであとでつづける")
    look(page)
    _ask_for_link(page, "later@mihon.example")
    look_as_it_is(page)
    open_link(page, system, "later@mihon.example")
    look(page)
    page.goto("/mail/no-such-link")
    look(page)


def _ask_for_link(page: Page, address: str) -> None:
    page.get_by_label("メールアドレス").fill(address)
    page.get_by_role("button", name="リンクを送る").click()


def test_on_paper_is_only_what_can_be_read(page: Page) -> None:
    page.emulate_media(media="print")
    page.goto("/procedures/certificates.residence-record")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_text("まどぐち").first).to_be_visible()
    for pressed in (".head__links", ".breadcrumbs", ".actions"):
        expect(page.locator(pressed).first).to_be_hidden()


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
