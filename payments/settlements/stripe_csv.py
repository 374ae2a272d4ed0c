"""Stripe's CSV reports: itemised balance transactions, and itemised payouts.

Source: docs.stripe.com/reports/report-types/payout-reconciliation (``payout_reconciliation.
itemized.5``, ``balance_change_from_activity.itemized.*``, ``payouts.itemized.*``). Amounts are in
major units, for JPY whole yen. Columns named ``…_utc`` are UTC; those without are in the zone
that the report was run for, which for a Japanese municipality is Asia/Tokyo.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

from foundation.clock import JST
from foundation.wording import N_, Message
from payments.settlements import cells
from payments.settlements.table import Row, Table
from payments.settlements.values import (
    FileFormat,
    LineError,
    LineKind,
    Parsed,
    ProviderLine,
    Unreadable,
    days_of,
)

PROVIDER = "stripe"

_MOMENT = "%Y-%m-%d %H:%M:%S"
_DAY = "%Y-%m-%d"

_MONEY = frozenset({"balance_transaction_id", "currency", "gross", "fee", "net"})
TRANSACTION_COLUMNS = _MONEY | {"reporting_category"}
PAYOUT_COLUMNS = _MONEY | {"payout_id"}

#: Stripe's reporting categories that an account which takes payments can have.
CATEGORIES: Mapping[str, LineKind] = {
    "charge": LineKind.PAYMENT,
    "charge_failure": LineKind.ADJUSTMENT,
    "partial_capture_reversal": LineKind.ADJUSTMENT,
    "refund": LineKind.REFUND,
    "refund_failure": LineKind.ADJUSTMENT,
    "dispute": LineKind.ADJUSTMENT,
    "dispute_reversal": LineKind.ADJUSTMENT,
    "other_adjustment": LineKind.ADJUSTMENT,
    "risk_reserved_funds": LineKind.ADJUSTMENT,
    "fee": LineKind.FEE,
    "network_cost": LineKind.FEE,
    "tax": LineKind.FEE,
    "payout": LineKind.PAYOUT,
    "payout_reversal": LineKind.PAYOUT,
}


def recognises(header: Sequence[str]) -> bool:
    """Whether these are the columns of one of Stripe's reports."""
    names = set(header)
    return (names >= TRANSACTION_COLUMNS or names >= PAYOUT_COLUMNS) and bool(
        names & {"created", "created_utc", "effective_at", "effective_at_utc"}
    )


def read(table: Table) -> Parsed:
    """All lines of the report."""
    payouts = "payout_id" in table.header
    lines: list[ProviderLine] = []
    errors: list[LineError] = []
    for row in table.rows():
        if isinstance(row, LineError):
            errors.append(row)
            continue
        try:
            lines.append(_payout(row) if payouts else _transaction(row))
        except Unreadable as problem:
            errors.append(problem.at(row.line))
    file_format = FileFormat.STRIPE_PAYOUTS if payouts else FileFormat.STRIPE_TRANSACTIONS
    return Parsed(file_format, lines, errors, None if payouts else days_of(lines))


def _transaction(row: Row) -> ProviderLine:
    get = row.cells.get
    gross, fee = _money(row)
    category = get("reporting_category", "").strip()
    kind = CATEGORIES.get(category)
    if kind is None:
        raise Unreadable(
            "reporting_category",
            category,
            Message(N_("このシステムが扱える取引の種類ではありません。")),
        )
    if kind is LineKind.FEE:
        # A fee on a line of its own stands there as a negative amount.
        gross, fee = 0, fee - gross
    source = cells.optional(get("source_id", ""))
    refund = kind is LineKind.REFUND
    payout_id = cells.optional(get("automatic_payout_id", ""))
    if kind is LineKind.PAYOUT:
        payout_id = source or payout_id
    return ProviderLine(
        line=row.line,
        provider=PROVIDER,
        kind=kind,
        key=cells.identifier("balance_transaction_id", get("balance_transaction_id", "")),
        at=_at(row, "created"),
        gross=gross,
        fee=fee,
        transaction_id=cells.optional(get("payment_intent_id", "")) or source or "",
        attempt_id=(
            cells.optional(get("payment_metadata[attempt_id]", ""))
            or cells.optional(get("client_reference_id", ""))
        ),
        refund_id=cells.optional(get("refund_metadata[refund_id]", "")) if refund else None,
        provider_refund_id=(cells.optional(get("refund_id", "")) or source) if refund else None,
        payout_id=payout_id,
        payout_on=_payout_day(row, "automatic_payout_effective_at"),
        trace_id=cells.optional(get("trace_id", "")),
        description=get("description", "").strip(),
    )


def _payout(row: Row) -> ProviderLine:
    get = row.cells.get
    gross, fee = _money(row)
    payout_id = cells.identifier("payout_id", get("payout_id", ""))
    # The payouts report writes what was paid out; on the balance that is money leaving.
    reversal = get("reporting_category", "").strip() == "payout_reversal"
    return ProviderLine(
        line=row.line,
        provider=PROVIDER,
        kind=LineKind.PAYOUT,
        key=cells.identifier("balance_transaction_id", get("balance_transaction_id", "")),
        at=_at(row, "effective_at"),
        gross=abs(gross) if reversal else -abs(gross),
        fee=fee,
        transaction_id=payout_id,
        payout_id=payout_id,
        payout_on=(
            _payout_day(row, "payout_expected_arrival_date") or _payout_day(row, "effective_at")
        ),
        trace_id=cells.optional(get("trace_id", "")),
        description=get("description", "").strip(),
    )


def _money(row: Row) -> tuple[int, int]:
    """Gross and fee in yen; the net of the line must agree with them."""
    currency = row.cells["currency"].strip()
    if currency.lower() != "jpy":
        raise Unreadable("currency", currency, Message(N_("通貨は jpy である必要があります。")))
    gross, fee, net = (cells.yen(name, row.cells[name]) for name in ("gross", "fee", "net"))
    if gross - fee != net:
        raise Unreadable(
            "net",
            str(net),
            Message(
                N_("gross から fee を引いた %(right)s と一致する必要があります。"),
                {"right": gross - fee},
            ),
        )
    return gross, fee


def _at(row: Row, name: str) -> datetime:
    """The moment of a column that may stand in UTC or in the report's zone."""
    utc = f"{name}_utc"
    if utc in row.cells:
        return cells.moment(utc, row.cells[utc], _MOMENT, UTC)
    return cells.moment(name, row.cells.get(name, ""), _MOMENT, JST)


def _payout_day(row: Row, name: str) -> date | None:
    """The day of arrival, which for Stripe is a day and no moment."""
    for column in (name, f"{name}_utc"):
        found = row.cells.get(column, "").strip()
        if found:
            return cells.day(column, found, _DAY)
    return None
