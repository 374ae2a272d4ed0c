"""Recording money that came or was taken back: the receipt, the ledger, and what is announced."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from payments.attempts.allocation import Allocation, of_money_back, of_payment
from payments.attempts.models import Attempt, Discrepancy, Disposition, Receipt, Reversal
from payments.claims.entries import book
from payments.claims.models import Claim, ClaimState
from payments.context import Payments
from payments.events import ClaimSettled, RefundDue, RefundReason
from payments.ledger.rules import (
    CASH_RECEIVED,
    PAYMENT_EXCESS,
    PAYMENT_RECEIVED,
    PAYMENT_REVERSED,
    PAYMENT_REVERSED_EXCESS,
    PAYMENT_UNIDENTIFIED,
    Rule,
)
from payments.ledger.service import Amount, Cause, claim_balances
from payments.providers.base import Method


def receipt_of(session: Session, provider: str, transaction_id: str) -> Receipt | None:
    """The receipt of a provider's money movement, if it has been booked."""
    return session.scalars(
        select(Receipt).where(
            Receipt.provider == provider, Receipt.transaction_id == transaction_id
        )
    ).one_or_none()


def book_payment(
    session: Session,
    payments: Payments,
    claim: Claim,
    attempt: Attempt,
    *,
    transaction_id: str,
    entrusted_at: datetime,
) -> Receipt:
    """Set the attempt's amount against its claim; what is too much waits for a refund.

    The claim is locked by the caller, and the attempt has just become succeeded.
    """
    now = payments.clock()
    receipt = Receipt(
        claim_id=claim.id,
        attempt_id=attempt.id,
        provider=attempt.provider,
        transaction_id=transaction_id,
        amount=attempt.amount,
        disposition=Disposition.CLAIM,
        entrusted_at=entrusted_at,
        recorded_at=now,
    )
    session.add(receipt)
    session.flush()
    accounts = revenue_accounts(claim)
    balance = claim_balances(session, [claim.id])[claim.id]
    allocation = of_payment(balance, accounts, attempt.amount)
    book_divided(
        session,
        claim,
        allocation,
        CASH_RECEIVED if attempt.method == Method.CASH else PAYMENT_RECEIVED,
        PAYMENT_EXCESS,
        provider=attempt.provider,
        till=attempt.till_id or "",
        cause=Cause("attempt", attempt.id),
        at=now,
    )
    owed = of_payment(balance, accounts, claim.amount)
    if allocation.parts and allocation.parts == owed.parts:
        payments.events.announce(session, ClaimSettled(claim.id, claim.subject, attempt.id, now))
    if allocation.suspense:
        payments.events.announce(
            session,
            RefundDue(
                claim.id,
                claim.subject,
                allocation.suspense,
                _why_too_much(claim, settled_before=not owed.parts),
            ),
        )
    return receipt


def book_unidentified(
    session: Session,
    payments: Payments,
    claim: Claim,
    attempt: Attempt,
    *,
    amount: int,
    transaction_id: str,
    entrusted_at: datetime,
    reason: Discrepancy,
) -> Receipt:
    """不明入金: money that really came, but can't settle the claim, with the reason why."""
    now = payments.clock()
    receipt = Receipt(
        claim_id=claim.id,
        attempt_id=attempt.id,
        provider=attempt.provider,
        transaction_id=transaction_id,
        amount=amount,
        disposition=Disposition.SUSPENSE,
        reason=reason,
        entrusted_at=entrusted_at,
        recorded_at=now,
    )
    session.add(receipt)
    session.flush()
    book(
        session,
        claim,
        PAYMENT_UNIDENTIFIED,
        [Amount(amount, provider=attempt.provider)],
        # Of one attempt there may be several, each a money movement of its own.
        cause=Cause("receipt", receipt.id),
        at=now,
        note=reason,
    )
    return receipt


def book_reversal(
    session: Session, payments: Payments, claim: Claim, attempt: Attempt, *, amount: int
) -> Reversal:
    """収納取消: the provider took money back on its own; what was settled is owed again."""
    now = payments.clock()
    reversal = Reversal(claim_id=claim.id, attempt_id=attempt.id, amount=amount, recorded_at=now)
    session.add(reversal)
    session.flush()
    balance = claim_balances(session, [claim.id])[claim.id]
    allocation = of_money_back(balance, revenue_accounts(claim), amount)
    book_divided(
        session,
        claim,
        allocation,
        PAYMENT_REVERSED,
        PAYMENT_REVERSED_EXCESS,
        provider=attempt.provider,
        cause=Cause("reversal", reversal.id),
        at=now,
    )
    return reversal


def book_divided(
    session: Session,
    claim: Claim,
    allocation: Allocation,
    rule: Rule,
    excess_rule: Rule,
    *,
    provider: str = "",
    till: str = "",
    cause: Cause,
    at: datetime,
    note: str | None = None,
) -> None:
    """Book a divided amount: its parts by one rule, what is for the suspense account by another.

    Raises as ``post``.
    """
    parts = [
        Amount(yen, revenue=account, provider=provider, till=till)
        for account, yen in allocation.parts.items()
    ]
    excess = [Amount(allocation.suspense, provider=provider)]
    for which, amounts in ((rule, parts), (excess_rule, excess)):
        book(session, claim, which, amounts, cause=cause, at=at, note=note)


def reversed_so_far(session: Session, attempt_id: str) -> int:
    """Yen of this attempt that the provider took back on its own."""
    return _sum(session, Reversal, attempt_id)


def received_so_far(session: Session, attempt_id: str) -> int:
    """Yen that this attempt brought, however they were booked."""
    return _sum(session, Receipt, attempt_id)


def revenue_accounts(claim: Claim) -> list[str]:
    """The 歳入科目 of a claim in the order of its lines, each once."""
    return list(dict.fromkeys(line.account for line in claim.lines))


def _sum(session: Session, model: type[Receipt] | type[Reversal], attempt_id: str) -> int:
    query = select(func.coalesce(func.sum(model.amount), 0)).where(model.attempt_id == attempt_id)
    return int(session.scalar(query) or 0)


def _why_too_much(claim: Claim, *, settled_before: bool) -> RefundReason:
    if claim.state == ClaimState.CANCELLED:
        return RefundReason.PAID_AFTER_CANCELLATION
    return RefundReason.DOUBLE_PAYMENT if settled_before else RefundReason.OVERPAYMENT
