"""Stripe's objects as far as the city uses them. Amounts are yen (JPY is zero-decimal)."""

from datetime import datetime
from enum import StrEnum
from typing import Any, TypedDict

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from foundation.states import one_of
from payments.sandbox.store import SandboxBase


class SessionStatus(StrEnum):
    OPEN = "open"
    COMPLETE = "complete"
    EXPIRED = "expired"


class IntentStatus(StrEnum):
    REQUIRES_PAYMENT_METHOD = "requires_payment_method"
    SUCCEEDED = "succeeded"
    CANCELED = "canceled"


class ChargeStatus(StrEnum):
    SUCCEEDED = "succeeded"
    FAILED = "failed"


class Category(StrEnum):
    """``reporting_category`` of a balance transaction, and its ``type``."""

    CHARGE = "charge"
    REFUND = "refund"
    PAYOUT = "payout"


class StripeObject(SandboxBase):
    """What every object of Stripe has."""

    __abstract__ = True

    #: with the prefix of its kind
    id: Mapped[str] = mapped_column(primary_key=True)
    created: Mapped[datetime]


class LineItem(TypedDict):
    """One line of a session, as kept in its JSON column."""

    id: str
    name: str
    description: str | None
    unit_amount: int
    quantity: int


class CheckoutSession(StripeObject):
    """``cs_test_…``: a hosted payment page and what it is for."""

    __tablename__ = "stripe_session"

    expires_at: Mapped[datetime]
    status: Mapped[str] = mapped_column(default=SessionStatus.OPEN)
    amount: Mapped[int]
    #: LineItem, one after the other
    items: Mapped[list[Any]]
    client_reference_id: Mapped[str | None]
    # ``metadata`` is a name of SQLAlchemy's own on a table class.
    meta: Mapped[dict[str, Any]] = mapped_column("metadata")
    #: metadata and description that the payment intent will have
    intent_meta: Mapped[dict[str, Any]]
    intent_description: Mapped[str | None]
    customer_email: Mapped[str | None]
    locale: Mapped[str | None]
    success_url: Mapped[str]
    cancel_url: Mapped[str | None]
    #: ``pi_…``; none before the first attempt to pay
    payment_intent: Mapped[str | None]

    __table_args__ = (
        one_of("status", SessionStatus, name="status_known"),
        Index("ix_stripe_session_open", "status", "expires_at"),
    )


class PaymentIntent(StripeObject):
    """``pi_…``: one payment with all its tries."""

    __tablename__ = "stripe_payment_intent"

    session: Mapped[str] = mapped_column(ForeignKey("stripe_session.id"))
    status: Mapped[str]
    amount: Mapped[int]
    description: Mapped[str | None]
    meta: Mapped[dict[str, Any]] = mapped_column("metadata")
    #: ``ch_…`` of the last try
    latest_charge: Mapped[str | None]
    payment_method: Mapped[str | None]

    __table_args__ = (one_of("status", IntentStatus, name="status_known"),)


class Charge(StripeObject):
    """``ch_…``: one try to take the money from a card."""

    __tablename__ = "stripe_charge"

    payment_intent: Mapped[str] = mapped_column(ForeignKey("stripe_payment_intent.id"), index=True)
    status: Mapped[str]
    amount: Mapped[int]
    amount_refunded: Mapped[int] = mapped_column(default=0)
    card_brand: Mapped[str]
    card_last4: Mapped[str]
    #: ``card_declined`` and the issuer's reason, of a failed charge
    failure_code: Mapped[str | None]
    decline_code: Mapped[str | None]
    #: ``txn_…`` of a succeeded charge
    balance_transaction: Mapped[str | None]

    __table_args__ = (
        one_of("status", ChargeStatus, name="status_known"),
        CheckConstraint("amount_refunded BETWEEN 0 AND amount", name="refunded_within_amount"),
    )


class Refund(StripeObject):
    """``re_…``: money that goes back to the card."""

    __tablename__ = "stripe_refund"

    charge: Mapped[str] = mapped_column(ForeignKey("stripe_charge.id"), index=True)
    payment_intent: Mapped[str] = mapped_column(ForeignKey("stripe_payment_intent.id"), index=True)
    amount: Mapped[int]
    reason: Mapped[str | None]
    meta: Mapped[dict[str, Any]] = mapped_column("metadata")
    balance_transaction: Mapped[str]


class BalanceTransaction(StripeObject):
    """``txn_…``: a movement of the city's balance at Stripe."""

    __tablename__ = "stripe_balance_transaction"

    category: Mapped[str]
    #: yen; negative takes away
    amount: Mapped[int]
    fee: Mapped[int]
    #: ``ch_…``, ``re_…``, ``po_…``
    source: Mapped[str]
    description: Mapped[str | None]
    #: ``po_…`` that paid it out
    payout: Mapped[str | None] = mapped_column(index=True)

    __table_args__ = (one_of("category", Category, name="category_known"),)


class Payout(StripeObject):
    """``po_…``: a transfer of the balance to the city's bank account."""

    __tablename__ = "stripe_payout"

    arrival: Mapped[datetime]
    amount: Mapped[int]
    #: what the bank carries as EDI information of the deposit
    trace_id: Mapped[str]
    balance_transaction: Mapped[str]


class StripeEvent(StripeObject):
    """``evt_…``: something that happened, with the object as it was at that moment."""

    __tablename__ = "stripe_event"

    #: the order in which things happened
    number: Mapped[int] = mapped_column(unique=True)
    type: Mapped[str]
    object: Mapped[dict[str, Any]]


class KeptAnswer(SandboxBase):
    """The answer that was given to an Idempotency-Key."""

    __tablename__ = "stripe_kept_answer"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str]
    #: method, path and parameters, as a digest
    digest: Mapped[str]
    status: Mapped[int]
    body: Mapped[str]
    request_id: Mapped[str]
    created: Mapped[datetime]

    __table_args__ = (UniqueConstraint("key"),)
