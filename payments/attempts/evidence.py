"""Checking what a provider says and applying it: the inside of the one door."""

import logging
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from sqlalchemy import select
from sqlalchemy.orm import Session

from payments.attempts.booking import (
    book_payment,
    book_reversal,
    book_unidentified,
    receipt_of,
    received_so_far,
    reversed_so_far,
)
from payments.attempts.models import (
    Attempt,
    Discrepancy,
    EvidenceRecord,
    EvidenceSource,
)
from payments.attempts.schedule import OVERDUE, next_check
from payments.attempts.states import AttemptEvent, AttemptState
from payments.claims.models import Claim
from payments.claims.service import lock_claim
from payments.context import Payments
from payments.events import AttemptEnded
from payments.providers.base import JPY, Evidence, EvidenceStatus, Provider
from payments.refunds.models import Refund
from payments.refunds.states import RefundState
from payments.transitions import advance_attempt

logger = logging.getLogger(__name__)

#: How an attempt ends without money.
ENDINGS: Mapping[EvidenceStatus, AttemptEvent] = MappingProxyType(
    {
        EvidenceStatus.FAILED: AttemptEvent.FAIL,
        EvidenceStatus.CANCELLED: AttemptEvent.CANCEL,
        EvidenceStatus.EXPIRED: AttemptEvent.EXPIRE,
    }
)

#: Refunds of ours that explain why a provider says that it paid back.
OURS = (RefundState.SUBMITTED, RefundState.SUCCEEDED)


class UnknownAttempt(LookupError):
    """There is no attempt with this id."""


def apply_evidence(
    session: Session,
    payments: Payments,
    attempt_id: str,
    evidence: Evidence,
    source: EvidenceSource,
) -> Attempt:
    """Apply what the provider said. However often and by whomever, money is booked once.

    Raises UnknownAttempt.
    """
    claim_id = session.scalar(select(Attempt.claim_id).where(Attempt.id == attempt_id))
    if claim_id is None:
        raise UnknownAttempt(attempt_id)
    claim = lock_claim(session, claim_id)
    attempt = session.get_one(Attempt, attempt_id, populate_existing=True)
    now = payments.clock()
    discrepancy = None
    if evidence.status == EvidenceStatus.SUCCEEDED:
        provider = payments.providers[attempt.provider]
        discrepancy = find_discrepancy(session, attempt, evidence, provider)
    _remember(session, attempt, evidence, discrepancy, source, now)
    if evidence.provider_reference and attempt.provider_reference is None:
        attempt.provider_reference = evidence.provider_reference
    if discrepancy is not None:
        _flag(session, payments, claim, attempt, evidence, discrepancy)
    elif evidence.status == EvidenceStatus.SUCCEEDED:
        _succeed(session, payments, claim, attempt, evidence)
    elif evidence.status in ENDINGS:
        _end_without_money(session, payments, claim, attempt, evidence, now)
    else:
        _still_waiting(session, payments, claim, attempt, evidence, now)
    _notice_reversal(session, payments, claim, attempt, evidence)
    if attempt.flag is not None:
        attempt.next_check_at = None
    else:
        attempt.next_check_at = next_check(
            attempt.state, created_at=attempt.created_at, ended_at=attempt.ended_at, now=now
        )
    session.flush()
    return attempt


def find_discrepancy(
    session: Session, attempt: Attempt, evidence: Evidence, provider: Provider
) -> Discrepancy | None:
    """Why this evidence of money can't settle the attempt; None where everything agrees."""
    if evidence.merchant is not None and evidence.merchant != provider.merchant:
        return Discrepancy.MERCHANT
    if evidence.currency != JPY:
        return Discrepancy.CURRENCY
    if evidence.reference != attempt.id:
        return Discrepancy.REFERENCE
    if evidence.amount != attempt.amount:
        return Discrepancy.AMOUNT
    if not evidence.transaction_id:
        return Discrepancy.TRANSACTION_MISSING
    booked = receipt_of(session, attempt.provider, evidence.transaction_id)
    if booked is not None and booked.attempt_id != attempt.id:
        return Discrepancy.TRANSACTION_BOOKED
    return None


def _succeed(
    session: Session, payments: Payments, claim: Claim, attempt: Attempt, evidence: Evidence
) -> None:
    now = payments.clock()
    # find_discrepancy has made sure that there is one.
    transaction_id = str(evidence.transaction_id)
    paid_at = evidence.paid_at or now
    if not advance_attempt(
        session,
        attempt,
        AttemptEvent.SUCCEED,
        ended_at=now,
        transaction_id=transaction_id,
        succeeded_at=paid_at,
        failure=None,
    ):
        return
    book_payment(
        session,
        payments,
        claim,
        attempt,
        transaction_id=transaction_id,
        entrusted_at=paid_at,
    )
    _announce_end(session, payments, claim, attempt)


