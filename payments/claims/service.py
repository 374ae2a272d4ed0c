"""Establishing and cancelling claims (調定), and where each one stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from payments.claims.models import Claim
from payments.context import Payments


@dataclass(frozen=True)
class LineDraft:
    """A line of a claim to be: code of the 歳入科目, what the payer reads, yen (not negative)."""

    account: str
    label: str
    amount: int


class StandingState(StrEnum):
    UNPAID = "unpaid"
    PART_PAID = "part_paid"
    PAID = "paid"
    #: 過納: more was paid than owed, and it is not refunded yet
    OVERPAID = "overpaid"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Standing:
    """Where a claim stands, computed from receipts, refunds and the ledger. All in yen."""

    #: what was established
    amount: int
    #: what came and was set against the claim, too much included, charge-backs taken off
    paid: int
    #: refunds that reached the payer
    refunded: int
    #: refunds that are asked for, approved or on their way
    refunding: int
    #: what is still owed
    outstanding: int
    #: what is held without being owed: double payments, unidentified money, paid and cancelled
    excess: int
    #: what can still be refunded
    refundable: int
    state: StandingState


class UnknownClaim(LookupError):
    """There is no claim with this id."""


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
    raise NotImplementedError


def cancel_claim(
    session: Session, payments: Payments, claim_id: str, *, reason: str, now: datetime
) -> Claim:
    """調定取消: nothing is owed any more; what was paid waits for its refund (RefundDue).

    Cancelling twice changes nothing. Live attempts are left to be cancelled by
    ``attempts.service.cancel``; one that succeeds nevertheless makes a RefundDue.
    """
    raise NotImplementedError


def standing(session: Session, claim_id: str) -> Standing:
    """Where one claim stands. Raises UnknownClaim."""
    return standings(session, [claim_id])[claim_id]


def standings(session: Session, claim_ids: Iterable[str]) -> dict[str, Standing]:
    """Where many claims stand, in a fixed number of queries. Raises UnknownClaim."""
    raise NotImplementedError


def claims_of(session: Session, subject: str) -> list[Claim]:
    """All claims for one subject, oldest first."""
    return list(
        session.scalars(select(Claim).where(Claim.subject == subject).order_by(Claim.id)).all()
    )


def lock_claim(session: Session, claim_id: str) -> Claim:
    """The claim, locked against others who book on it. Raises UnknownClaim."""
    raise NotImplementedError
