"""Refunds (還付): asked for, approved by a second person, submitted, settled."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from payments.context import Payments
from payments.refunds.models import Refund

#: Topic of the outbox; its handler calls ``submit`` with the payload's ``refund_id``.
SUBMIT_TOPIC = "refund.submit"


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
    raise NotImplementedError


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
    """Ask for a refund; moves nothing yet. ``expected_refundable`` is what the person saw.

    Raises UnknownAttempt, NotRefundable, RefundableChanged.
    """
    raise NotImplementedError


def approve(session: Session, payments: Payments, refund_id: str, *, approved_by: str) -> Refund:
    """還付決定: book the debt and (unless it is cash) have the worker submit it.

    Raises UnknownRefund, SamePerson, IllegalTransition.
    """
    raise NotImplementedError


def decline(
    session: Session, payments: Payments, refund_id: str, *, declined_by: str, reason: str
) -> Refund:
    """Say no. Raises UnknownRefund, SamePerson, IllegalTransition."""
    raise NotImplementedError


def submit(payments: Payments, refund_id: str) -> Refund:
    """Have the provider pay back. Harmless to repeat; opens its own transactions.

    Raises UnknownRefund; ProviderUnavailable (stays submitted, the sweeper asks again).
    """
    raise NotImplementedError


def handle_submit(payments: Payments, payload: Mapping[str, Any]) -> None:
    """The outbox handler of SUBMIT_TOPIC."""
    submit(payments, payload["refund_id"])


def gather_refund_evidence(payments: Payments, refund_id: str) -> Refund:
    """Ask the provider what became of a refund and apply it. Opens its own transactions."""
    raise NotImplementedError
