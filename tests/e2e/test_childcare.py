"""Parents claim the allowance and apply for a nursery: long forms, on more than one device."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import People
from tests.e2e.steps.certificates import begin
from tests.e2e.steps.childcare import DISGUISED, PDF, add_child, at_work, describe_child
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


# Once: a second claim of hers would be filled in already.
@pytest.mark.parametrize("page", [DESKTOP_WITHOUT_SCRIPTS], indirect=True, ids=str)
def test_the_allowance_is_claimed(page: Page) -> None:
    form = begin(page, "hanako", ALLOWANCE).expect_section("請求する人")
    expect(page.get_by_text("見本　花子")).to_be_visible()
    form.choose("どうしましたか", "はじめて請求する").follow_up()
    form.go_on("お子さん")
    # The three of the register are there; one more lives elsewhere.
    expect(page.get_by_role("group", name="お子さん 3", exact=True)).to_be_visible()
    add_child(form, 4, "蓮", "H30.4.2")
    add_child(form, 5, "まちがい", "2020-01-01")
    form.row("お子さん 5").press("削除")
    expect(page.get_by_role("group", name="お子さん 5", exact=True)).to_have_count(0)
    form.go_on("配偶者").choose("配偶者の仕事", "会社員・団体職員")
    form.go_on("仕事と年金").choose("仕事", "会社員・団体職員").follow_up()
    form.write("勤め先の名前", "見本銀行").choose("入っている年金", "厚生年金")
    form.choose("あなたの健康保険", "会社の健康保険・協会けんぽ").go_on("振込先")
    form.choose("手当を受け取る口座", "公金受取口座").go_on("確かめること")
    form.tick("審査のために", "同意します").tick("住所・家族・仕事など", "同意します")
    form.go_on("内容を確かめてください")

    answers = page.get_by_role("main")
    for written in ("見本　結衣", "2026年5月20日", "見本　蓮", "2018年4月2日", "80,000"):
        expect(answers).to_contain_text(written)
    expect(answers).not_to_contain_text("まちがい")
    expect(answers).to_contain_text("手数料はかかりません")
    form.press("申請する")
    expect(page.get_by_role("heading", name="申請を受け付けました")).to_be_visible()
    expect_receipt_number(page)


@pytest.mark.parametrize("page", [PHONE, DESKTOP_WITHOUT_SCRIPTS], indirect=True, ids=str)
def test_for_a_further_child_nothing_is_typed(page: Page) -> None:
    form = begin(page, "taro", ALLOWANCE).expect_section("請求する人")
    form.choose("どうしましたか", "受け取っていて、お子さんが増えた")
    form.go_on("お子さん").go_on("確かめること")
    form.tick("審査のために", "同意します").tick("住所・家族・仕事など", "同意します")
    form.go_on("内容を確かめてください")
    expect(page.get_by_role("main")).to_contain_text("見本　結衣")
    form.press("申請する")
    expect(page.get_by_role("heading", name="申請を受け付けました")).to_be_visible()


@pytest.mark.parametrize(
    ("here", "there", "persona", "known", "children"),
    [
        (PHONE, DESKTOP, "daisuke", "山本　奈々", 1),
        (DESKTOP_WITHOUT_SCRIPTS, PHONE_WITHOUT_SCRIPTS, "aya", "清水　亮", 0),
    ],
    ids=str,
)
def test_a_nursery_is_applied_for_on_two_devices(
    people: People, here: Screen, there: Screen, persona: str, known: str, children: int
) -> None:
    page = people(here)
    form = begin(page, persona, NURSERY).expect_section("申し込む保護者").go_on("お子さん")
    describe_child(form, children + 1)
    form.go_on("家族")
    # The household is in the register: known, and not asked again.
    household = page.locator(".prefilled").filter(has_text="いっしょに住んでいる家族")
    expect(household).to_contain_text(known)
    expect(household).to_contain_text("住民記録から")
    form.choose("ひとり親の家庭ですか", "いいえ").choose("生活保護を受けていますか", "いいえ")
    form.choose("65歳未満の祖父母", "いるが、仕事や病気などで保育できない").follow_up()
    form.press("保存して、あとでつづける")
    expect(page.get_by_text("ここまでの入力を保存しました")).to_be_visible()

    # In the evening, on another device, with the same card.
    page = people(there)
    form = begin(page, persona, NURSERY).expect_section("保育が必要な理由")

    first, second = form.row("保護者 1"), form.row("保護者 2")
    # Both are there from the beginning, and who they are is in the register.
    expect(first.place).to_contain_text("申し込む保護者（あなた）")
    expect(second.place).to_contain_text("いっしょに住む配偶者")
    first.choose("家で保育できない理由", "家の外で働いている")
    second.choose("家で保育できない理由", "仕事をさがしている")
    form.follow_up()
    at_work(first)
    second.write("携帯電話の番号", "090-1111-2222")
    certificate = page.get_by_label("1人目の保護者の証明書")
    certificate.set_input_files([DISGUISED])
    form.press("次へ")
    expect(page.get_by_role("alert")).to_contain_text("「証明書.pdf」")
    # Nothing else is lost.
    expect(first.place.get_by_label("勤め先の名前")).to_have_value("見本製作所")
    expect(second.place.get_by_label("携帯電話の番号")).to_have_value("090-1111-2222")
    certificate.set_input_files([PDF])
    form.go_on("希望する園と時間")

    form.choose("いつから入りたいですか", "再来月の1日").rank(
        "希望する園",
        {"第1希望": "わかば保育園（私立・若葉町）", "第2希望": "見本第一保育所（公立・桜台）"},
    )
    form.choose("保育を利用する長さ", "保育短時間（1日8時間まで）").tick("利用する曜日", "月曜")
    form.choose("預ける時刻", "8時30分").choose("迎えに来る時刻", "16時30分")
    form.choose("希望する園に入れなかったとき", "空きが出るのを待つ")
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
