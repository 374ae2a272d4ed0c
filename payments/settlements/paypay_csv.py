"""PayPay's transaction CSV (取引履歴のダウンロード).

Source of the columns: paypay.ne.jp/help-online-merchant/B0058. Shift_JIS or UTF-8 with BOM; times
are Japanese; a refund is a line of its own with a negative amount. The file has no fees: PayPay
keeps them when it pays out.
"""

from collections.abc import Mapping, Sequence

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

PROVIDER = "paypay"

_MOMENT = "%Y/%m/%d %H:%M:%S"

#: The columns that are needed; the others may come, go or move.
COLUMNS = frozenset({"取引番号", "取引ステータス", "取引日時", "取引金額", "加盟店決済ID"})

#: Older downloads call the same columns otherwise.
ALIASES = {"決済番号": "取引番号", "マーチャント決済ID": "加盟店決済ID"}

#: 取引ステータス: what it says of the money; None where no money moved.
STATUSES: Mapping[str, LineKind | None] = {
    "取引完了": LineKind.PAYMENT,
    "返金完了": LineKind.REFUND,
    "取引取消": LineKind.REFUND,
    "取引失敗": None,
    "取引キャンセル": None,
    "返金失敗": None,
}


def recognises(header: Sequence[str]) -> bool:
    """Whether these are the columns of PayPay's download."""
    return {ALIASES.get(name, name) for name in header} >= COLUMNS


def read(table: Table) -> Parsed:
    """All lines of the download."""
    renamed = Table(tuple(ALIASES.get(name, name) for name in table.header), table.lines)
    lines: list[ProviderLine] = []
    errors: list[LineError] = []
    for row in renamed.rows():
        if isinstance(row, LineError):
            errors.append(row)
            continue
        try:
            line = _transaction(row)
        except Unreadable as problem:
            errors.append(problem.at(row.line))
            continue
        if line is not None:
            lines.append(line)
    return Parsed(FileFormat.PAYPAY_TRANSACTIONS, lines, errors, days_of(lines))


def _transaction(row: Row) -> ProviderLine | None:
    get = row.cells.__getitem__
    status = get("取引ステータス").strip()
    if status not in STATUSES:
        raise Unreadable(
            "取引ステータス",
            status,
            Message(
                N_("%(known)s のいずれかである必要があります。"), {"known": "、".join(STATUSES)}
            ),
        )
    kind = STATUSES[status]
    if kind is None:
        return None
    number = cells.identifier("取引番号", get("取引番号"))
    at = cells.moment("取引日時", get("取引日時"), _MOMENT, JST)
    amount = cells.yen("取引金額", get("取引金額"))
    if kind is LineKind.PAYMENT and amount <= 0:
        raise Unreadable("取引金額", str(amount), Message(N_("支払いの金額は1円以上です。")))
    if kind is LineKind.REFUND and amount >= 0:
        raise Unreadable("取引金額", str(amount), Message(N_("返金の金額は負の数です。")))
    reference = cells.optional(get("加盟店決済ID"))
    return ProviderLine(
        line=row.line,
        provider=PROVIDER,
        kind=kind,
        # A refund may carry the number of its payment, and a payment may be refunded in parts.
        key=number if kind is LineKind.PAYMENT else f"{number}/{at:%Y%m%d%H%M%S}/{amount}",
        at=at,
        gross=amount,
        fee=None,
        transaction_id=number,
        # Of a refund it is the merchant's number of the refund, in some files that of the payment.
        attempt_id=reference,
        refund_id=reference if kind is LineKind.REFUND else None,
        provider_refund_id=number if kind is LineKind.REFUND else None,
        description=get("支払い方法").strip() if "支払い方法" in row.cells else "",
    )
