"""Asking about everything that has stood still: nothing is lost when a process dies."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from payments.attempts.models import Attempt, EvidenceSource
from payments.attempts.service import cancel, gather_evidence, resume
from payments.attempts.states import AttemptState
from payments.claims.standing import standing
from payments.context import Payments
from payments.providers.base import ProviderError
from payments.refunds.models import Refund
from payments.refunds.service import submit

logger = logging.getLogger(__name__)

#: Pause after a provider gave no useful answer.
AGAIN_AFTER = timedelta(minutes=1)


@dataclass(frozen=True)
class SweepReport:
    """What one round did."""

    attempts_asked: int
    refunds_asked: int
    #: things whose provider did not answer; they are asked again later
    unreachable: int


def sweep(payments: Payments, *, limit: int = 200) -> SweepReport:
    """One round over attempts and refunds whose next look is due. Several may run at once."""
    now = payments.clock()
    with payments.database.reading() as session:
        attempts = session.scalars(
            select(Attempt.id)
            .where(Attempt.next_check_at <= now, Attempt.provider.in_(payments.providers))
            .order_by(Attempt.next_check_at)
            .limit(limit)
        ).all()
        refunds = session.scalars(
            select(Refund.id)
            .where(Refund.next_check_at <= now)
            .order_by(Refund.next_check_at)
            .limit(limit)
        ).all()
    failures = sum(
        not _attended(payments, Attempt, attempt_id, look_at_attempt) for attempt_id in attempts
    )
    failures += sum(not _attended(payments, Refund, refund_id, submit) for refund_id in refunds)
    return SweepReport(len(attempts), len(refunds), failures)


def look_at_attempt(payments: Payments, attempt_id: str) -> Attempt:
    """Do what one attempt that stood still needs. Raises ProviderError, UnknownAttempt."""
    with payments.database.reading() as session:
        attempt = session.get_one(Attempt, attempt_id)
        needless = _is_needless(session, attempt)
    if needless:
        # Paid in another way, or not owed any more: the payer must not be able to pay this too.
        return cancel(payments, attempt_id)
    if attempt.state == AttemptState.CREATED:
        return resume(payments, attempt_id)
    return gather_evidence(payments, attempt_id, EvidenceSource.POLLER)


def _is_needless(session: Session, attempt: Attempt) -> bool:
    live = attempt.state in (AttemptState.CREATED, AttemptState.STARTED)
    return live and standing(session, attempt.claim_id).outstanding <= 0


def _attended(
    payments: Payments,
    table: type[Attempt] | type[Refund],
    row_id: str,
    look: Callable[[Payments, str], object],
) -> bool:
    """Look at one thing; where that fails, put it off, so that it does not hold up the others."""
    try:
        look(payments, row_id)
    except Exception as failure:
        if isinstance(failure, ProviderError):
            logger.warning("%s %s: %s", table.__tablename__, row_id, failure)
        else:
            logger.exception("%s %s could not be looked at", table.__tablename__, row_id)
        with payments.database.transaction() as session:
            session.execute(
                update(table)
                .where(table.id == row_id, table.next_check_at.is_not(None))
                .values(next_check_at=payments.clock() + AGAIN_AFTER)
            )
        return False
    return True
