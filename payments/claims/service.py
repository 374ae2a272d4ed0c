"""Establishing and cancelling claims (調定)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from foundation.clock import fiscal_year, jst_date
from foundation.ids import new_id
from payments.claims.entries import book
from payments.claims.models import Claim, ClaimLine, ClaimState
from payments.claims.standing import (
    Standing,
    StandingState,
    UnknownClaim,
    standing,
    standings,
)
from payments.context import Payments
from payments.events import RefundDue, RefundReason
from payments.ledger.rules import (
    CLAIM_CANCELLED,
    CLAIM_CANCELLED_COLLECTED,
    CLAIM_ESTABLISHED,
    receivable,
    revenue,
)
from payments.ledger.service import Amount, Cause, claim_balances

__all__ = [
    "EmptyClaim",
    "LineDraft",
    "Standing",
    "StandingState",
    "UnknownClaim",
    "UnknownRevenueAccount",
    "cancel_claim",
    "claims_of",
    "lock_claim",
    "lock_claims_of",
    "open_claim",
    "reduce_claim",
    "standing",
    "standings",
]


@dataclass(frozen=True)
class LineDraft:
    """A line of a claim to be: code of the 歳入科目, what the payer reads, yen (not negative)."""

    account: str
    label: str
    amount: int


class UnknownRevenueAccount(ValueError):
    """A line names a 歳入科目 that the city does not have."""


class EmptyClaim(ValueError):
    """A claim of nothing, or with a negative line."""


def open_claim(
    session: Session,
    payments: Payments,
    *,
    subject: str,
    title: str,
    payer_name: str,
    lines: Sequence[LineDraft],
    due_on: date,
    now: datetime,
) -> Claim:
    """調定: write down what is owed and book it. Raises UnknownRevenueAccount, EmptyClaim."""
    for line in lines:
        if line.account not in payments.accounts:
            raise UnknownRevenueAccount(line.account)
    if any(line.amount < 0 for line in lines) or sum(line.amount for line in lines) <= 0:
        raise EmptyClaim("a claim needs a positive sum and no negative line")
    today = jst_date(now)
    claim = Claim(
        subject=subject,
        title=title,
        payer_name=payer_name,
        state=ClaimState.OPEN,
        fiscal_year=fiscal_year(today),
        established_on=today,
        due_on=due_on,
        established_at=now,
        lines=[
            ClaimLine(position=number, account=line.account, label=line.label, amount=line.amount)
            for number, line in enumerate(lines, start=1)
        ],
    )
    session.add(claim)
    session.flush()
    book(
        session,
        claim,
        CLAIM_ESTABLISHED,
        [Amount(line.amount, revenue=line.account) for line in lines],
        cause=Cause("claim", claim.id),
        at=now,
    )
    return claim


def cancel_claim(
    session: Session, payments: Payments, claim_id: str, *, reason: str, now: datetime
) -> Claim:
    """調定取消: nothing is owed any more; what was paid waits for its refund (RefundDue).

    Cancelling twice changes nothing. Live attempts are left to be cancelled by
    ``attempts.service.cancel``; one that succeeds nevertheless makes a RefundDue.
    Raises UnknownClaim.
    """
    claim = lock_claim(session, claim_id)
    if claim.state == ClaimState.CANCELLED:
        return claim
    claim.state = ClaimState.CANCELLED
    claim.cancelled_at = now
    claim.cancel_reason = reason
    session.flush()
    balance = claim_balances(session, [claim.id])[claim.id]
    unpaid: list[Amount] = []
    collected: list[Amount] = []
    for account in dict.fromkeys(line.account for line in claim.lines):
        owed = balance.get(receivable(account), 0)
        unpaid.append(Amount(owed, revenue=account))
        collected.append(Amount(-balance.get(revenue(account), 0) - owed, revenue=account))
    for rule, amounts in ((CLAIM_CANCELLED, unpaid), (CLAIM_CANCELLED_COLLECTED, collected)):
        book(session, claim, rule, amounts, cause=Cause("claim", claim.id), at=now, note=reason)
    if (held := sum(amount.yen for amount in collected)) > 0:
        payments.events.announce(
            session, RefundDue(claim.id, claim.subject, held, RefundReason.CLAIM_CANCELLED)
        )
    return claim


def reduce_claim(
    session: Session,
    payments: Payments,
    claim_id: str,
    *,
    account: str,
    amount: int,
    reason: str,
    now: datetime,
) -> int:
    """調定減額: up to ``amount`` yen less is owed of one 歳入科目; what was paid is due back.

    First what nobody has paid yet is taken off, then what was collected (RefundDue). Returns how
    many yen less the claim is now. Raises UnknownClaim.
    """
    claim = lock_claim(session, claim_id)
    balance = claim_balances(session, [claim.id])[claim.id]
    owed = balance.get(receivable(account), 0)
    unpaid = min(owed, amount)
    collected = min(-balance.get(revenue(account), 0) - owed, amount - unpaid)
    # A claim may be reduced more than once: each time is a cause of its own.
    cause = Cause("reduction", new_id())
    for rule, yen in ((CLAIM_CANCELLED, unpaid), (CLAIM_CANCELLED_COLLECTED, collected)):
        book(session, claim, rule, [Amount(yen, revenue=account)], cause=cause, at=now, note=reason)
    if collected > 0:
        payments.events.announce(
            session, RefundDue(claim.id, claim.subject, collected, RefundReason.CLAIM_REDUCED)
        )
    return unpaid + collected


def claims_of(session: Session, subject: str) -> list[Claim]:
    """All claims for one subject, oldest first."""
    return list(
        session.scalars(select(Claim).where(Claim.subject == subject).order_by(Claim.id)).all()
    )


def lock_claims_of(session: Session, subject: str) -> list[Claim]:
    """All claims for one subject, oldest first, held until the transaction ends."""
    return list(
        session.scalars(
            select(Claim)
            .where(Claim.subject == subject)
            .order_by(Claim.id)
            .with_for_update()
            .execution_options(populate_existing=True)
        ).all()
    )


def lock_claim(session: Session, claim_id: str) -> Claim:
    """The claim, held against others who book on it until the transaction ends.

    Whoever books on a claim takes it first, before its attempts and before the ledger, so that
    nobody waits in a circle. Raises UnknownClaim.
    """
    claim = session.scalars(
        select(Claim)
        .where(Claim.id == claim_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if claim is None:
        raise UnknownClaim(claim_id)
    return claim
