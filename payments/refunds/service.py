"""Refunds (還付): asked for by one person, approved by another, submitted, settled."""

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from foundation.ids import new_id
from foundation.outbox import enqueue
from foundation.states import IllegalTransition
from payments.attempts.allocation import of_money_back
from payments.attempts.booking import (
    book_divided,
    received_so_far,
    revenue_accounts,
    reversed_so_far,
)
from payments.attempts.evidence import UnknownAttempt
from payments.attempts.models import CASH, Attempt
from payments.claims.models import Claim
from payments.claims.service import lock_claim
from payments.claims.standing import UNDER_WAY
from payments.context import Payments
from payments.ledger.rules import REFUND_APPROVED, REFUND_APPROVED_EXCESS
from payments.ledger.service import Cause, claim_balances
from payments.providers.base import (
    Provider,
    ProviderRefused,
    RefundEvidence,
    RefundRequest,
    RefundStatus,
)
from payments.refunds.evidence import apply_refund_evidence
from payments.refunds.models import Refund
from payments.refunds.states import REFUND, RefundEvent, RefundState
from payments.transitions import advance_refund

logger = logging.getLogger(__name__)

#: Topic of the outbox; its handler is ``handle_submit``.
SUBMIT_TOPIC = "refund.submit"

#: When the sweeper looks whether the worker has done what the outbox told it.
SUBMIT_GRACE = timedelta(minutes=2)


class UnknownRefund(LookupError):
    """There is no refund with this id."""


class SamePerson(Exception):
    """Who asked for a refund can't approve or decline it."""


class RefundableChanged(Exception):
    """What can be refunded is no longer what the person saw; show it again. Amounts in yen."""

    def __init__(self, expected: int, actual: int) -> None:
        super().__init__(f"refundable is {actual} yen, not {expected}")
        self.expected, self.actual = expected, actual


class NotRefundable(ValueError):
    """More than the attempt brought and has not given back yet, or not a positive amount."""


def refundable(session: Session, attempt_id: str) -> int:
    """Yen that this attempt brought and that no refund has claimed yet. Raises UnknownAttempt."""
    if session.get(Attempt, attempt_id) is None:
        raise UnknownAttempt(attempt_id)
    claimed = session.scalar(
        select(func.coalesce(func.sum(Refund.amount), 0)).where(
            Refund.attempt_id == attempt_id,
            Refund.state.in_([*UNDER_WAY, RefundState.SUCCEEDED]),
        )
    )
    brought = received_so_far(session, attempt_id) - reversed_so_far(session, attempt_id)
    return brought - int(claimed or 0)


def refunds_of(session: Session, claim_id: str) -> list[Refund]:
    """All refunds of a claim, oldest first."""
    return list(
        session.scalars(select(Refund).where(Refund.claim_id == claim_id).order_by(Refund.id)).all()
    )


def request(
    session: Session,
    payments: Payments,
    *,
    attempt_id: str,
    amount: int,
    reason: str,
    requested_by: str,
    expected_refundable: int,
) -> Refund:
    """Ask for a refund; moves nothing yet.

    ``expected_refundable`` is what the person saw of ``refundable``.
    Raises UnknownAttempt, NotRefundable, RefundableChanged.
    """
    attempt = session.get(Attempt, attempt_id)
    if attempt is None:
        raise UnknownAttempt(attempt_id)
    lock_claim(session, attempt.claim_id)
    actual = refundable(session, attempt_id)
    if actual != expected_refundable:
        raise RefundableChanged(expected_refundable, actual)
    if not 0 < amount <= actual:
        raise NotRefundable(f"{amount} yen of {actual}")
    refund_id = new_id()
    refund = Refund(
        id=refund_id,
        claim_id=attempt.claim_id,
        attempt_id=attempt_id,
        state=REFUND.initial,
        amount=amount,
        reason=reason,
        idempotency_key=f"refund-{refund_id}",
        requested_by=requested_by,
        requested_at=payments.clock(),
    )
    session.add(refund)
    session.flush()
    return refund


def approve(session: Session, payments: Payments, refund_id: str, *, approved_by: str) -> Refund:
    """還付決定: book the debt and (unless it is cash) have the worker submit it.

    Raises UnknownRefund, SamePerson, IllegalTransition, and NotRefundable where the provider has
    taken the money back in the meantime.
    """
    claim, refund = lock_refund(session, refund_id)
    now = payments.clock()
    if refundable(session, refund.attempt_id) < 0:
        raise NotRefundable(f"refund {refund_id}: the money is no longer there")
    _decide(session, refund, RefundEvent.APPROVE, approved_by, now)
    balance = claim_balances(session, [claim.id])[claim.id]
    allocation = of_money_back(balance, revenue_accounts(claim), refund.amount)
    book_divided(
        session,
        claim,
        allocation,
        REFUND_APPROVED,
        REFUND_APPROVED_EXCESS,
        cause=Cause("refund", refund.id),
        at=now,
        note=refund.reason,
    )
    if session.get_one(Attempt, refund.attempt_id).provider != CASH:
        refund.next_check_at = now + SUBMIT_GRACE
        enqueue(session, SUBMIT_TOPIC, {"refund_id": refund.id}, now=now)
    return refund


