"""Attempts, what providers said about them, and the money that came of it."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from foundation.ids import new_id
from foundation.orm import Base
from foundation.states import one_of
from payments.attempts.states import ATTEMPT, AttemptState
from payments.providers.base import Channel, EvidenceStatus, Method

#: The ``provider`` of what is paid in notes and coins.
CASH = "cash"


class EvidenceSource(StrEnum):
    """What made us ask the provider."""

    WEBHOOK = "webhook"
    BROWSER_RETURN = "browser_return"
    POLLER = "poller"
    SETTLEMENT = "settlement"
    CANCEL = "cancel"


class Discrepancy(StrEnum):
    """Why evidence of money does not settle the claim it came for."""

    AMOUNT = "amount"
    CURRENCY = "currency"
    MERCHANT = "merchant"
    REFERENCE = "reference"
    #: the provider says paid but names no money movement
    TRANSACTION_MISSING = "transaction_missing"
    #: this money movement has already been booked, for another attempt
    TRANSACTION_BOOKED = "transaction_booked"


class Attempt(Base):
    """One try to pay (part of) a claim by one means."""

    __tablename__ = "attempt"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    claim_id: Mapped[str] = mapped_column(ForeignKey("claim.id"), index=True)
    #: "stripe", "paypay", "cash"
    provider: Mapped[str]
    method: Mapped[Method] = mapped_column(String)
    channel: Mapped[Channel] = mapped_column(String)
    state: Mapped[AttemptState] = mapped_column(String, default=ATTEMPT.initial)
    #: yen that are asked for
    amount: Mapped[int] = mapped_column(BigInteger)
    #: sent with every repetition of the start; stored before the provider hears of it
    idempotency_key: Mapped[str] = mapped_column(unique=True)
    return_url: Mapped[str | None]
    #: the provider's name for it (Stripe: Checkout Session; PayPay: code)
    provider_reference: Mapped[str | None]
    #: the provider's id of the money movement, as in its settlement files
    transaction_id: Mapped[str | None] = mapped_column(index=True)
    pay_url: Mapped[str | None]
    #: what the QR code on the screen says
    qr_text: Mapped[str | None]
    expires_at: Mapped[datetime | None]
    #: staff who operated; None where the resident did
    operator: Mapped[str | None]
    #: drawer of a cash payment
    till_id: Mapped[str | None] = mapped_column(ForeignKey("till.id"))
    created_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    #: when it succeeded, failed, was cancelled or expired, last
    ended_at: Mapped[datetime | None]
    #: when the provider says the money moved
    succeeded_at: Mapped[datetime | None]
    #: why it has not succeeded, in the provider's words
    failure: Mapped[str | None]
    #: why evidence of money was not accepted; a person has to look
    flag: Mapped[Discrepancy | None] = mapped_column(String)
    flagged_at: Mapped[datetime | None]
    #: when the sweeper asks next; None where there is nothing left to ask
    next_check_at: Mapped[datetime | None] = mapped_column(index=True)

    __table_args__ = (
        ATTEMPT.check("state"),
        one_of("method", Method, name="method_known"),
        one_of("channel", Channel, name="channel_known"),
        one_of("flag", Discrepancy, name="flag_known"),
        CheckConstraint("amount > 0", name="amount_positive"),
    )


class EvidenceRecord(Base):
    """What a provider answered when asked. Written only where it differs from the last answer."""

    __tablename__ = "attempt_evidence"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    attempt_id: Mapped[str] = mapped_column(ForeignKey("attempt.id"), index=True)
    source: Mapped[EvidenceSource] = mapped_column(String)
    received_at: Mapped[datetime]
    status: Mapped[EvidenceStatus] = mapped_column(String)
    provider_status: Mapped[str]
    discrepancy: Mapped[Discrepancy | None] = mapped_column(String)
    raw: Mapped[dict[str, Any]]


class Disposition(StrEnum):
    """What was done with money that came."""

    #: set against its claim (消込); what is too much waits in suspense to be refunded
    CLAIM = "claim"
    #: 不明入金: real money, but not what was asked for; the reason is recorded
    SUSPENSE = "suspense"


class Receipt(Base):
    """収納: money that really came, once for each money movement of a provider."""

    __tablename__ = "receipt"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    claim_id: Mapped[str] = mapped_column(ForeignKey("claim.id"), index=True)
    attempt_id: Mapped[str] = mapped_column(ForeignKey("attempt.id"), index=True)
    provider: Mapped[str]
    transaction_id: Mapped[str]
    #: yen
    amount: Mapped[int] = mapped_column(BigInteger)
    disposition: Mapped[Disposition] = mapped_column(String)
    #: why it is in suspense
    reason: Mapped[Discrepancy | None] = mapped_column(String)
    #: 納付日: when the payer entrusted it to the provider
    entrusted_at: Mapped[datetime]
    recorded_at: Mapped[datetime]

    __table_args__ = (
        # The database itself makes booking a money movement twice impossible.
        UniqueConstraint("provider", "transaction_id"),
        one_of("disposition", Disposition, name="disposition_known"),
        CheckConstraint("amount > 0", name="amount_positive"),
    )


class Reversal(Base):
    """収納取消: the provider took money back that we had not asked it to (charge-back and such)."""

    __tablename__ = "receipt_reversal"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    claim_id: Mapped[str] = mapped_column(ForeignKey("claim.id"), index=True)
    attempt_id: Mapped[str] = mapped_column(ForeignKey("attempt.id"), index=True)
    #: yen
    amount: Mapped[int] = mapped_column(BigInteger)
    recorded_at: Mapped[datetime]

    __table_args__ = (CheckConstraint("amount > 0", name="amount_positive"),)
