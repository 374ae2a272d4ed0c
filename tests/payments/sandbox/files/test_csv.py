"""The providers' CSV files, byte for byte."""

from dataclasses import replace
from datetime import UTC, datetime

from payments.sandbox.files import paypay_csv, stripe_csv
from payments.sandbox.files.paypay_csv import Encoding, PayPayRow
from payments.sandbox.files.stripe_csv import StripeRow

AT = datetime(2026, 6, 3, 1, 0, tzinfo=UTC)

STRIPE = StripeRow(
    payout_id="po_1",
    payout_effective_at=datetime(2026, 6, 2, 15, 0, tzinfo=UTC),
    balance_transaction_id="txn_1",
    created=AT,
    available_on=AT,
    gross=1_000,
    fee=36,
    reporting_category="charge",
    source_id="ch_1",
    description='住民票, "写し"',
    payment_intent_id="pi_1",
    charge_id="ch_1",
    refund_id="",
    card_brand="visa",
    trace_id="STRIPE-20260603-1",
    client_reference_id="attempt-1",
    attempt_id="attempt-1",
    merchant_refund_id="",
)

PAYPAY = PayPayRow(
    transaction_id="12345678901234567890",
    merchant_id="580000000000000001",
    merchant_name="見本市",
    store_id="",
    store_name="",
    terminal_id="",
    status=paypay_csv.REFUNDED,
    at=AT,
    amount=-110,
    receipt="",
    method="PayPay残高",
    details={"PayPay残高": -110},
    confirm_until=None,
    merchant_payment_id="refund-2",
)


def test_a_line_of_stripe() -> None:
    header, line, rest = stripe_csv.write([STRIPE]).decode().split("\r\n")
    assert header == ",".join(stripe_csv.COLUMNS)
    assert line == (
        "po_1,2026-06-03 00:00:00,txn_1,2026-06-03 10:00:00,2026-06-03 10:00:00,jpy,1000,36,964,"
        'charge,ch_1,"住民票, ""写し""",pi_1,ch_1,,visa,STRIPE-20260603-1,attempt-1,attempt-1,'
    )
    assert rest == ""


def test_a_line_of_paypay() -> None:
    content = paypay_csv.write([PAYPAY])
    assert content.startswith(b"\xef\xbb\xbf")
    header, line, rest = content.decode("utf-8-sig").split("\r\n")
    assert header == ",".join(f'"{column}"' for column in paypay_csv.COLUMNS)
    assert line == (
        '"12345678901234567890","580000000000000001","見本市","","","","返金完了",'
        '"2026/06/03 10:00:00","-110","","PayPay残高","{""PayPay残高"": -110}","","refund-2"'
    )
    assert rest == ""


def test_shift_jis_replaces_what_it_lacks() -> None:
    row = replace(PAYPAY, merchant_name="𠮷野市", confirm_until=AT)
    text = paypay_csv.write([row], encoding=Encoding.SHIFT_JIS).decode("cp932")
    assert "?野市" in text
    assert '"2026/06/03 10:00:00","refund-2"' in text