def _flag(
    session: Session,
    payments: Payments,
    claim: Claim,
    attempt: Attempt,
    evidence: Evidence,
    discrepancy: Discrepancy,
) -> None:
    """Have a person look; what really reached our merchant account is booked to suspense."""
    if attempt.flag is None:
        logger.warning("attempt %s: evidence refused, %s differs", attempt.id, discrepancy)
        attempt.flag, attempt.flagged_at = discrepancy, payments.clock()
    if discrepancy not in (Discrepancy.AMOUNT, Discrepancy.REFERENCE):
        return
    if not evidence.amount or evidence.amount < 0 or not evidence.transaction_id:
        return
    if discrepancy == Discrepancy.REFERENCE and _is_attempt(session, evidence.reference):
        # It belongs to another attempt, whose own evidence will book it.
        return
    if receipt_of(session, attempt.provider, evidence.transaction_id) is not None:
        return
    attempt.transaction_id = attempt.transaction_id or evidence.transaction_id
    book_unidentified(
        session,
        payments,
        claim,
        attempt,
        amount=evidence.amount,
        transaction_id=evidence.transaction_id,
        entrusted_at=evidence.paid_at or payments.clock(),
        reason=discrepancy,
    )


def _end_without_money(
    session: Session,
    payments: Payments,
    claim: Claim,
    attempt: Attempt,
    evidence: Evidence,
    now: datetime,
) -> None:
    event = ENDINGS[evidence.status]
    if advance_attempt(session, attempt, event, ended_at=now, failure=evidence.message):
        _announce_end(session, payments, claim, attempt)


def _still_waiting(
    session: Session,
    payments: Payments,
    claim: Claim,
    attempt: Attempt,
    evidence: Evidence,
    now: datetime,
) -> None:
    if evidence.message:
        attempt.failure = evidence.message
    if evidence.status == EvidenceStatus.PENDING:
        advance_attempt(session, attempt, AttemptEvent.START, started_at=now)
    overdue = attempt.expires_at is not None and now > attempt.expires_at + OVERDUE
    if overdue and advance_attempt(session, attempt, AttemptEvent.EXPIRE, ended_at=now):
        _announce_end(session, payments, claim, attempt)


def _notice_reversal(
    session: Session, payments: Payments, claim: Claim, attempt: Attempt, evidence: Evidence
) -> None:
    """Book what the provider paid back without having been asked by us."""
    received = received_so_far(session, attempt.id)
    if not received or not evidence.refunded:
        return
    ours = sum(
        session.scalars(
            select(Refund.amount).where(Refund.attempt_id == attempt.id, Refund.state.in_(OURS))
        )
    )
    unexplained = min(evidence.refunded, received) - ours - reversed_so_far(session, attempt.id)
    if unexplained > 0:
        logger.warning("attempt %s: provider took %d yen back", attempt.id, unexplained)
        book_reversal(session, payments, claim, attempt, amount=unexplained)


def _announce_end(session: Session, payments: Payments, claim: Claim, attempt: Attempt) -> None:
    payments.events.announce(
        session,
        AttemptEnded(attempt.id, claim.id, claim.subject, AttemptState(attempt.state)),
    )


def _remember(
    session: Session,
    attempt: Attempt,
    evidence: Evidence,
    discrepancy: Discrepancy | None,
    source: EvidenceSource,
    now: datetime,
) -> None:
    """Keep the answer, unless it says the same as the last one."""
    last = session.scalars(
        select(EvidenceRecord)
        .where(EvidenceRecord.attempt_id == attempt.id)
        .order_by(EvidenceRecord.received_at.desc(), EvidenceRecord.id.desc())
        .limit(1)
    ).first()
    raw = dict(evidence.raw)
    if last is not None and (last.status, last.provider_status, last.raw) == (
        evidence.status,
        evidence.provider_status,
        raw,
    ):
        return
    session.add(
        EvidenceRecord(
            attempt_id=attempt.id,
            source=source,
            received_at=now,
            status=evidence.status,
            provider_status=evidence.provider_status,
            discrepancy=discrepancy,
            raw=raw,
        )
    )


def _is_attempt(session: Session, reference: str | None) -> bool:
    return reference is not None and session.get(Attempt, reference) is not None
