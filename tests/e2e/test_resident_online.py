"""A resident finds a procedure, applies with the card, pays, and finds it all again."""

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import People
from tests.e2e.steps import card
from tests.e2e.steps.certificates import (
    FOR_WHOM,
    PHONE_NUMBER,
    ask_for_residence_record,
    begin,
)
from tests.e2e.steps.forms import Form
from tests.e2e.steps.paying import (
    CARD,
    PAYPAY,
    at_provider,
    choose_means,
    expect_receipt_number,
    pay_by_card,
    read_code,
)
from tests.support.browser import (
    DESKTOP,
    DESKTOP_WITHOUT_SCRIPTS,
    PHONE,
    PHONE_WITHOUT_SCRIPTS,
)
from tests.support.system import RunningSystem

EVERY_SCREEN = (PHONE, PHONE_WITHOUT_SCRIPTS, DESKTOP, DESKTOP_WITHOUT_SCRIPTS)
TITLE = "住民票の写しの交付請求"


@pytest.mark.parametrize("page", EVERY_SCREEN, indirect=True, ids=str)
def test_the_procedure_is_found_and_says_what_it_takes(page: Page) -> None:
    page.goto("/")
    page.get_by_label("手続きをさがす").fill("じゅうみんひょう")
    page.get_by_role("button", name="さがす").click()
    expect(page.get_by_role("link", name=TITLE)).to_be_visible()

    page.goto("/")
    page.get_by_role("link", name="引っ越し", exact=True).click()
    page.get_by_role("link", name=TITLE).click()

    expect(page.get_by_role("heading", level=1, name=TITLE)).to_be_visible()
    facts = page.locator("dl.facts").first
    for said in ("1通 300円", "入力は約3分", "4けたの暗証番号", "お支払いが確認できると"):
        expect(facts).to_contain_text(said)


@pytest.mark.parametrize("page", [PHONE, DESKTOP_WITHOUT_SCRIPTS], indirect=True, ids=str)
def test_a_certificate_is_asked_for_and_paid_by_card(page: Page) -> None:
    form = begin(page, "taro").expect_section(FOR_WHOM).go_on("申請する人")
    for known in ("見本　太郎", "ミホン　タロウ", "1986年7月19日", "見本県見本市桜台1丁目2番3号"):
        expect(page.locator(".prefilled").first).to_contain_text(known)
    expect(page.locator(".prefilled").first).to_contain_text("カード")
    # The telephone number is in the city's register, so it isn't asked for again.
    expect(page.get_by_text("090-0000-0101")).to_be_visible()

    # By post, unless somebody says otherwise: that is reckoned with from the first page on.
    form.go_on("請求の内容").expect_price("410円")
    form.choose("だれの住民票が必要ですか", "世帯全員").tick("写しにのせる事項", "本籍と筆頭者")
    form.write("通数", "４").go_on("使いみち").expect_price("1,380円")
    form.choose("何に使いますか", "その他").follow_up().write(
        "具体的な使いみち", "相続の手続き"
    ).go_on("受け取り方")
    form.choose("郵便の種類", "簡易書留").go_on("内容を確かめてください").expect_price("1,730円")

    form.change("通数").expect_section("請求の内容")
    form.write("通数", "2").go_on("内容を確かめてください").expect_price("1,060円")
    for answer in ("世帯全員", "相続の手続き", "簡易書留"):
        expect(page.get_by_role("main")).to_contain_text(answer)
    form.press("申請して支払いへ進む")

    pay_by_card(page)

    reference = expect_receipt_number(page)
    expect(page.get_by_role("heading", name="申請を受け付けました")).to_be_visible()
    expect(page.get_by_text("発送したとき、または窓口で受け取れるようになったとき")).to_be_visible()
    page.get_by_role("link", name="領収書を見る").click()
    for printed in ("見本　太郎", reference, "1,060円", "クレジットカード"):
        expect(page.get_by_role("main")).to_contain_text(printed)

    page.get_by_role("link", name="わたしの申請").first.click()
    mine = page.get_by_role("listitem").filter(has_text=reference)
    expect(mine).to_contain_text("受付しました")
    page.get_by_role("link", name="お知らせを見る").click()
    message = page.get_by_role("listitem").filter(has_text=reference)
    expect(message).to_contain_text("支払いを確認し、受け付けました")
    message.get_by_role("link", name="申請を見る").click()
    expect(page.get_by_text("支払い済み")).to_be_visible()


def test_a_wrong_pin_counts_down_and_the_third_locks_the_card(page: Page) -> None:
    page.goto("/sign-in")
    card.read_card(page)
    card.choose_card(page, "megumi")
    card.enter_pin(page, card.WRONG_PIN)
    expect(page.get_by_role("alert")).to_contain_text("あと2回")
    card.enter_pin(page, "12")
    expect(page.get_by_role("alert")).to_contain_text("回数に数えません")
    card.enter_pin(page, card.WRONG_PIN)
    expect(page.get_by_role("alert")).to_contain_text("あと1回")
    card.enter_pin(page, card.WRONG_PIN)
    expect(page.get_by_role("heading", name="カードがロックされています")).to_be_visible()

    page.get_by_role("button", name="サインインせずに戻る").click()
    expect(page.get_by_role("heading", name="ログインできませんでした")).to_be_visible()
    expect(page.get_by_role("alert")).to_contain_text("ロック")

    page.get_by_role("link", name="もう一度ログインする").click()
    card.read_card(page)
    card.choose_card(page, "megumi")
    page.get_by_role("button", name="ロックを解除する").click()
    card.enter_pin(page)
    expect(page.get_by_role("button", name="ログアウト")).to_be_visible()


