"""Closing the payment pages of a claim that is not owed any more.

The providers are called by the worker, after the transaction that cancelled the claim; money that
comes all the same is booked and makes a RefundDue.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from foundation.outbox import enqueue
from payments.attempts.service import attempts_of, cancel
from payments.attempts.states import AttemptState
from payments.context import Payments

#: Topic of the outbox; its handler is ``handle_cancel``.
CANCEL_TOPIC = "attempt.cancel"

_LIVE = (AttemptState.CREATED, AttemptState.STARTED)


def stop_attempts(session: Session, claim_id: str, now: datetime) -> None:
    """Have the worker cancel every attempt of a claim that may still be paid."""
    for attempt in attempts_of(session, claim_id):
        if attempt.state in _LIVE:
            enqueue(session, CANCEL_TOPIC, {"attempt_id": attempt.id}, now=now)


def handle_cancel(payments: Payments, payload: Mapping[str, Any]) -> None:
    """The outbox handler of CANCEL_TOPIC."""
    cancel(payments, payload["attempt_id"])
