"""収入日計表: its sums are the ledger's, the receipts' and the files'."""

import csv
import io
from datetime import date, timedelta

from openpyxl import load_workbook

from foundation.clock import jst_date
from payments.attempts.models import Attempt
from payments.providers.base import Channel
from payments.reports.csv_file import to_csv
from payments.reports.daily import DailyReport, daily_report
from payments.reports.workbook import to_xlsx
from payments.sandbox.files import paypay_csv, stripe_csv
from payments.settlements import ProviderLine, parse
from payments.till.service import pay_out
from tests.payments.reconciliation.town import ACCOUNTS, Town, paypay_net, stripe_net


def _report(town: Town, day: date | None = None) -> DailyReport:
    with town.payments.database.reading() as session:
        return daily_report(session, day or town.today, ACCOUNTS)


def _a_day(town: Town) -> tuple[bytes, bytes]:
    """Cards, codes and cash, a refund of each kind; gives the two providers' files."""
    card = town.pay("stripe", 1000)
    card_too = town.pay("stripe", 600, account="room-fee")
    code = town.pay("paypay", 350, channel=Channel.COUNTER)
    town.pay_cash(450)
    town.claim(300)
    refund = town.refund(card, 400)
    stripe = stripe_csv.write(
        [
            town.stripe_row(card),
            town.stripe_row(card_too),
            town.stripe_refund_row(card, refund.id, 400),
        ]
    )
    return stripe, paypay_csv.write([town.paypay_row(code)])


def test_an_empty_day(town: Town) -> None:
    report = _report(town)
    assert report.agrees
    assert (report.gross, report.refunds, report.net, report.count) == (0, 0, 0, 0)
    assert report.accounts == ()
    assert [row.code for row in report.means] == ["card", "qr", "cash"]
    assert to_csv(report).startswith(b"\xef\xbb\xbf")
    assert to_xlsx(report)


def test_the_sums_are_those_of_ledger_receipts_and_files(town: Town) -> None:
    stripe, paypay = _a_day(town)
    town.import_(stripe)
    town.import_(paypay)
    net_stripe = stripe_net(1000, 600) - 400
    town.import_(town.bank_file([("stripe", net_stripe), ("paypay", paypay_net(350))]))

    report = _report(town)

    assert report.agrees, report.checks
    assert report.ledger_total == 0
    assert (report.count, report.gross, report.refunds, report.net) == (4, 2400, 400, 2000)
    assert [(row.code, row.gross, row.refunds) for row in report.accounts] == [
        ("room-fee", 600, 0),
        ("certificate-fee", 1800, 400),
    ]
    assert [(row.code, row.count, row.net) for row in report.means] == [
        ("card", 2, 1200),
        ("qr", 1, 350),
        ("cash", 1, 450),
    ]
    assert [(row.code, row.net) for row in report.places] == [("online", 1200), ("counter", 800)]
    lines = [
        line
        for content in (stripe, paypay)
        for line in parse(content).lines
        if isinstance(line, ProviderLine)
    ]
    assert sum(line.gross for line in lines) == sum(
        row.net for row in report.means if row.code != "cash"
    )
    assert report.deposits == net_stripe + paypay_net(350)
    assert report.fees == 1550 - report.deposits
    assert all(row.waiting == 0 for row in report.providers)
    assert (report.open_claims.count, report.open_claims.yen) == (1, 300)


def test_a_refund_stands_on_the_day_it_was_paid(town: Town) -> None:
    attempt = town.pay("stripe", 1000)
    first_day = town.today
    town.clock.advance(timedelta(days=1))
    town.refund(attempt, 1000)

    before, after = _report(town, first_day), _report(town)

    assert (before.gross, before.refunds) == (1000, 0)
    assert (after.gross, after.refunds, after.net) == (0, 1000, -1000)
    assert before.agrees
    assert after.agrees


