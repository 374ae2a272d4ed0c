"""Finance closes a day: imports the files, refunds, reports, and sees that nothing is missing."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Download, Page, expect

from tests.e2e.conftest import People
from tests.e2e.steps.certificates import ask_for_residence_record
from tests.e2e.steps.finance import (
    add_up,
    cells_of_csv,
    cells_of_workbook,
    close_day,
    expect_zero,
    import_files,
    table,
)
from tests.e2e.steps.patience import look_until
from tests.e2e.steps.paying import (
    PAYPAY,
    at_provider,
    choose_means,
    expect_receipt_number,
    pay_by_card,
)
from tests.support.browser import check_accessibility, check_no_sideways_scrolling
from tests.support.staff import sample_staff, sign_in
from tests.support.system import RunningSystem

FINANCE_PAGES = (
    "/finance/",
    "/finance/daily",
    "/finance/claims",
    "/finance/refunds",
    "/finance/settlements",
    "/finance/differences",
    "/finance/ledger",
    "/finance/rules",
)


@pytest.fixture(scope="session")
def closings() -> list[Mapping[str, Path]]:
    """The files of every closing of the day so far: the report is of the whole day."""
    return []


def pay_with_phone(page: Page) -> None:
    choose_means(page, PAYPAY)
    page.get_by_role("link", name="このスマートフォンで支払う").click()
    at_provider(page)


def saved(download: Download) -> bytes:
    return Path(download.path()).read_bytes()


def test_the_day_s_files_are_imported_and_the_report_agrees(
    people: People,
    staff: People,
    system: RunningSystem,
    closings: list[Mapping[str, Path]],
    tmp_path: Path,
) -> None:
    for persona, pay in (("shota", pay_by_card), ("daisuke", pay_by_card), ("aya", pay_with_phone)):
        resident = people()
        ask_for_residence_record(resident, persona)
        pay(resident)
        expect_receipt_number(resident)
    files = close_day(system, tmp_path)
    closings.append(files)

    # A file that was damaged on its way: one line is named, the others are kept.
    page = staff("ono")
    lines = files["stripe"].read_text(encoding="utf-8").splitlines(keepends=True)
    broken = tmp_path / "damaged.csv"
    broken.write_text("".join([*lines[:-1], lines[-1].replace(",300,", ",三百,", 1)]), "utf-8")
    import_files(page, broken)
    result = page.get_by_role("main")
    expect(result).to_contain_text("1行は読み取れず")
    expect(result).to_contain_text(f"{len(lines)}行目")
    expect(result).to_contain_text("三百")
    expect(result).to_contain_text(f"{len(lines) - 2}行が新しい行")

    # The whole files; then the same again, which changes nothing.
    import_files(page, *files.values())
    check_accessibility(page)
    expect(page.locator("section.box").filter(has_text=files["stripe"].name)).to_contain_text(
        f"{len(lines) - 1}行を読み、1行が新しい行でした（{len(lines) - 2}行は取り込み済み）"
    )
    # Everything fits but the damaged line; that waits until somebody says what it was.
    differences = page.locator(".differences > li")
    expect(differences).to_have_count(1)
    expect(differences).to_contain_text("読み取れない行")
    differences.get_by_label("確認した内容").fill("転送中の破損。正しいファイルを取り込み済み")
    differences.get_by_role("button", name="解決済みにする").click()
    expect(page.get_by_role("status")).to_contain_text("差異を解決済みにしました")
    expect(differences).to_have_count(0)
    page.get_by_role("link", name="解決済みも見る").click()
    expect(differences.first).to_contain_text("転送中の破損")
    page.goto("/finance/daily")
    before = page.get_by_role("main").inner_text()
    import_files(page, *files.values())
    for file in files.values():
        again = page.locator("section.box").filter(has_text=file.name)
        expect(again).to_contain_text("0行が新しい行")
    page.goto("/finance/daily")
    assert page.get_by_role("main").inner_text() == before

    # Each line is there to see with what it was matched with.
    page.goto("/finance/settlements")
    for file in files.values():
        page.get_by_role("link", name=file.name).first.click()
        expect(page.get_by_text("未一致")).to_have_count(0)
        check_no_sideways_scrolling(page)
        page.go_back()

    check_report(page, closings)
    expect_zero(page)


def check_report(page: Page, closings: list[Mapping[str, Path]]) -> None:
    """The report equals the files, the ledger, and itself as CSV and as a workbook."""
    sums = add_up(closings)
    page.goto("/finance/daily")
    means = table(page, "決済方法別")
    card, code = means["クレジットカード"], means["コード決済"]
    assert card[1:] == [sums.card_paid, sums.card_refunded, sums.card_paid - sums.card_refunded]
    assert code[1:] == [sums.code_paid, sums.code_refunded, sums.code_paid - sums.code_refunded]
    fees, deposited, waiting = table(page, "決済事業者と口座")["合計"]
    assert deposited == sums.deposited
    gross = sums.card_paid + sums.code_paid - sums.card_refunded - sums.code_refunded
    assert fees == gross - sums.deposited
    assert table(page, "決済事業者と口座")["Stripe"][0] == sums.card_fees
    assert waiting is None
    for place in table(page, "場所別").values():
        assert place[1] is not None
    for check in page.locator("table", has_text="突合").locator("tbody tr").all():
        expect(check).to_contain_text("一致")
        expect(check).not_to_contain_text("不一致")

    with page.expect_download() as as_csv:
        page.get_by_role("link", name="CSVで保存").click()
    with page.expect_download() as as_workbook:
        page.get_by_role("link", name="Excelで保存").click()
    rows = cells_of_csv(saved(as_csv.value))
    assert rows == cells_of_workbook(saved(as_workbook.value))
    assert ["クレジットカード", *map(str, card)] in rows


def test_a_refund_takes_two_people_and_reaches_the_provider(
    page: Page, staff: People, system: RunningSystem
) -> None:
    ask_for_residence_record(page, "hiroshi")
    pay_by_card(page)
    reference = expect_receipt_number(page)

    clerk = staff("ono")
    open_claim(clerk, reference)
    check_accessibility(clerk)
    ask_for_refund(clerk, "300", "")
    expect(clerk.get_by_role("status")).to_contain_text("理由を入力してください")
    ask_for_refund(clerk, "301", "取りまちがい")
    expect(clerk.get_by_role("status")).to_contain_text("その金額は還付できません")
    ask_for_refund(clerk, "100", "減額")
    expect(clerk.get_by_role("status")).to_contain_text("別の職員が承認すると返金されます")
    clerk.goto("/finance/refunds")
    expect(clerk.get_by_text("別の職員の承認が必要です").first).to_be_visible()
    expect(clerk.get_by_role("button", name="承認して返金する")).to_have_count(0)

    # Whoever may approve may not approve their own.
    head = staff("takeda")
    open_claim(head, reference)
    ask_for_refund(head, "50", "自分の申請")
    head.goto("/finance/refunds")
    own = head.get_by_role("listitem").filter(has_text="自分の申請")
    expect(own).to_contain_text("別の職員の承認が必要です")
    other = head.get_by_role("listitem").filter(has_text="減額")
    approve = other.locator("form[action$='/approve']")
    theirs = approve.get_attribute("action") or ""
    open_claim(head, reference)
    forged = clerk.request.post(theirs, form={"csrf_token": token_of(clerk)})
    assert forged.status == 403

    head.goto("/finance/refunds")
    check_accessibility(head)
    other.get_by_role("button", name="承認して返金する").click()
    expect(head.get_by_role("status")).to_contain_text("還付を承認しました")

    # The worker takes it to the provider; everybody sees it arrive.
    items = head.get_by_role("listitem").filter(has_text="減額")
    look_until(head, "/finance/refunds", lambda _page: items.filter(has_text="返金済み"))
    control = head.context.new_page()
    control.goto(f"{system.sandbox_url}/")
    expect(control.get_by_role("row").filter(has_text="100円").first).to_be_visible()
    page.reload()
    expect(page.get_by_text("100円を返金しました")).to_be_visible()
    open_claim(clerk, reference)
    expect(clerk.get_by_role("main")).to_contain_text("還付済額")
    expect_zero(clerk)


def token_of(page: Page) -> str:
    return page.locator("input[name=csrf_token]").first.get_attribute("value") or ""


def open_claim(page: Page, reference: str) -> None:
    """By the applicant's number."""
    page.goto("/finance/claims")
    page.get_by_role("searchbox").fill(reference)
    page.get_by_role("button", name="さがす").click()
    page.locator("tbody a").first.click()
    expect(page.get_by_text(reference)).to_be_visible()


