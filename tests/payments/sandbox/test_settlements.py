"""Closing a day: the files say what was paid, and add up."""

import csv
import io
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from stripe import PaymentIntent

from foundation.clock import jst_date
from foundation.database import Database
from payments.sandbox import SandboxSettings
from payments.sandbox.paypay.codes import create_code, pay
from payments.sandbox.settlements.closing import close_day
from payments.sandbox.settlements.models import BankDeposit, FileKind, SettlementFile
from payments.sandbox.store import SandboxBase
from payments.sandbox.stripe.cards import GOOD
from payments.sandbox.stripe.form import Params
from payments.sandbox.stripe.refunds import create_refund
from payments.sandbox.stripe.sessions import create_session, try_card
from tests.payments.sandbox.world import MERCHANT, Sandbox
from tests.support.clock import FixedClock


def rows(content: bytes, encoding: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(encoding), newline="")))


def deposits(content: bytes) -> list[tuple[str, int, str]]:
    """(sender, yen, EDI) of the data records."""
    lines = [line for line in content.split(b"\r\n") if line[:1] == b"2"]
    return [
        (line[49:97].decode("cp932").strip(), int(line[19:29]), line[128:148].decode().strip())
        for line in lines
    ]


def refund(sandbox: Sandbox, session: Any, amount: int) -> str:
    intent = session.payment_intent
    assert isinstance(intent, PaymentIntent)
    made = sandbox.stripe().v1.refunds.create(
        params={
            "payment_intent": intent.id,
            "amount": amount,
            "metadata": {"refund_id": "refund-1"},
        }
    )
    return made.id


def test_the_three_files_of_a_day(sandbox: Sandbox) -> None:
    card = sandbox.paid_card(1_000)
    refund_id = refund(sandbox, card, 300)
    code = sandbox.paid_code(amount=410)
    sandbox.refund_code(code["paymentId"], 110)
    closing = sandbox.close()
    assert (closing["day"], closing["number"]) == ("2026-06-03", 1)
    files = sandbox.files(closing)

    paid, returned = rows(files["stripe"], "utf-8")
    assert (paid["gross"], paid["fee"], paid["net"]) == ("1000", "36", "964")
    assert (returned["gross"], returned["fee"], returned["net"]) == ("-300", "0", "-300")
    assert (paid["reporting_category"], returned["reporting_category"]) == ("charge", "refund")
    assert returned["refund_id"] == refund_id
    assert returned["refund_metadata[refund_id]"] == "refund-1"
    intent = card.payment_intent
    assert isinstance(intent, PaymentIntent)
    for line in (paid, returned):
        assert line["payment_intent_id"] == intent.id
        assert line["client_reference_id"] == line["payment_metadata[attempt_id]"] == "attempt-1"
        assert line["created"] == "2026-06-03 10:00:00"
        assert line["automatic_payout_effective_at"] == "2026-06-03 00:00:00"

    lines = rows(files["paypay"], "utf-8-sig")
    assert {line["取引金額"]: line["加盟店決済ID"] for line in lines} == {
        "410": "attempt-2",
        "-110": "refund-2",
    }
    assert {line["取引ステータス"] for line in lines} == {"取引完了", "返金完了"}
    assert {line["加盟店ID"] for line in lines} == {MERCHANT}
    assert {line["取引日時"] for line in lines} == {"2026/06/03 10:00:00"}

    # PayPay keeps 8 yen of 410 and gives 2 of 110 back.
    assert deposits(files["bank"]) == [
        ("ｽﾄﾗｲﾌﾟｼﾞﾔﾊﾟﾝ(ｶ", 664, "STRIPE-20260603-1"),
        ("ﾍﾟｲﾍﾟｲ(ｶ", 294, "PAYPAY-20260603-1"),
    ]


def test_the_payout_is_found_through_the_api(sandbox: Sandbox) -> None:
    sandbox.paid_card(1_000)
    (line,) = rows(sandbox.files(sandbox.close())["stripe"], "utf-8")
    client = sandbox.stripe().v1
    payout = client.payouts.retrieve(line["automatic_payout_id"])
    assert (payout.amount, payout.reconciliation_status) == (964, "completed")
    assert payout.trace_id is not None and payout.trace_id.value == "STRIPE-20260603-1"
    listed = client.balance_transactions.list(params={"payout": payout.id})
    assert sorted(transaction.type for transaction in listed.data) == ["charge", "payout"]
    assert sum(transaction.net for transaction in listed.data) == 0
    assert [found.id for found in client.payouts.list().data] == [payout.id]


def test_closed_twice_the_files_are_the_same(sandbox: Sandbox) -> None:
    sandbox.paid_card()
    first = sandbox.close()
    sandbox.clock.advance(timedelta(hours=1))
    second = sandbox.close("2026-06-03")
    assert first == second
    assert sandbox.files(first) == sandbox.files(second)


def test_what_came_later_is_in_a_further_closing(sandbox: Sandbox) -> None:
    sandbox.paid_card(1_000)
    sandbox.close()
    sandbox.paid_card(2_000)
    again = sandbox.close()
    assert again["number"] == 2
    assert [line["gross"] for line in rows(sandbox.files(again)["stripe"], "utf-8")] == ["2000"]


def test_a_day_ends_at_midnight_in_japan(sandbox: Sandbox) -> None:
    sandbox.clock.set(datetime(2026, 6, 3, 14, 59, 59, tzinfo=UTC))
    sandbox.paid_card(1_000)
    sandbox.clock.set(datetime(2026, 6, 3, 15, 0, 0, tzinfo=UTC))
    sandbox.paid_card(2_000)
    amounts = [
        [line["gross"] for line in rows(sandbox.files(sandbox.close(day))["stripe"], "utf-8")]
        for day in ("2026-06-03", "2026-06-04")
    ]
    assert amounts == [["1000"], ["2000"]]


