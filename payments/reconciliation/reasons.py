"""What can differ, and how it is told to the finance staff."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from foundation.wording import N_, Message, Translate, untranslated


class DifferenceKind(StrEnum):
    """The kinds of differences, each with a next step of its own."""

    #: we have booked it, the provider's file of that day doesn't have it
    MISSING_AT_PROVIDER = "missing_at_provider"
    #: the provider has it, we don't know what for
    MISSING_WITH_US = "missing_with_us"
    #: both have it, with different amounts
    AMOUNT_DIFFERS = "amount_differs"
    #: the file says it is paid; asked directly, the provider has not confirmed it
    NOT_CONFIRMED = "not_confirmed"
    #: a later file tells of the same transaction otherwise
    LINE_CHANGED = "line_changed"
    #: 不明入金: the bank has money from nobody we know
    UNKNOWN_MONEY = "unknown_money"
    #: money from a provider that no payouts add up to
    DEPOSIT_DIFFERS = "deposit_differs"
    #: a payout should have arrived, and the bank's file of that day doesn't have it
    DEPOSIT_MISSING = "deposit_missing"
    #: the bank took a deposit back
    DEPOSIT_CANCELLED = "deposit_cancelled"
    #: a line of a file that can't be read
    UNREADABLE_LINE = "unreadable_line"


#: How each kind is called.
TITLES: Mapping[DifferenceKind, str] = {
    DifferenceKind.MISSING_AT_PROVIDER: N_("決済事業者の明細にない"),
    DifferenceKind.MISSING_WITH_US: N_("市の記録にない"),
    DifferenceKind.AMOUNT_DIFFERS: N_("金額が違う"),
    DifferenceKind.NOT_CONFIRMED: N_("支払いを確認できない"),
    DifferenceKind.LINE_CHANGED: N_("明細の内容が変わった"),
    DifferenceKind.UNKNOWN_MONEY: N_("不明入金"),
    DifferenceKind.DEPOSIT_DIFFERS: N_("入金額が合わない"),
    DifferenceKind.DEPOSIT_MISSING: N_("入金がない"),
    DifferenceKind.DEPOSIT_CANCELLED: N_("入金の取消"),
    DifferenceKind.UNREADABLE_LINE: N_("読み取れない行"),
}

#: The sentence for each finding; a kind may have several. Values come with the difference.
REASONS: Mapping[str, str] = {
    "receipt_missing": N_(
        "収納を記録していますが、%(provider)s の %(day)s の明細に"
        "取引番号 %(transaction)s がありません。明細を取り直すか、決済事業者に確認してください。"
    ),
    "refund_missing": N_(
        "還付を記録していますが、%(provider)s の %(day)s の明細に"
        "返金 %(transaction)s がありません。明細を取り直すか、決済事業者に確認してください。"
    ),
    "payment_unknown": N_(
        "%(provider)s の明細にある取引 %(transaction)s(参照番号 %(reference)s)に当たる支払いが、"
        "市の記録にありません。"
    ),
    "refund_unknown": N_(
        "%(provider)s の明細にある返金(取引 %(transaction)s)に当たる還付が、市の記録にありません。"
        "決済事業者の側で行われた返金かどうかを確認してください。"
    ),
    "adjustment": N_(
        "%(provider)s が残高を調整しています(取引 %(transaction)s)。"
        "チャージバックなどの理由を確認してください。"
    ),
    "payment_amount": N_(
        "取引 %(transaction)s の金額は、市の記録では %(ours)s円、%(provider)s の明細では "
        "%(theirs)s円です。"
    ),
    "refund_amount": N_(
        "返金 %(transaction)s の金額は、市の記録では %(ours)s円、%(provider)s の明細では "
        "%(theirs)s円です。"
    ),
    "payment_not_confirmed": N_(
        "%(provider)s の明細には取引 %(transaction)s の支払いがありますが、直接たずねたところ、"
        "支払済みと確認できませんでした。次の取込みのときにもう一度確認します。"
    ),
    "refund_not_confirmed": N_(
        "%(provider)s の明細には返金 %(transaction)s がありますが、直接たずねたところ、"
        "返金済みと確認できませんでした。次の取込みのときにもう一度確認します。"
    ),
    "payout_sum": N_(
        "%(provider)s の入金 %(batch)s は %(theirs)s円とされていますが、"
        "取り込んだ明細の合計は %(ours)s円です。"
    ),
    "line_changed": N_(
        "取引 %(transaction)s は前に取り込んだ明細と内容が違います(前は %(before)s円、"
        "今回は %(after)s円)。前の内容を残しています。"
    ),
    "sender_unknown": N_(
        "%(sender)s から %(amount)s円の入金がありますが、理由が分かりません。仮受金にしています。"
    ),
    "deposit_unexplained": N_(
        "%(provider)s から %(amount)s円の入金がありますが、これに一致する明細の合計がありません。"
        "仮受金にしています。明細を取り込むと自動で照合します。"
    ),
    "payout_overdue": N_(
        "%(provider)s の %(batch)s 分 %(amount)s円の入金が、%(day)s までの入金通知にありません。"
    ),
    "deposit_cancelled": N_(
        "%(sender)s からの %(amount)s円の入金を銀行が取り消しています。理由を確認してください。"
    ),
    "unreadable_line": N_(
        "%(filename)s の%(line)s行目「%(field)s」は「%(found)s」となっています。"
    ),
}


def sentence(code: str, values: Mapping[str, Any], translate: Translate = untranslated) -> str:
    """The sentence of a finding in the reader's language."""
    shown = {
        name: f"{value:,}" if isinstance(value, int) and name != "line" else value
        for name, value in values.items()
    }
    if "field" in shown:
        shown["field"] = translate(shown["field"])
    text = Message(REASONS[code], shown).text(translate)
    if "right" in values:
        # What would have been right is a message of its own, from the parser of the file.
        text += Message(values["right"], values.get("right_values", {})).text(translate)
    return text
