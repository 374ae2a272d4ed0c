"""What Stripe's words mean in ours; every value of the pinned API version is here.

Sources: docs.stripe.com/api/checkout/sessions/object, …/payment_intents/object,
…/refunds/object
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, get_args

from payments.providers.base import EvidenceStatus, RefundStatus

SessionStatus = Literal["open", "complete", "expired"]
IntentStatus = Literal[
    "canceled",
    "processing",
    "requires_action",
    "requires_capture",
    "requires_confirmation",
    "requires_payment_method",
    "succeeded",
]
StripeRefundStatus = Literal["pending", "requires_action", "succeeded", "failed", "canceled"]

#: A session that is not complete. An open one can be paid still, also after a declined card.
INCOMPLETE: Mapping[str, EvidenceStatus] = MappingProxyType(
    {"open": EvidenceStatus.PENDING, "expired": EvidenceStatus.EXPIRED}
)

#: A complete session: the payer is done, and the payment intent knows whether money came.
COMPLETE: Mapping[str, EvidenceStatus] = MappingProxyType(
    {
        "succeeded": EvidenceStatus.SUCCEEDED,
        "processing": EvidenceStatus.PENDING,
        "requires_action": EvidenceStatus.PENDING,
        "requires_capture": EvidenceStatus.PENDING,
        "requires_confirmation": EvidenceStatus.PENDING,
        "requires_payment_method": EvidenceStatus.FAILED,
        "canceled": EvidenceStatus.CANCELLED,
    }
)

REFUNDS: Mapping[str, RefundStatus] = MappingProxyType(
    {
        "pending": RefundStatus.PENDING,
        "requires_action": RefundStatus.PENDING,
        "succeeded": RefundStatus.SUCCEEDED,
        "failed": RefundStatus.FAILED,
        "canceled": RefundStatus.FAILED,
    }
)


def session_status(status: str, intent_status: str | None) -> EvidenceStatus:
    """The meaning of a session with its payment intent (which it has once a card was tried).

    Raises KeyError for a word that the pinned API version does not have.
    """
    if intent_status == "succeeded":
        # Money came, whatever became of the page around it.
        return EvidenceStatus.SUCCEEDED
    if status == "complete":
        return COMPLETE[intent_status or "processing"]
    return INCOMPLETE[status]


def _unmapped() -> set[str]:
    """Words of Stripe that the tables above forgot, or invented."""
    return (
        (set(get_args(SessionStatus)) ^ {*INCOMPLETE, "complete"})
        | (set(get_args(IntentStatus)) ^ set(COMPLETE))
        | (set(get_args(StripeRefundStatus)) ^ set(REFUNDS))
    )


if _unmapped():
    raise RuntimeError(f"Stripe statuses without a meaning: {_unmapped()}")