def test_refunds_beyond_the_payments_wait(sandbox: Sandbox) -> None:
    session = sandbox.paid_card(1_000)
    sandbox.close()
    refund(sandbox, session, 500)
    sandbox.clock.advance(timedelta(days=1))
    files = sandbox.files(sandbox.close())
    assert rows(files["stripe"], "utf-8") == [] and deposits(files["bank"]) == []
    sandbox.clock.advance(timedelta(days=1))
    sandbox.paid_card(2_000)
    files = sandbox.files(sandbox.close())
    assert [line["gross"] for line in rows(files["stripe"], "utf-8")] == ["-500", "2000"]
    assert [amount for _, amount, _ in deposits(files["bank"])] == [2_000 - 72 - 500]


def test_a_cancelled_paypay_payment_takes_itself_back(sandbox: Sandbox) -> None:
    sandbox.paid_code("attempt-2", 410)
    sandbox.paid_code("attempt-3", 1_000)
    sandbox.opa("DELETE", "/v2/payments/attempt-2")
    files = sandbox.files(sandbox.close())
    assert sum(int(line["取引金額"]) for line in rows(files["paypay"], "utf-8-sig")) == 1_000
    assert [amount for _, amount, _ in deposits(files["bank"])] == [1_000 - 19]


def test_an_empty_day_has_empty_files(sandbox: Sandbox) -> None:
    files = sandbox.files(sandbox.close())
    assert rows(files["stripe"], "utf-8") == rows(files["paypay"], "utf-8-sig") == []
    assert [line[:1] for line in files["bank"].split(b"\r\n")] == [b"1", b"8", b"9", b""]


def test_paypay_comes_in_shift_jis_too(sandbox: Sandbox) -> None:
    sandbox.paid_code()
    (file,) = (file for file in sandbox.close()["files"] if file["kind"] == "paypay")
    ours = sandbox.http.get(file["url"]).content
    theirs = sandbox.http.get(file["url"], params={"encoding": "shift_jis"})
    assert theirs.content.decode("cp932") == ours.decode("utf-8-sig")
    assert file["name"] in theirs.headers["Content-Disposition"]


@pytest.mark.parametrize("day", ["tomorrow", "2026-13-01", "<b>"])
def test_a_wrong_day_closes_nothing(sandbox: Sandbox, day: str) -> None:
    answer = sandbox.http.post(f"{sandbox.url}/settlements/close", data={"day": day})
    assert answer.status_code == 400
    assert "日付は" in answer.text
    assert "まだありません" in sandbox.http.get(f"{sandbox.url}/settlements/").text
    assert sandbox.http.get(f"{sandbox.url}/settlements/none.csv").status_code == 404


@given(
    cards=st.lists(st.tuples(st.integers(50, 99_999), st.booleans()), max_size=6),
    codes=st.lists(st.integers(1, 99_999), max_size=6),
)
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_files_add_up_to_payments_and_deposits(
    tmp_path: Path,
    clock: FixedClock,
    cards: list[tuple[int, bool]],
    codes: list[int],
) -> None:
    """Gross is what was paid less what went back; the deposits are that less the fees."""
    database = Database(f"sqlite:///{tmp_path}/{len(list(tmp_path.iterdir()))}.sqlite")
    SandboxBase.metadata.create_all(database.engine)
    world = SandboxSettings(
        database_url="",
        base_url="http://sandbox",
        stripe_webhook_url="",
        paypay_webhook_url="",
        stripe_secret_keys=(),
        stripe_webhook_secret="",
        paypay_api_key="",
        paypay_api_secret="",
        paypay_merchant_id=MERCHANT,
        clock=clock,
    )
    now = clock()
    with database.transaction() as session:
        for amount, goes_back in cards:
            checkout = create_session(session, _asked(amount), now)
            charge = try_card(session, world, checkout, GOOD, now)
            if goes_back:
                part = {"charge": charge.id, "amount": str(amount // 2)}
                create_refund(session, world, Params(part), now)
        for number, amount in enumerate(codes):
            body = {
                "merchantPaymentId": f"p{number}",
                "amount": {"amount": amount, "currency": "JPY"},
                "codeType": "ORDER_QR",
            }
            pay(session, world, create_code(session, world, body, now), now)
        closing = close_day(session, world, jst_date(now), now)
        session.flush()
        gross = {
            file.kind: file.amount
            for file in session.scalars(
                select(SettlementFile).where(SettlementFile.closing == closing.id)
            )
        }
        paid_in = {
            deposit.provider: deposit.amount
            for deposit in session.scalars(
                select(BankDeposit).where(BankDeposit.closing == closing.id)
            )
        }
    database.dispose()
    card_sum = sum(amount - (amount // 2 if back else 0) for amount, back in cards)
    card_fees = sum(amount * 36 // 1000 for amount, _ in cards)
    code_fees = sum(amount * 198 // 10_000 for amount in codes)
    assert gross[FileKind.STRIPE] == card_sum
    assert gross[FileKind.PAYPAY] == sum(codes)
    assert paid_in.get("stripe", 0) == card_sum - card_fees
    assert paid_in.get("paypay", 0) == sum(codes) - code_fees
    assert gross[FileKind.BANK] == sum(paid_in.values())


def _asked(amount: int) -> Params:
    data = {"currency": "jpy", "unit_amount": str(amount), "product_data": {"name": "x"}}
    return Params(
        {
            "mode": "payment",
            "line_items": [{"price_data": data, "quantity": "1"}],
            "success_url": "http://portal/",
        }
    )
