"""Applying what a provider says about a refund."""

import logging
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from payments.attempts.models import Attempt
from payments.claims.entries import book
from payments.claims.models import Claim
from payments.context import Payments
from payments.events import RefundSettled
from payments.ledger.rules import REFUND_FAILED, REFUND_PAID, REFUND_RETURNED
from payments.ledger.service import Amount, Cause
from payments.providers.base import JPY, RefundEvidence, RefundStatus
from payments.refunds.models import Refund
from payments.refunds.states import RefundEvent, RefundState
from payments.transitions import advance_refund

logger = logging.getLogger(__name__)

_SOONEST, _LATEST = timedelta(minutes=1), timedelta(hours=6)


def apply_refund_evidence(
    session: Session,
    payments: Payments,
    claim: Claim,
    refund: Refund,
    attempt: Attempt,
    evidence: RefundEvidence,
) -> Refund:
    """Move the refund along and book it; repeated evidence changes nothing.

    The caller holds the claim's lock.
    """
    now = payments.clock()
    if evidence.provider_refund_id:
        refund.provider_refund_id = evidence.provider_refund_id
    match evidence.status:
        case RefundStatus.SUCCEEDED:
            if (evidence.amount, evidence.currency) != (refund.amount, JPY):
                logger.error("refund %s: the provider paid back another amount", refund.id)
                refund.failure = f"{evidence.amount} {evidence.currency}"
                refund.next_check_at = None
                return refund
            _succeeded(session, payments, claim, refund, attempt, now)
        case RefundStatus.FAILED:
            _failed(session, payments, claim, refund, attempt, evidence, now)
        case RefundStatus.PENDING | RefundStatus.NOT_FOUND:
            if refund.state == RefundState.SUBMITTED:
                age = (now - (refund.submitted_at or now)) / 2
                refund.next_check_at = now + max(_SOONEST, min(age, _LATEST))
    session.flush()
    return refund


def _succeeded(
    session: Session,
    payments: Payments,
    claim: Claim,
    refund: Refund,
    attempt: Attempt,
    now: datetime,
) -> None:
    if not advance_refund(
        session, refund, RefundEvent.SUCCEED, ended_at=now, failure=None, next_check_at=None
    ):
        return
    book(
        session,
        claim,
        REFUND_PAID,
        [Amount(refund.amount, provider=attempt.provider)],
        cause=Cause("refund", refund.id),
        at=now,
        note=refund.reason,
    )
    payments.events.announce(
        session, RefundSettled(refund.id, claim.id, claim.subject, refund.amount)
    )


def _failed(
    session: Session,
    payments: Payments,
    claim: Claim,
    refund: Refund,
    attempt: Attempt,
    evidence: RefundEvidence,
    now: datetime,
) -> None:
    had_succeeded = refund.state == RefundState.SUCCEEDED
    if not advance_refund(
        session,
        refund,
        RefundEvent.FAIL,
        ended_at=now,
        failure=evidence.message or evidence.provider_status,
        next_check_at=None,
    ):
        return
    logger.warning("refund %s failed: %s", refund.id, refund.failure)
    book(
        session,
        claim,
        REFUND_RETURNED if had_succeeded else REFUND_FAILED,
        [Amount(refund.amount, provider=attempt.provider)],
        cause=Cause("refund", refund.id),
        at=now,
        note=refund.failure,
    )
