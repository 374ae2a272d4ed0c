"""Where a claim stands: computed from receipts, refunds and the ledger, never stored."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from payments.attempts.models import Disposition, Receipt, Reversal
from payments.chunks import chunked
from payments.claims.models import Claim, ClaimState
from payments.ledger.rules import SUSPENSE, receivable
from payments.ledger.service import claim_balances
from payments.refunds.models import Refund
from payments.refunds.states import RefundState

#: Refunds that have claimed their money but not reached the payer yet.
UNDER_WAY = (RefundState.REQUESTED, RefundState.APPROVED, RefundState.SUBMITTED)


class UnknownClaim(LookupError):
    """There is no claim with this id."""


class StandingState(StrEnum):
    UNPAID = "unpaid"
    #: 一部納付
    PART_PAID = "part_paid"
    PAID = "paid"
    #: 過納・二重納付: paid, and more is held than is owed
    OVERPAID = "overpaid"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Standing:
    """Where a claim stands. All amounts in yen."""

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
    #: what came, however it was booked, and no refund has claimed yet
    refundable: int
    state: StandingState


def standing(session: Session, claim_id: str) -> Standing:
    """Where one claim stands. Raises UnknownClaim."""
    return standings(session, [claim_id])[claim_id]


def standings(session: Session, claim_ids: Iterable[str]) -> dict[str, Standing]:
    """Where many claims stand, five queries for every few hundred. Raises UnknownClaim."""
    found: dict[str, Standing] = {}
    for wanted in chunked(list(dict.fromkeys(claim_ids))):
        found |= _standings(session, wanted)
    return found


def _standings(session: Session, wanted: Sequence[str]) -> dict[str, Standing]:
    found = session.scalars(select(Claim).where(Claim.id.in_(wanted)))
    claims = {claim.id: claim for claim in found}
    if missing := [claim_id for claim_id in wanted if claim_id not in claims]:
        raise UnknownClaim(missing[0])
    received = _sums(session, Receipt, wanted, by=Receipt.disposition)
    reversed_ = _sums(session, Reversal, wanted, by=Reversal.claim_id)
    refunds = _sums(session, Refund, wanted, by=Refund.state)
    booked = claim_balances(session, wanted)

    def of(claim: Claim) -> Standing:
        came = received.get(claim.id, {})
        taken_back = sum(reversed_.get(claim.id, {}).values())
        back = refunds.get(claim.id, {})
        refunding = sum(back.get(state, 0) for state in UNDER_WAY)
        refunded = back.get(RefundState.SUCCEEDED, 0)
        balance = booked[claim.id]
        outstanding = sum(
            balance.get(account, 0)
            for account in {receivable(line.account) for line in claim.lines}
        )
        paid = came.get(Disposition.CLAIM, 0) - taken_back
        excess = -balance.get(SUSPENSE, 0)
        return Standing(
            amount=claim.amount,
            paid=paid,
            refunded=refunded,
            refunding=refunding,
            outstanding=outstanding,
            excess=excess,
            refundable=sum(came.values()) - taken_back - refunding - refunded,
            state=_state(claim, paid, outstanding, excess),
        )

    return {claim_id: of(claims[claim_id]) for claim_id in wanted}


def _state(claim: Claim, paid: int, outstanding: int, excess: int) -> StandingState:
    if claim.state == ClaimState.CANCELLED:
        return StandingState.CANCELLED
    if outstanding > 0:
        return StandingState.PART_PAID if paid > 0 else StandingState.UNPAID
    return StandingState.OVERPAID if excess > 0 else StandingState.PAID


def _sums(
    session: Session, model: type[Any], claim_ids: Sequence[str], *, by: Any
) -> dict[str, dict[str, int]]:
    """Sums of ``amount`` by claim and one more column."""
    rows = session.execute(
        select(model.claim_id, by, func.sum(model.amount))
        .where(model.claim_id.in_(claim_ids))
        .group_by(model.claim_id, by)
    )
    found: dict[str, dict[str, int]] = {}
    for claim_id, key, amount in rows:
        found.setdefault(claim_id, {})[key] = int(amount)
    return found
