"""仕訳規則: every way in which money is booked, as one table that finance can read.

Accounts:  ``receivable:<科目>`` 未収金 · ``revenue:<科目>`` 歳入 · ``clearing:<provider>``
決済事業者への未収金 · ``bank`` 預金 · ``till:<id>`` 現金 · ``fees:<provider>`` 決済手数料 ·
``refunds-payable`` 未払還付金 · ``suspense`` 仮受金 (過誤納金、不明入金).
"""

from dataclasses import dataclass

from foundation.wording import N_

SUSPENSE = "suspense"
REFUNDS_PAYABLE = "refunds-payable"
BANK = "bank"


def receivable(revenue_account: str) -> str:
    """未収金 of a 歳入科目."""
    return f"receivable:{revenue_account}"


def revenue(revenue_account: str) -> str:
    """歳入 of a 歳入科目."""
    return f"revenue:{revenue_account}"


def clearing(provider: str) -> str:
    """What a provider has taken in and not passed on yet."""
    return f"clearing:{provider}"


def fees(provider: str) -> str:
    """What a provider has kept for its service."""
    return f"fees:{provider}"


def till_account(till_id: str) -> str:
    """Notes and coins in a drawer."""
    return f"till:{till_id}"


@dataclass(frozen=True)
class Rule:
    """One line of the table: what is debited, what is credited, and when."""

    id: str
    #: the name that the office uses
    name: str
    #: account, or a pattern of it: ``{revenue}``, ``{provider}``, ``{till}`` are filled in
    debit: str
    credit: str
    #: いつ使うか
    when: str


