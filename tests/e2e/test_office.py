"""A department looks at what was received, asks for corrections, decides, completes."""

from playwright.sync_api import Page, expect

from tests.e2e.conftest import People
from tests.e2e.steps.certificates import ask_for_residence_record
from tests.e2e.steps.forms import Form
from tests.e2e.steps.office import act, expect_message, open_case, reject, send_back
from tests.e2e.steps.paying import expect_receipt_number, pay_by_card
from tests.support.browser import check_accessibility, check_no_sideways_scrolling


def received(page: Page, persona: str) -> str:
    """A paid application of this person; its number."""
    ask_for_residence_record(page, persona)
    pay_by_card(page)
    return expect_receipt_number(page)


def token_of(page: Page) -> str:
    """What a form on this page would prove itself with."""
    return page.locator("input[name=csrf_token]").first.get_attribute("value") or ""


def test_returned_corrected_approved_completed(page: Page, staff: People) -> None:
    reference = received(page, "takashi")
    own_address = page.url.partition("?")[0]

    worker = staff("okada")
    worker.goto("/office/")
    check_accessibility(worker)
    check_no_sideways_scrolling(worker)
    worker.get_by_role("link", name=reference).click()
    expect(worker.get_by_text("オンライン（本人が入力）")).to_be_visible()
    check_accessibility(worker)
    act(worker, "審査を始める", "審査を始めました")
    worker.get_by_label("メモ").fill("電話で確認ずみ")
    act(worker, "メモを残す", "メモを残しました")
    send_back(worker, "通数を確かめてください。\n1通でよいですか。")
    worker.goto("/office/?tab=returned")
    expect(worker.get_by_role("row").filter(has_text=reference)).to_contain_text("補正依頼中")

    # The resident is told, corrects and sends it again; what costs more is paid.
    expect_message(page, reference, "直してください", "通数を確かめてください。")
    page.get_by_role("link", name="申請を見る").first.click()
    expect(page.get_by_role("main")).not_to_contain_text("電話で確認ずみ")
    page.get_by_role("link", name="内容を直す").click()
    form = Form(page).change("通数").expect_section("請求の内容")
    expect(page.get_by_text("1通でよいですか。")).to_be_visible()
    form.write("通数", "2").go_on("内容を確かめてください").press("直した内容で送る")
    expect(page.get_by_role("heading", level=1, name="お支払い")).to_be_visible()
    expect(page.locator("tfoot")).to_contain_text("300円")
    pay_by_card(page)
    expect_receipt_number(page)

    # A case worker decides nothing, not even past the page.
    open_case(worker, reference)
    expect(worker.get_by_role("main")).to_contain_text("2通")
    act(worker, "審査を始める", "審査を始めました")
    expect(worker.get_by_text("承認と却下は、決裁者が行います。")).to_be_visible()
    expect(worker.get_by_role("button", name="承認する")).to_have_count(0)
    case = worker.url.partition("?")[0]
    for decision in ("approve", "reject"):
        forged = worker.request.post(
            f"{case}/{decision}", form={"csrf_token": token_of(worker), "reason": "なし"}
        )
        assert forged.status == 403

    head = staff("fujii")
    open_case(head, reference)
    check_accessibility(head)
    act(head, "承認する", "承認し")
    expect_message(page, reference, "申請が認められました")
    open_case(worker, reference)
    act(worker, "交付して完了する", "完了し")
    expect_message(page, reference, "手続きが完了しました")
    page.goto(own_address)
    expect(page.get_by_text("完了しました").first).to_be_visible()

    # Who did what stays with the case; a second decision meets the first.
    for line in ("申請者", "岡田 健", "藤井 久美", "電話で確認ずみ"):
        expect(worker.get_by_role("main")).to_contain_text(line)
    late = head.request.post(f"{case}/approve", form={"csrf_token": token_of(head)})
    assert "この間に状態が変わりました" in late.text()


def test_rejected_with_a_reason(page: Page, staff: People) -> None:
    reference = received(page, "chen")
    head = staff("fujii")
    open_case(head, reference)
    act(head, "審査を始める", "審査を始めました")
    head.locator("summary", has_text="却下する").click()
    expect(head.get_by_label("却下の理由")).to_have_attribute("required", "")
    head.reload()
    reject(head, "本人の住民票が市にありません。")
    expect_message(page, reference, "認められませんでした", "本人の住民票が市にありません。")
    page.get_by_role("link", name="申請を見る").first.click()
    expect(page.get_by_role("alert")).to_contain_text("本人の住民票が市にありません。")


def test_other_departments_don_t_see_it(page: Page, staff: People) -> None:
    reference = received(page, "mayumi")
    worker = staff("okada")
    open_case(worker, reference)
    case = worker.url

    for login in ("kondo", "sakai", "miura"):
        other = staff(login)
        other.goto("/office/")
        expect(other.get_by_role("main")).not_to_contain_text(reference)
        other.get_by_label("受付番号").fill(reference)
        other.get_by_role("button", name="開く").click()
        expect(other.get_by_role("status")).to_contain_text("担当の課にはありません")
        for address in (case, f"{case}/attachments/1"):
            answer = other.goto(address)
            assert answer is not None
            assert answer.status == 403
