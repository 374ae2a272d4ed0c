"""An employee and a resident at the window: one tablet, two people, two facts."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import People
from tests.e2e.steps.card import NAMES
from tests.e2e.steps.certificates import FOR_WHOM
from tests.e2e.steps.counter import (
    DESK,
    begin_sitting,
    choose_procedure,
    end_sitting,
    fill_in_residence_record,
    hand_over,
    look_up,
    read_card_of,
    take_back,
)
from tests.e2e.steps.forms import Form
from tests.e2e.steps.paying import (
    PAYPAY,
    at_provider,
    choose_means,
    expect_receipt_number,
    read_code,
)
from tests.support.browser import PHONE, TABLET, check_accessibility, check_no_sideways_scrolling

RESIDENCE_RECORD = "住民票の写しの交付請求"
DOG = "犬の登録と狂犬病予防注射済票の申請、犬の死亡・住所変更の届出"
STAFF_WORDS = ("職員のかた", "受付を終わる", "受付の画面", "担当")


def test_read_from_the_card_and_paid_by_the_code_on_the_screen(
    staff: People, people: People
) -> None:
    page = staff("mori", TABLET)
    begin_sitting(page)
    check_accessibility(page)
    read_card_of(page, "aya")
    expect(page.get_by_role("heading", level=1, name="清水 彩様")).to_be_visible()
    banner = page.get_by_role("region", name="窓口の受付")
    expect(banner).to_contain_text("カードで確認")
    expect(banner).to_contain_text("担当 森 千夏")

    fill_in_residence_record(choose_procedure(page, RESIDENCE_RECORD))
    expect(page.get_by_role("main")).to_contain_text(NAMES["aya"])
    hand_over(page)

    # The resident's half: another frame, none of staff's words, no way back but the password.
    expect(banner).to_contain_text("清水 彩様の手続きです")
    for word in STAFF_WORDS:
        expect(page.locator("body")).not_to_contain_text(word)
    check_accessibility(page)
    check_no_sideways_scrolling(page)
    check_page = page.url
    for closed in (DESK, "/counter/person", "/office/", "/finance/"):
        page.goto(closed)
        expect(page.get_by_role("heading", level=1, name="タブレットを職員に")).to_be_visible()
    page.get_by_label("職員のパスワード").fill("wrong")
    page.get_by_role("button", name="職員の画面にもどす").click()
    expect(page.get_by_role("alert")).to_be_visible()

    # They check, change an answer and send it; then they pay with their own phone.
    page.goto(check_page)
    form = Form(page).change("通数").expect_section("請求の内容").write("通数", "2")
    form.go_on("内容を確かめてください").press("申請して支払いへ進む")
    choose_means(page, PAYPAY)
    check_accessibility(page)
    expect(page.get_by_role("link", name="このスマートフォンで支払う")).to_have_count(0)
    phone = people(PHONE)
    phone.goto(read_code(page))
    expect(phone.get_by_text("600円")).to_be_visible()
    at_provider(phone)
    expect(phone.get_by_role("heading", name="もとの画面を見てください")).to_be_visible()
    reference = expect_receipt_number(page)

    page.get_by_role("link", name="職員にもどす").click()
    take_back(page, "mori")
    expect(page.get_by_role("main")).to_contain_text(reference)
    end_sitting(page)

    # The department sees who applied, and who typed.
    office = staff("okada")
    office.goto("/office/")
    row = office.get_by_role("row").filter(has_text=reference)
    expect(row).to_contain_text("窓口")
    row.get_by_role("link", name=reference).click()
    expect(office.get_by_role("main")).to_contain_text("清水　彩", use_inner_text=True)
    expect(office.get_by_text("窓口（入力した職員：森 千夏）")).to_be_visible()


def test_found_in_the_register_and_paid_in_cash(staff: People) -> None:
    page = staff("mori", TABLET)
    begin_sitting(page)
    look_up(page, "存在", "しない", "1990-01-01")
    expect(page.get_by_text("見つかりませんでした")).to_be_visible()
    page.goto(DESK)
    look_up(page, "松本", "浩", "1961-08-20")
    check_accessibility(page)
    page.get_by_role("button", name="このかたで受け付ける").click()
    expect(page.get_by_role("heading", level=1, name="松本 浩様")).to_be_visible()
    expect(page.get_by_role("region", name="窓口の受付")).to_contain_text("住民記録で確認")

    fill_in_residence_record(choose_procedure(page, RESIDENCE_RECORD))
    hand_over(page)
    page.get_by_role("button", name="申請して支払いへ進む").click()

    # Cash is the employee's business: the tablet goes back first, and leads on to it.
    page.get_by_role("link", name="現金").click()
    take_back(page, "mori")
    expect(page.get_by_role("heading", level=1, name="現金で受け取る")).to_be_visible()
    check_accessibility(page)
    for tendered, told in (
        ("", "数字で入力してください"),
        ("-5", "確かめてください"),
        ("200", "足りません"),
    ):
        page.get_by_label("受け取った金額").fill(tendered)
        page.get_by_role("button", name="受け取る").click()
        expect(page.get_by_role("alert")).to_contain_text(told)
    page.get_by_label("受け取った金額").fill("1000")
    page.get_by_role("button", name="受け取る").click()
    expect(page.get_by_role("heading", level=1, name="おつり")).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text("700円")
    page.get_by_role("link", name="領収書を見る").click()
    expect(page.get_by_role("main")).to_contain_text("現金　300円", use_inner_text=True)

    page.go_back()
    page.get_by_role("link", name="次へ").click()
    expect_receipt_number(page)
    end_sitting(page)


def test_somebody_without_card_or_entry_is_typed_in(staff: People) -> None:
    page = staff("mori", TABLET)
    begin_sitting(page)
    expect(page.get_by_role("region", name="窓口の受付")).to_contain_text("お名前は未確認")
    form = choose_procedure(page, DOG).expect_section("飼い主")
    owner = form.question("飼い主")
    form.name("氏名", "旅野", "遥").name("フリガナ", "タビノ", "ハルカ").day(
        "生年月日", "1980-02-03"
    )
    owner.get_by_label("都道府県から番地").fill("都道府県市区町村1-1")
    form.write("日中に連絡のとれる電話番号", "090-0000-0777")
    form.write("メールアドレス", "tabino@mihon.example")
    form.choose("何の申請・届出ですか", "登録だけ").go_on("犬")
    dog = form.row("犬 1").write("犬の名前", "シロ").choose("犬の種類", "柴")
    dog.day("生年月日", "R8.4.1").choose("性別", "メス").tick("毛の色", "白")
    dog.choose("体の大きさ", "小型（10kgより軽い）")

    # Interrupted at the window: what was typed is found again on the desk.
    page.get_by_role("button", name="保存して、あとでつづける").click()
    expect(page.get_by_role("status")).to_contain_text("受付の画面からつづけられます")
    page.get_by_role("link", name=DOG).click()
    form.expect_section("犬のいる場所と受け取り方").choose("どこで受け取りますか", "郵送")
    page.get_by_role("button", name="次へ", exact=True).click()
    form.expect_section("内容を確かめてください")
    expect(page.get_by_role("main")).to_contain_text("シロ")


def test_the_next_person_sees_nothing_of_the_one_before(staff: People) -> None:
    page = staff("mori", TABLET)
    begin_sitting(page)
    read_card_of(page, "makoto")
    choose_procedure(page, RESIDENCE_RECORD).expect_section(FOR_WHOM).go_on("申請する人")
    earlier = re.sub(r"/sections/.*", "", page.url)
    end_sitting(page)

    begin_sitting(page)
    expect(page.locator("body")).not_to_contain_text("城")
    expect(page.locator("body")).not_to_contain_text("この受付の申請")
    for address in (earlier, f"{earlier}/sections/applicant", f"{earlier}/check"):
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 404
    page.goto(DESK)
    form = choose_procedure(page, DOG).expect_section("飼い主")
    for box in form.question("飼い主").get_by_role("textbox").all():
        expect(box).to_have_value("")


@pytest.mark.parametrize("login", ["okada", "fujii", "ono", "ueno", "admin"])
def test_without_the_role_there_is_no_counter(staff: People, login: str) -> None:
    page = staff(login)
    answer = page.goto(DESK)
    assert answer is not None
    assert answer.status == 403
    expect(page.get_by_role("heading", level=1, name="このページは開けません")).to_be_visible()
    expect(page.get_by_role("link", name="窓口", exact=True)).to_have_count(0)


def test_a_resident_is_no_employee(page: Page) -> None:
    page.goto(DESK)
    expect(page.get_by_role("heading", level=1, name="職員ログイン")).to_be_visible()
