"""Asking about everything that has stood still: nothing is lost when a process dies."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from payments.attempts.models import Attempt, EvidenceSource
from payments.attempts.service import cancel, gather_evidence, lacks_way_to_pay, resume
from payments.attempts.states import LIVE
from payments.claims.standing import standing
from payments.context import Payments
from payments.providers.base import ProviderUnavailable
from payments.refunds.models import Refund
from payments.refunds.service import submit

logger = logging.getLogger(__name__)

#: Pause after a provider gave no useful answer.
AGAIN_AFTER = timedelta(minutes=1)


@dataclass(frozen=True)
class SweepReport:
    """What one round did."""

    #: how many attempts and refunds were looked at
    attempts: int
    refunds: int


def sweep(payments: Payments, *, limit: int = 200) -> SweepReport:
    """One round over attempts and refunds whose next look is due. Several may run at once."""
    now = payments.clock()
    with payments.database.reading() as session:
        attempts = session.execute(
            select(Attempt.id, Attempt.provider)
            .where(Attempt.next_check_at <= now, Attempt.provider.in_(payments.providers))
            .order_by(Attempt.next_check_at)
            .limit(limit)
        ).all()
        refunds = session.execute(
            select(Refund.id, Attempt.provider)
            .join(Attempt, Attempt.id == Refund.attempt_id)
            .where(Refund.next_check_at <= now, Attempt.provider.in_(payments.providers))
            .order_by(Refund.next_check_at)
            .limit(limit)
        ).all()
    # A provider that does not answer is left alone for this round, or each of its attempts would
    # wait for its own time-out.
    silent: set[str] = set()
    asked = {
        table: sum(
            _attend(payments, table, row_id, look, provider, silent) for row_id, provider in rows
        )
        for table, rows, look in (
            (Attempt, attempts, look_at_attempt),
            (Refund, refunds, submit),
        )
    }
    return SweepReport(asked[Attempt], asked[Refund])


def look_at_attempt(payments: Payments, attempt_id: str) -> Attempt:
    """Do what one attempt that stood still needs. Raises ProviderError, UnknownAttempt."""
    with payments.database.reading() as session:
        attempt = session.get_one(Attempt, attempt_id)
        needless = _is_needless(session, attempt)
    if needless:
        # Paid in another way, or not owed any more: the payer must not be able to pay this too.
        return cancel(payments, attempt_id)
    if lacks_way_to_pay(attempt):
        return resume(payments, attempt_id)
    return gather_evidence(payments, attempt_id, EvidenceSource.POLLER)


def _is_needless(session: Session, attempt: Attempt) -> bool:
    return attempt.state in LIVE and standing(session, attempt.claim_id).outstanding <= 0


def _attend(
    payments: Payments,
    table: type[Attempt] | type[Refund],
    row_id: str,
    look: Callable[[Payments, str], object],
    provider: str,
    silent: set[str],
) -> bool:
    """Look at one thing; where that fails, put it off, so that it does not hold up the others."""
    if provider in silent:
        return False
    try:
        look(payments, row_id)
    except ProviderUnavailable as failure:
        logger.warning("%s %s: %s", table.__tablename__, row_id, failure)
        silent.add(provider)
    except Exception:
        logger.exception("%s %s could not be looked at", table.__tablename__, row_id)
    else:
        return True
    with payments.database.transaction() as session:
        session.execute(
            update(table)
            .where(table.id == row_id, table.next_check_at.is_not(None))
            .values(next_check_at=payments.clock() + AGAIN_AFTER)
        )
    return False
