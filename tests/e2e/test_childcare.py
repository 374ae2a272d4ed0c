"""Parents claim the allowance and apply for a nursery: long forms, on more than one device."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import People
from tests.e2e.steps.certificates import begin
from tests.e2e.steps.childcare import DISGUISED, PDF, at_work, describe_child, guardian
from tests.e2e.steps.forms import Questions
from tests.e2e.steps.paying import expect_receipt_number
from tests.support.browser import (
    DESKTOP,
    DESKTOP_WITHOUT_SCRIPTS,
    PHONE,
    PHONE_WITHOUT_SCRIPTS,
    Screen,
)

ALLOWANCE = "/procedures/childcare.child-allowance"
NURSERY = "/procedures/childcare.nursery"


@pytest.mark.parametrize("page", [PHONE, DESKTOP_WITHOUT_SCRIPTS], indirect=True, ids=str)
def test_the_allowance_is_claimed_for_two_children(page: Page) -> None:
    form = begin(page, "hanako", ALLOWANCE).expect_section("請求する人")
    expect(page.get_by_text("見本　花子")).to_be_visible()
    form.go_on("仕事と年金").choose("仕事", "会社員・団体職員").follow_up()
    form.write("勤め先の名前", "見本銀行").choose("入っている年金", "厚生年金").go_on("配偶者")
    form.choose("配偶者がいますか", "いいえ").go_on("お子さん")

    _child(form.row("お子さん 1"), "さくら", "2026-10-20")
    form.press("お子さんを追加")
    _child(form.row("お子さん 2"), "まちがい", "2020-01-01")
    form.press("お子さんを追加")
    _child(form.row("お子さん 3"), "蓮", "H30.4.2")
    form.row("お子さん 2").press("削除")
    expect(page.get_by_role("group", name="お子さん 3", exact=True)).to_have_count(0)
    form.go_on("振込先").choose("手当を受け取る口座", "公金受取口座").go_on("確かめること")
    form.tick("審査のために", "同意します").tick("住所・家族・仕事など", "同意します")
    form.go_on("内容を確かめてください")

    answers = page.get_by_role("main")
    for written in ("見本　さくら", "2026年10月20日", "見本　蓮", "2018年4月2日"):
        expect(answers).to_contain_text(written)
    expect(answers).not_to_contain_text("まちがい")
    expect(answers).to_contain_text("手数料はかかりません")
    form.press("申請する")
    expect(page.get_by_role("heading", name="申請を受け付けました")).to_be_visible()
    expect_receipt_number(page)


def _child(row: Questions, given: str, born: str) -> None:
    row.name("氏名", "見本", given).day("生年月日", born).choose("あなたから見た続柄", "子")
    row.choose("お子さんの世話と生活費", "自分が世話をし、生活費をいっしょにしている")


@pytest.mark.parametrize(
    ("here", "there", "persona", "known"),
    [
        (PHONE, DESKTOP, "daisuke", "山本　奈々"),
        (DESKTOP_WITHOUT_SCRIPTS, PHONE_WITHOUT_SCRIPTS, "aya", "清水　亮"),
    ],
    ids=str,
)
def test_a_nursery_is_applied_for_on_two_devices(
    people: People, here: Screen, there: Screen, persona: str, known: str
) -> None:
    page = people(here)
    form = begin(page, persona, NURSERY).expect_section("申し込む保護者").go_on("お子さん")
    describe_child(form)
    form.go_on("家族")
    # The household is in the register: known, and not asked again.
    household = page.locator(".prefilled").filter(has_text="いっしょに住んでいる家族")
    expect(household).to_contain_text(known)
    expect(household).to_contain_text("住民記録から")
    form.choose("65歳未満の祖父母", "いるが、仕事や病気などで保育できない").follow_up()
    form.press("保存して、あとでつづける")
    expect(page.get_by_text("ここまでの入力を保存しました")).to_be_visible()

    # In the evening, on another device, with the same card.
    page = people(there)
    form = begin(page, persona, NURSERY).expect_section("保育が必要な理由")

    guardian(form.row("保護者 1"), "見本", "真", "父").choose(
        "保育が必要な理由", "家の外で働いている"
    )
    form.press("保護者を追加")
    guardian(form.row("保護者 2"), "見本", "真由", "母").choose(
        "保育が必要な理由", "仕事をさがしている"
    )
    form.follow_up()
    at_work(form.row("保護者 1"))
    certificate = page.get_by_label("保育が必要なことの証明書").first
    certificate.set_input_files([DISGUISED])
    form.press("次へ")
    expect(page.get_by_role("alert")).to_contain_text("「証明書.pdf」")
    # Nothing else is lost.
    expect(form.row("保護者 1").place.get_by_label("勤め先の名前")).to_have_value("見本製作所")
    expect(form.row("保護者 2").question("氏名").get_by_role("textbox").nth(1)).to_have_value(
        "真由"
    )
    certificate.set_input_files([PDF])
    form.go_on("希望する園と時間")

    form.day("入園を希望する日", "2027年4月1日").rank(
        "希望する園",
        {"第1希望": "わかば保育園（私立・若葉町）", "第2希望": "見本第一保育所（公立・桜台）"},
    )
    form.choose("保育を利用する長さ", "保育標準時間（1日11時間まで）")
    form.tick("利用する曜日", "月曜", "火曜").choose(
        "希望する園に入れなかったとき", "空きが出るのを待つ"
    )
    form.go_on("確かめること")
    form.tick("認定と保育料の計算のために", "同意します").tick("申込みの内容を", "同意します")
    form.tick("事実とちがう申込みは", "同意します").go_on("内容を確かめてください")
    for answer in (
        "見本　さくら",
        "見本製作所",
        "就労証明書.pdf",
        "わかば保育園",
        "見本第一保育所",
    ):
        expect(page.get_by_role("main")).to_contain_text(answer)
    form.press("申請する")
    expect(page.get_by_role("heading", name="申請を受け付けました")).to_be_visible()
    expect_receipt_number(page)