CLAIM_ESTABLISHED = Rule(
    "claim.established", N_("調定"), "receivable:{revenue}", "revenue:{revenue}",
    N_("納入義務者に納付を求める額が決まったとき"),
)  # fmt: skip
CLAIM_CANCELLED = Rule(
    "claim.cancelled", N_("調定取消（未収分）"), "revenue:{revenue}", "receivable:{revenue}",
    N_("調定を取り消したとき、まだ納付されていない額"),
)  # fmt: skip
CLAIM_CANCELLED_COLLECTED = Rule(
    "claim.cancelled_collected", N_("調定取消（収納済分）"), "revenue:{revenue}", "suspense",
    N_("調定を取り消したとき、すでに納付されていた額（還付を待つ）"),
)  # fmt: skip
PAYMENT_RECEIVED = Rule(
    "payment.received", N_("収納（決済事業者）"), "clearing:{provider}", "receivable:{revenue}",
    N_("決済事業者に納付が委託され、調定に消し込んだとき"),
)  # fmt: skip
PAYMENT_EXCESS = Rule(
    "payment.excess", N_("過納・二重納付"), "clearing:{provider}", "suspense",
    N_("納付が未収額を超えたとき、または取消後の調定に納付があったとき、その超えた額"),
)  # fmt: skip
PAYMENT_UNIDENTIFIED = Rule(
    "payment.unidentified", N_("不明入金（決済事業者）"), "clearing:{provider}", "suspense",
    N_("入金は事実だが、金額・参照番号などが求めたものと違うとき"),
)  # fmt: skip
CASH_RECEIVED = Rule(
    "cash.received", N_("収納（現金）"), "till:{till}", "receivable:{revenue}",
    N_("窓口で現金を受け取ったとき"),
)  # fmt: skip
PAYMENT_REVERSED = Rule(
    "payment.reversed", N_("収納取消"), "receivable:{revenue}", "clearing:{provider}",
    N_("決済事業者が市の依頼によらず返金・取消をしたとき（チャージバックなど）"),
)  # fmt: skip
PAYMENT_REVERSED_EXCESS = Rule(
    "payment.reversed_excess", N_("収納取消（仮受分）"), "suspense", "clearing:{provider}",
    N_("同上。返された額が仮受金にあったとき"),
)  # fmt: skip
REFUND_APPROVED = Rule(
    "refund.approved", N_("還付決定（戻出）"), "revenue:{revenue}", "refunds-payable",
    N_("収納済みの歳入から還付することが決まったとき"),
)  # fmt: skip
REFUND_APPROVED_EXCESS = Rule(
    "refund.approved_excess", N_("還付決定（過誤納金）"), "suspense", "refunds-payable",
    N_("仮受金にある過誤納金を還付することが決まったとき"),
)  # fmt: skip
REFUND_PAID = Rule(
    "refund.paid", N_("還付支払（決済事業者）"), "refunds-payable", "clearing:{provider}",
    N_("決済事業者を通じて還付金を返したとき"),
)  # fmt: skip
REFUND_PAID_CASH = Rule(
    "refund.paid_cash", N_("還付支払（現金）"), "refunds-payable", "till:{till}",
    N_("窓口で還付金を現金で返したとき"),
)  # fmt: skip
REFUND_FAILED = Rule(
    "refund.failed", N_("還付不能"), "refunds-payable", "suspense",
    N_("決済事業者が還付できなかったとき（あらためて還付する）"),
)  # fmt: skip
REFUND_RETURNED = Rule(
    "refund.returned", N_("還付金の戻入"), "clearing:{provider}", "suspense",
    N_("いったん返した還付金が、受取側から戻されたとき"),
)  # fmt: skip
PROVIDER_FEE = Rule(
    "provider.fee", N_("決済手数料"), "fees:{provider}", "clearing:{provider}",
    N_("決済事業者が手数料を差し引いたとき"),
)  # fmt: skip
PROVIDER_FEE_RETURNED = Rule(
    "provider.fee_returned", N_("決済手数料の戻り"), "clearing:{provider}", "fees:{provider}",
    N_("決済事業者が手数料を返したとき"),
)  # fmt: skip
BANK_DEPOSIT = Rule(
    "bank.deposit", N_("決済事業者からの入金"), "bank", "clearing:{provider}",
    N_("決済事業者が口座に振り込んだとき"),
)  # fmt: skip
BANK_WITHDRAWAL = Rule(
    "bank.withdrawal", N_("決済事業者への払戻し"), "clearing:{provider}", "bank",
    N_("返金が収納を上回り、決済事業者が口座から引き落としたとき"),
)  # fmt: skip
BANK_UNIDENTIFIED = Rule(
    "bank.unidentified", N_("不明入金（口座）"), "bank", "suspense",
    N_("口座への入金の理由が分からないとき"),
)  # fmt: skip
BANK_IDENTIFIED = Rule(
    "bank.identified", N_("口座の不明入金の判明"), "suspense", "clearing:{provider}",
    N_("仮受金にしていた口座への入金が、決済事業者の払込みと分かったとき"),
)  # fmt: skip
BANK_CANCELLED = Rule(
    "bank.cancelled", N_("口座への入金の取消"), "suspense", "bank",
    N_("銀行が入金を取り消したとき（理由を確認するまで）"),
)  # fmt: skip
TILL_BANKED = Rule(
    "till.banked", N_("現金の払込み"), "bank", "till:{till}",
    N_("窓口の現金を口座に払い込んだとき"),
)  # fmt: skip

#: The whole table, in the order in which money goes through it.
RULES: dict[str, Rule] = {
    rule.id: rule
    for rule in (
        CLAIM_ESTABLISHED,
        CLAIM_CANCELLED,
        CLAIM_CANCELLED_COLLECTED,
        PAYMENT_RECEIVED,
        PAYMENT_EXCESS,
        PAYMENT_UNIDENTIFIED,
        CASH_RECEIVED,
        PAYMENT_REVERSED,
        PAYMENT_REVERSED_EXCESS,
        REFUND_APPROVED,
        REFUND_APPROVED_EXCESS,
        REFUND_PAID,
        REFUND_PAID_CASH,
        REFUND_FAILED,
        REFUND_RETURNED,
        PROVIDER_FEE,
        PROVIDER_FEE_RETURNED,
        BANK_DEPOSIT,
        BANK_WITHDRAWAL,
        BANK_UNIDENTIFIED,
        BANK_IDENTIFIED,
        BANK_CANCELLED,
        TILL_BANKED,
    )
}
