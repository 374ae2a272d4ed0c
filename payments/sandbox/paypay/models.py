"""PayPay's objects as far as the city uses them. Amounts are yen."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from foundation.states import one_of
from payments.sandbox.store import SandboxBase


class CodeStatus(StrEnum):
    """``data.status`` of a payment by code."""

    CREATED = "CREATED"
    COMPLETED = "COMPLETED"
    EXPIRED = "EXPIRED"
    CANCELED = "CANCELED"
    FAILED = "FAILED"
    REFUNDED = "REFUNDED"


class TransactionKind(StrEnum):
    PAYMENT = "payment"
    REFUND = "refund"
    CANCEL = "cancel"


class Code(SandboxBase):
    """A dynamic QR code (ORDER_QR) and the payment by it."""

    __tablename__ = "paypay_code"

    #: ``04-…``
    id: Mapped[str] = mapped_column(primary_key=True)
    merchant_payment_id: Mapped[str] = mapped_column(unique=True)
    created: Mapped[datetime]
    expires_at: Mapped[datetime]
    status: Mapped[str] = mapped_column(default=CodeStatus.CREATED)
    amount: Mapped[int]
    refunded: Mapped[int] = mapped_column(default=0)
    #: the request as it came, for the answers that repeat it
    request: Mapped[dict[str, Any]]
    #: PayPay's number of the payment; there from the beginning, as in PayPay's answers
    payment_id: Mapped[str] = mapped_column(unique=True)
    #: when it was paid
    accepted_at: Mapped[datetime | None]

    __table_args__ = (
        one_of("status", CodeStatus, name="status_known"),
        CheckConstraint("refunded BETWEEN 0 AND amount", name="refunded_within_amount"),
        Index("ix_paypay_code_open", "status", "expires_at"),
    )


class PayPayRefund(SandboxBase):
    """Money that goes back to the payer's balance."""

    __tablename__ = "paypay_refund"

    merchant_refund_id: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(ForeignKey("paypay_code.id"), index=True)
    amount: Mapped[int]
    reason: Mapped[str | None]
    requested_at: Mapped[int]
    accepted_at: Mapped[datetime]


class PayPayTransaction(SandboxBase):
    """A line of the transaction CSV: what was moved, once."""

    __tablename__ = "paypay_transaction"

    #: 取引番号
    id: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(ForeignKey("paypay_code.id"))
    kind: Mapped[str]
    at: Mapped[datetime]
    #: yen; negative takes away
    amount: Mapped[int]
    #: yen kept by PayPay; negative gives it back
    fee: Mapped[int]
    #: 加盟店決済ID: merchantPaymentId, or merchantRefundId of a refund
    merchant_transaction_id: Mapped[str]
    #: the settlement that paid it out
    closing: Mapped[int | None] = mapped_column(index=True)

    __table_args__ = (one_of("kind", TransactionKind, name="kind_known"),)


class SeenNonce(SandboxBase):
    """A nonce that was used while its signature could still be replayed."""

    __tablename__ = "paypay_nonce"

    nonce: Mapped[str] = mapped_column(primary_key=True)
    seen_at: Mapped[datetime]
