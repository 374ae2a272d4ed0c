"""Stripe's itemised payout reconciliation report (``payout_reconciliation.itemized.5``).

Source: docs.stripe.com/reports/report-types/payout-reconciliation. UTF-8 without BOM, comma,
CRLF, a header line; amounts in major units, which for JPY is whole yen; times as
``YYYY-MM-DD HH:MM:SS`` in the time zone that the report was run for (here Asia/Tokyo).
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from foundation.clock import jst

#: The columns in their order. ``payment_metadata[…]`` are the metadata keys asked for.
COLUMNS = (
    "automatic_payout_id",
    "automatic_payout_effective_at",
    "balance_transaction_id",
    "created",
    "available_on",
    "currency",
    "gross",
    "fee",
    "net",
    "reporting_category",
    "source_id",
    "description",
    "payment_intent_id",
    "charge_id",
    "refund_id",
    "card_brand",
    "trace_id",
    "client_reference_id",
    "payment_metadata[attempt_id]",
    "refund_metadata[refund_id]",
)


@dataclass(frozen=True)
class StripeRow:
    """One balance transaction that a payout paid out."""

    #: ``po_…``
    payout_id: str
    #: when the payout reaches the bank
    payout_effective_at: datetime
    #: ``txn_…``: unique, the natural key of a line
    balance_transaction_id: str
    created: datetime
    available_on: datetime
    #: yen; a refund is negative
    gross: int
    #: yen kept by Stripe; 0 on a refund, the fee of the payment is not given back
    fee: int
    #: ``charge`` or ``refund``
    reporting_category: str
    #: ``ch_…`` of a payment, ``re_…`` of a refund
    source_id: str
    description: str
    #: ``pi_…``
    payment_intent_id: str
    #: ``ch_…``: the charge paid, or the charge given back
    charge_id: str
    #: ``re_…``, empty for a payment
    refund_id: str
    card_brand: str
    #: what the bank's file carries as EDI information of the deposit
    trace_id: str
    #: of the Checkout Session
    client_reference_id: str
    #: metadata ``attempt_id`` of the payment intent (or of its session)
    attempt_id: str
    #: metadata ``refund_id`` of the refund
    merchant_refund_id: str

    @property
    def net(self) -> int:
        return self.gross - self.fee


def write(rows: Sequence[StripeRow]) -> bytes:
    """The report; only the header where there are no rows."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow(
            (
                row.payout_id,
                _moment(row.payout_effective_at),
                row.balance_transaction_id,
                _moment(row.created),
                _moment(row.available_on),
                "jpy",
                row.gross,
                row.fee,
                row.net,
                row.reporting_category,
                row.source_id,
                row.description,
                row.payment_intent_id,
                row.charge_id,
                row.refund_id,
                row.card_brand,
                row.trace_id,
                row.client_reference_id,
                row.attempt_id,
                row.merchant_refund_id,
            )
        )
    return text.getvalue().encode("utf-8")


def _moment(moment: datetime) -> str:
    return jst(moment).strftime("%Y-%m-%d %H:%M:%S")