@pytest.mark.parametrize("page", [DESKTOP, DESKTOP_WITHOUT_SCRIPTS], indirect=True, ids=str)
def test_a_code_on_the_desktop_is_paid_with_the_phone(page: Page, people: People) -> None:
    ask_for_residence_record(page, "kenichi")
    choose_means(page, PAYPAY)
    code = read_code(page)

    phone = people(PHONE)
    phone.goto(code)
    expect(phone.get_by_text("300円")).to_be_visible()
    at_provider(phone)

    # The desktop's page notices by itself.
    expect_receipt_number(page)


@pytest.mark.parametrize("page", [PHONE, PHONE_WITHOUT_SCRIPTS], indirect=True, ids=str)
def test_on_the_phone_a_link_leads_to_the_app(page: Page) -> None:
    ask_for_residence_record(page, "yumiko")
    choose_means(page, PAYPAY)
    page.get_by_role("link", name="このスマートフォンで支払う").click()
    at_provider(page)
    expect_receipt_number(page)


def test_what_failed_can_be_paid_in_another_way(page: Page) -> None:
    ask_for_residence_record(page, "makoto")

    # The card is declined, and the person leaves the payment page.
    choose_means(page, CARD)
    at_provider(page, "拒否される")
    expect(page.get_by_role("alert")).to_contain_text("カードが使えませんでした")
    at_provider(page, "やめる")
    page.get_by_role("button", name="やめて、別の方法で支払う").click()

    # The app refuses.
    expect(page.get_by_text("お金は動いていません").first).to_be_visible()
    choose_means(page, PAYPAY)
    page.get_by_role("link", name="このスマートフォンで支払う").click()
    at_provider(page, "拒否される")
    expect(page.get_by_text("支払いは終わっていません")).to_be_visible()

    # Meanwhile the application waits among the person's own.
    page.get_by_role("link", name="わたしの申請").click()
    page.get_by_role("link").filter(has_text="支払い待ち").first.click()
    page.get_by_role("link", name="支払いへ進む").click()
    pay_by_card(page)
    expect_receipt_number(page)


def test_a_payment_page_that_ran_out_is_begun_anew(page: Page, system: RunningSystem) -> None:
    ask_for_residence_record(page, "hana")
    choose_means(page, CARD)
    expect(page.get_by_role("heading", name="カードで支払う")).to_be_visible()
    stripe_session = page.url.rpartition("/")[2].partition("?")[0]

    # What Stripe does by itself a day later.
    ended = httpx.post(
        f"{system.sandbox_url}/v1/checkout/sessions/{stripe_session}/expire",
        auth=("sk_test_sandbox", ""),
    )
    assert ended.json()["status"] == "expired"
    at_provider(page)
    expect(page.get_by_role("heading", name="支払いの期限が過ぎました")).to_be_visible()
    page.get_by_role("link", name="申し込みの画面に戻る").click()

    pay_by_card(page)
    expect_receipt_number(page)


def test_nobody_else_can_open_an_application(page: Page, people: People) -> None:
    ask_for_residence_record(page, "chen")
    address = page.url.removesuffix("/pay")

    for other, persona in ((people(), "shota"), (people(), None)):
        if persona:
            other.goto("/sign-in")
            card.sign_in(other, persona)
        for page_of_it in ("", "/pay", "/check", "/receipt", "/sections/applicant"):
            answer = other.goto(address + page_of_it)
            assert answer is not None
            assert answer.status == 404


@pytest.mark.parametrize("page", [PHONE, DESKTOP_WITHOUT_SCRIPTS], indirect=True, ids=str)
def test_a_dog_is_registered_without_signing_in(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="ペット", exact=True).click()
    page.get_by_role("link", name="犬の登録").click()
    page.get_by_role("button", name="申請を始める").click()

    form = Form(page).expect_section("飼い主")
    owner = form.question("飼い主")
    form.name("氏名", "川口", "武").name("フリガナ", "かわぐち", "ﾀｹｼ")
    form.day("生年月日", "昭和50年5月5日")
    owner.get_by_label("都道府県から番地").fill("見本県見本市本町1-1")
    form.write("日中に連絡のとれる電話番号", PHONE_NUMBER).write(
        "メールアドレス", "inu@mihon.example"
    )
    form.choose("何の申請・届出ですか", "登録だけ").go_on("犬")
    dog = form.row("犬 1").write("犬の名前", "ポチ").choose("犬の種類", "柴")
    dog.day("生年月日", "R8.4.1").choose("性別", "オス（去勢ずみ）").tick("毛の色", "茶")
    dog.choose("体の大きさ", "小型（10kgより軽い）")
    form.go_on("犬のいる場所と受け取り方").expect_price("3,140円")
    form.choose("どこで受け取りますか", "郵送").go_on("内容を確かめてください")
    form.expect_price("3,140円")
    expect(page.get_by_text("カワグチ　タケシ")).to_be_visible()
    form.press("申請して支払いへ進む")

    pay_by_card(page)
    expect_receipt_number(page)
    expect(page.get_by_text("受付番号を控えてください")).to_be_visible()