def decline(
    session: Session, payments: Payments, refund_id: str, *, declined_by: str, reason: str
) -> Refund:
    """Say no. Raises UnknownRefund, SamePerson, IllegalTransition."""
    _claim, refund = lock_refund(session, refund_id)
    _decide(session, refund, RefundEvent.DECLINE, declined_by, payments.clock())
    refund.decline_reason = reason
    return refund


def submit(payments: Payments, refund_id: str) -> Refund:
    """Have the provider pay back; or, where that was begun before, find out what became of it.

    Harmless to repeat, and at any moment after a crash. Opens its own transactions. Raises
    UnknownRefund; ProviderUnavailable (it stays submitted, and the sweeper asks again).
    """
    with payments.database.transaction() as session:
        _claim, refund = lock_refund(session, refund_id)
        attempt = session.get_one(Attempt, refund.attempt_id)
        if attempt.provider == CASH:
            return refund
        now = payments.clock()
        first = advance_refund(session, refund, RefundEvent.SUBMIT, submitted_at=now)
        if not first and refund.state != RefundState.SUBMITTED:
            return refund
        asked = _request(refund, attempt)
    provider = payments.providers[attempt.provider]
    evidence = None if first else provider.fetch_refund(asked)
    if evidence is None or evidence.status == RefundStatus.NOT_FOUND:
        evidence = _refunded(provider, asked)
    with payments.database.transaction() as session:
        claim, refund = lock_refund(session, refund_id)
        return apply_refund_evidence(session, payments, claim, refund, attempt, evidence)


def handle_submit(payments: Payments, payload: Mapping[str, Any]) -> None:
    """The outbox handler of SUBMIT_TOPIC."""
    submit(payments, payload["refund_id"])


def gather_refund_evidence(payments: Payments, refund_id: str) -> Refund:
    """Ask the provider what became of a refund, also one that had succeeded, and apply it.

    Opens its own transactions. Raises UnknownRefund, ProviderUnavailable, ProviderRefused.
    """
    with payments.database.reading() as session:
        refund = _get(session, refund_id)
        attempt = session.get_one(Attempt, refund.attempt_id)
    if attempt.provider == CASH or refund.state not in (
        RefundState.SUBMITTED,
        RefundState.SUCCEEDED,
    ):
        return refund
    evidence = payments.providers[attempt.provider].fetch_refund(_request(refund, attempt))
    with payments.database.transaction() as session:
        claim, refund = lock_refund(session, refund_id)
        return apply_refund_evidence(session, payments, claim, refund, attempt, evidence)


def lock_refund(session: Session, refund_id: str) -> tuple[Claim, Refund]:
    """A refund with its claim, held against others until the transaction ends.

    Raises UnknownRefund.
    """
    claim = lock_claim(session, _get(session, refund_id).claim_id)
    return claim, session.get_one(Refund, refund_id, populate_existing=True)


def _decide(
    session: Session, refund: Refund, event: RefundEvent, person: str, now: datetime
) -> None:
    if person == refund.requested_by:
        raise SamePerson(person)
    state = RefundState(refund.state)
    if not advance_refund(session, refund, event, decided_by=person, decided_at=now):
        raise IllegalTransition(REFUND.name, state, event)


def _refunded(provider: Provider, asked: RefundRequest) -> RefundEvidence:
    """Have it paid back. A refusal counts only where the provider has no such refund.

    The first request may have arrived late, and be the reason why a second one is refused.
    """
    try:
        return provider.refund(asked)
    except ProviderRefused as refusal:
        found = provider.fetch_refund(asked)
        if found.status != RefundStatus.NOT_FOUND:
            return found
        return RefundEvidence(
            RefundStatus.FAILED, refusal.code or "refused", message=refusal.message
        )


def _request(refund: Refund, attempt: Attempt) -> RefundRequest:
    return RefundRequest(
        refund_id=refund.id,
        attempt_id=attempt.id,
        idempotency_key=refund.idempotency_key,
        transaction_id=attempt.transaction_id or "",
        amount=refund.amount,
        reason=refund.reason,
        provider_refund_id=refund.provider_refund_id,
    )


def _get(session: Session, refund_id: str) -> Refund:
    refund = session.get(Refund, refund_id)
    if refund is None:
        raise UnknownRefund(refund_id)
    return refund
