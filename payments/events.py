"""What payments announces, inside the transaction in which it became true."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from payments.attempts.states import AttemptState


class RefundReason(StrEnum):
    """Why money that came has to go back."""

    #: 二重納付: the claim was paid already
    DOUBLE_PAYMENT = "double_payment"
    #: 過納: more came than was owed
    OVERPAYMENT = "overpayment"
    #: the claim had been cancelled when the money came
    PAID_AFTER_CANCELLATION = "paid_after_cancellation"
    #: the claim was cancelled after it had been paid
    CLAIM_CANCELLED = "claim_cancelled"
    #: 調定減額: less is owed than was paid, for instance after a correction
    CLAIM_REDUCED = "claim_reduced"


@dataclass(frozen=True)
class ClaimSettled:
    """Nothing is outstanding on a claim any more. Announced once each time that becomes true."""

    claim_id: str
    subject: str
    attempt_id: str
    at: datetime


@dataclass(frozen=True)
class AttemptEnded:
    """An attempt succeeded, failed, was cancelled or expired; the last three may still succeed."""

    attempt_id: str
    claim_id: str
    subject: str
    state: AttemptState


@dataclass(frozen=True)
class RefundDue:
    """Money is held that is not owed to the city. ``amount`` in yen."""

    claim_id: str
    subject: str
    amount: int
    reason: RefundReason


@dataclass(frozen=True)
class RefundSettled:
    """A refund reached the payer. ``amount`` in yen."""

    refund_id: str
    claim_id: str
    subject: str
    amount: int
