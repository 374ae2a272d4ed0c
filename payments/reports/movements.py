"""Money that came in or went back on a day, each with its 科目, its means and its place."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from payments.attempts.models import Attempt, Receipt, Reversal
from payments.chunks import chunked
from payments.ledger import rules
from payments.ledger.models import LedgerEntry, Posting
from payments.refunds.models import Refund

#: Rules by which money comes in: debit where it is, credit what it settles.
IN = frozenset(
    rule.id
    for rule in (
        rules.PAYMENT_RECEIVED,
        rules.PAYMENT_EXCESS,
        rules.PAYMENT_UNIDENTIFIED,
        rules.CASH_RECEIVED,
        rules.REFUND_RETURNED,
    )
)

#: Rules by which it goes back: debit what is given back, credit where it was.
OUT = frozenset(
    rule.id
    for rule in (
        rules.PAYMENT_REVERSED,
        rules.PAYMENT_REVERSED_EXCESS,
        rules.REFUND_PAID,
        rules.REFUND_PAID_CASH,
    )
)

_DECIDED = (rules.REFUND_APPROVED.id, rules.REFUND_APPROVED_EXCESS.id)


@dataclass(frozen=True)
class PostingOfDay:
    """One posting with the rule of its entry. Yen, debit positive."""

    rule: str
    cause_kind: str
    cause_id: str
    account: str
    amount: int


@dataclass(frozen=True)
class Movement:
    """One booking of money that came or went back. Yen, positive."""

    attempt_id: str
    method: str
    channel: str
    came_in: bool
    yen: int
    #: by code of the 歳入科目, or rules.SUSPENSE
    accounts: Mapping[str, int]


def postings_of_day(session: Session, day: date) -> list[PostingOfDay]:
    """All postings of one day of the cash book."""
    rows = session.execute(
        select(
            LedgerEntry.rule,
            LedgerEntry.cause_kind,
            LedgerEntry.cause_id,
            Posting.account,
            Posting.amount,
        )
        .join(LedgerEntry, LedgerEntry.seq == Posting.entry_seq)
        .where(LedgerEntry.day == day)
        .order_by(LedgerEntry.seq, Posting.account)
    )
    return [PostingOfDay(*row) for row in rows]


def money_in_and_out(session: Session, postings: Sequence[PostingOfDay]) -> list[Movement]:
    """The movements among a day's postings, in the order of booking."""
    booked: dict[tuple[str, str, str], list[PostingOfDay]] = defaultdict(list)
    for one in postings:
        if one.rule in IN or one.rule in OUT:
            booked[one.rule, one.cause_kind, one.cause_id].append(one)
    attempt_of = _attempt_ids(session, [(kind, cause) for _, kind, cause in booked])
    attempts = _attempts(session, sorted(set(attempt_of.values())))
    decided = _decisions(session, [cause for _, kind, cause in booked if kind == "refund"])
    movements = []
    for (rule, kind, cause), parts in booked.items():
        attempt_id = attempt_of[kind, cause]
        method, channel = attempts[attempt_id]
        came_in = rule in IN
        where = [one for one in parts if _is_money(one.account)]
        what_for = [one for one in parts if not _is_money(one.account)]
        accounts = {_code(one.account): abs(one.amount) for one in what_for}
        if rules.REFUNDS_PAYABLE in accounts:
            accounts = decided[cause]
        movements.append(
            Movement(
                attempt_id=attempt_id,
                method=method,
                channel=channel,
                came_in=came_in,
                yen=abs(sum(one.amount for one in where)),
                accounts=accounts,
            )
        )
    return movements


def _is_money(account: str) -> bool:
    """Whether an account says where money is, and not what it is for."""
    return account.startswith(("clearing:", "till:"))


def _code(account: str) -> str:
    """The 科目 of ``receivable:<code>`` or ``revenue:<code>``; other accounts as they are."""
    kind, _, code = account.partition(":")
    return code if kind in ("receivable", "revenue") else account


def _attempt_ids(session: Session, causes: Sequence[tuple[str, str]]) -> dict[tuple[str, str], str]:
    found = {(kind, cause): cause for kind, cause in causes if kind == "attempt"}
    for name, model in (("receipt", Receipt), ("refund", Refund), ("reversal", Reversal)):
        ids = [cause for kind, cause in causes if kind == name]
        for chunk in chunked(ids):
            for row_id, attempt_id in session.execute(
                select(model.id, model.attempt_id).where(model.id.in_(chunk))
            ):
                found[name, row_id] = attempt_id
    return found


def _attempts(session: Session, ids: Sequence[str]) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for chunk in chunked(ids):
        for attempt_id, method, channel in session.execute(
            select(Attempt.id, Attempt.method, Attempt.channel).where(Attempt.id.in_(chunk))
        ):
            found[attempt_id] = (method, channel)
    return found


def _decisions(session: Session, refunds: Sequence[str]) -> dict[str, dict[str, int]]:
    """For each refund, how its decision split it by 科目."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for chunk in chunked(refunds):
        rows = session.execute(
            select(LedgerEntry.cause_id, Posting.account, Posting.amount)
            .join(LedgerEntry, LedgerEntry.seq == Posting.entry_seq)
            .where(
                LedgerEntry.rule.in_(_DECIDED),
                LedgerEntry.cause_kind == "refund",
                LedgerEntry.cause_id.in_(chunk),
                Posting.account != rules.REFUNDS_PAYABLE,
            )
        )
        for refund_id, account, amount in rows:
            code = _code(account)
            found[refund_id][code] = found[refund_id].get(code, 0) + amount
    return found