def ask_for_refund(page: Page, amount: str, reason: str) -> None:
    page.locator("summary", has_text="還付を申請する").click()
    page.get_by_label("還付する金額").fill(amount)
    page.get_by_label("還付の理由").fill(reason)
    page.get_by_role("button", name="還付を申請する").click()


def test_every_page_of_finance_can_be_read_and_changes_nothing_for_the_auditor(
    staff: People,
) -> None:
    page = staff("ueno")
    for address in FINANCE_PAGES:
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        expect(page.get_by_role("main")).not_to_contain_text("{")
        check_accessibility(page)
        check_no_sideways_scrolling(page)
    page.goto("/finance/claims")
    token = token_of(page)
    for address in ("/finance/settlements", "/finance/refunds/1/approve", "/finance/differences/1"):
        assert page.request.post(address, form={"csrf_token": token}).status == 403


def test_a_code_opens_the_door_once(page: Page, people: People) -> None:
    """Password and one-time code; each of them wrong, then the same code a second time."""
    person = sample_staff("endo")
    page.goto("/staff/sign-in")
    page.get_by_label("ログイン名").fill(person.login)
    page.get_by_label("パスワード").fill("wrong")
    page.get_by_role("button", name="次へ").click()
    expect(page.get_by_role("alert")).to_contain_text("正しくありません")
    page.get_by_label("パスワード").fill(person.password)
    page.get_by_role("button", name="次へ").click()
    page.get_by_label("認証コード").fill("000000")
    page.get_by_role("button", name="ログイン").click()
    expect(page.get_by_role("alert")).to_contain_text("正しくありません")

    other = people()
    sign_in(other, person)
    page.get_by_label("認証コード").fill(person.code())
    page.get_by_role("button", name="ログイン").click()
    expect(page.get_by_role("alert")).to_contain_text("使用済み")
