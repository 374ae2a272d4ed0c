"""PayPay's transaction CSV (取引明細). Shift_JIS or UTF-8 with BOM, every field quoted, CRLF."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from foundation.clock import jst

#: The columns in their order, word for word.
COLUMNS = (
    "取引番号",
    "加盟店ID",
    "屋号",
    "店舗ID",
    "店舗名",
    "端末番号/PosID",
    "取引ステータス",
    "取引日時",
    "取引金額",
    "レシート番号",
    "支払い方法",
    "支払い詳細項目",
    "取引確定期限",
    "加盟店決済ID",
)

#: 取引ステータス of a payment, and of a refund and a cancellation (whose amounts are negative).
COMPLETED = "取引完了"
REFUNDED = "返金完了"
CANCELLED = "取引取消"


class Encoding(StrEnum):
    """How PayPay's merchant tool may write the file."""

    SHIFT_JIS = "cp932"
    UTF_8_BOM = "utf-8-sig"


@dataclass(frozen=True)
class PayPayRow:
    """One payment, one refund or one cancellation."""

    #: PayPay's own number of this payment (= paymentId), refund or cancellation: unique, the
    #: natural key of a line
    transaction_id: str
    merchant_id: str
    merchant_name: str
    store_id: str
    store_name: str
    terminal_id: str
    #: COMPLETED, REFUNDED or CANCELLED
    status: str
    at: datetime
    #: yen; a refund is negative
    amount: int
    #: receipt number of the merchant; empty here
    receipt: str
    #: for example ``PayPay残高``
    method: str
    #: amount per means, yen
    details: Mapping[str, int]
    #: until when an authorisation must be captured; None for a captured payment
    confirm_until: datetime | None
    #: the merchant's own number of this transaction: merchantPaymentId of a payment and of its
    #: cancellation, merchantRefundId of a refund
    merchant_payment_id: str


def write(rows: Sequence[PayPayRow], *, encoding: Encoding = Encoding.UTF_8_BOM) -> bytes:
    """The file; only the header where there are no rows.

    Characters that Shift_JIS lacks become ``?``, as in PayPay's own.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow(
            (
                row.transaction_id,
                row.merchant_id,
                row.merchant_name,
                row.store_id,
                row.store_name,
                row.terminal_id,
                row.status,
                _moment(row.at),
                row.amount,
                row.receipt,
                row.method,
                json.dumps(dict(row.details), ensure_ascii=False),
                "" if row.confirm_until is None else _moment(row.confirm_until),
                row.merchant_payment_id,
            )
        )
    return text.getvalue().encode(encoding.value, errors="replace")


def _moment(moment: datetime) -> str:
    return jst(moment).strftime("%Y/%m/%d %H:%M:%S")