def test_double_payments_and_reversals(town: Town) -> None:
    """Money that settles nothing stands under 仮受金; money taken back is no receipt."""
    attempt = town.pay("stripe", 1000)
    town.stripe.given_back[attempt.id] = 300
    town.import_(
        stripe_csv.write([town.stripe_row(attempt), town.stripe_refund_row(attempt, "", 300)])
    )
    wrong = town.pay("stripe", 500, told=False)
    town.stripe.paid[wrong.id] = 50
    town.import_(stripe_csv.write([town.stripe_row(wrong, amount=50)]))

    report = _report(town)

    assert report.agrees, report.checks
    assert [(row.code, row.gross, row.refunds) for row in report.accounts] == [
        ("certificate-fee", 1000, 300),
        ("suspense", 50, 0),
    ]
    assert (report.open_claims.count, report.open_claims.yen) == (2, 800)


def test_unidentified_deposits(town: Town) -> None:
    first_day = town.today
    town.import_(town.bank_file([("paypay", paypay_net(350)), ("ﾐﾎﾝ ﾀﾛｳ", 999)]))
    paid = town.pay("paypay", 350)
    file = paypay_csv.write([town.paypay_row(paid)])
    town.clock.advance(timedelta(days=1))
    town.import_(file)

    before, after = _report(town, first_day), _report(town)

    assert (before.deposits, before.deposits_unidentified) == (paypay_net(350) + 999,) * 2
    assert (after.deposits, after.deposits_unidentified) == (0, -paypay_net(350))
    assert before.agrees
    assert after.agrees


def test_cash_paid_back(town: Town) -> None:
    attempt = town.pay_cash(450)
    refund = town.refund(attempt, 450)
    with town.payments.database.transaction() as session:
        pay_out(session, town.payments, refund.id, till="till-1", operator="s1")
    report = _report(town)
    assert (report.gross, report.refunds, report.net) == (450, 450, 0)
    assert report.agrees


def test_the_day_is_that_of_japan(town: Town) -> None:
    town.clock.set(town.clock().replace(hour=15, minute=30))  # 0:30 of the next day in Japan
    attempt = town.pay("stripe", 300)
    with town.payments.database.reading() as session:
        paid = session.get_one(Attempt, attempt.id).succeeded_at
    assert paid is not None
    assert jst_date(paid) == date(2026, 6, 4)
    assert _report(town, date(2026, 6, 3)).gross == 0
    assert _report(town, date(2026, 6, 4)).gross == 300


def test_the_csv_says_the_same(town: Town) -> None:
    _a_day(town)
    report = _report(town)
    rows = list(csv.reader(io.StringIO(to_csv(report).decode("utf-8-sig"))))
    assert rows[0] == ["収入日計表 2026-06-03"]
    titles = ["使用料及び手数料", "使用料", "総務使用料", "会館", "会館使用料"]
    assert [*titles, "1", "600", "0", "600"] in rows
    assert ["合計", "", "", "", "", "", "2400", "400", "2000"] in rows
    assert ["元帳全体の合計(常に0)", "0", "0", "0"] in rows


def test_the_workbook_has_numbers_and_formulas_and_prints(town: Town) -> None:
    _a_day(town)
    sheet = load_workbook(io.BytesIO(to_xlsx(_report(town)))).active
    assert sheet is not None
    values = {cell.value: cell for row in sheet.iter_rows() for cell in row if cell.value}
    assert values[600].data_type == "n"
    sums = [value for value in values if isinstance(value, str) and value.startswith("=SUM(")]
    checks = [value for value in values if isinstance(value, str) and value.startswith("=IF(AND(")]
    assert len(sums) >= 3
    assert any("=2400" in check and "一致" in check for check in checks)
    assert sheet.page_setup.paperSize == 9
    assert sheet.page_setup.fitToWidth == 1
    assert sheet.print_area


def test_labels_can_be_translated(town: Town) -> None:
    _a_day(town)
    translate = {"収入日計表": "Daily receipts", "合計": "Total"}
    text = to_csv(_report(town), lambda word: translate.get(word, word)).decode("utf-8-sig")
    assert text.startswith("Daily receipts 2026-06-03")
    assert "Total," in text
