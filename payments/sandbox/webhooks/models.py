"""The queue of webhooks, and the switches that spoil it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from foundation.states import one_of
from payments.sandbox.store import SandboxBase


class Mode(StrEnum):
    """How webhooks are delivered from now on."""

    NORMAL = "normal"
    DUPLICATE = "duplicate"
    LATE = "late"
    REORDER = "reorder"
    DROP = "drop"


class Switches(SandboxBase):
    """One row: how the sandbox behaves at the moment."""

    __tablename__ = "switches"

    id: Mapped[int] = mapped_column(primary_key=True)
    mode: Mapped[str] = mapped_column(default=Mode.NORMAL)
    #: how late is LATE
    late_seconds: Mapped[int] = mapped_column(default=20)

    __table_args__ = (one_of("mode", Mode, name="mode_known"),)


class Delivery(SandboxBase):
    """One webhook on its way to the portal."""

    __tablename__ = "delivery"

    id: Mapped[int] = mapped_column(primary_key=True)
    #: ``stripe`` or ``paypay``: who signs, and where it goes
    provider: Mapped[str]
    #: ``evt_…`` of Stripe, notification id of PayPay; several deliveries may carry one event
    event_id: Mapped[str] = mapped_column(index=True)
    #: in words, for the list: ``checkout.session.completed``, ``COMPLETED``
    topic: Mapped[str]
    #: the object that it is about, for the list
    subject: Mapped[str]
    #: the exact text that is sent
    body: Mapped[str]
    mode: Mapped[str]
    created_at: Mapped[datetime]
    #: not before this moment
    due_at: Mapped[datetime]
    #: among what is due, the smallest goes first
    position: Mapped[int]
    tries: Mapped[int] = mapped_column(default=0)
    #: when the portal answered 2xx
    delivered_at: Mapped[datetime | None]
    #: when it was given up: dropped by the switch, or after the last try
    given_up_at: Mapped[datetime | None]
    #: HTTP status of the last try
    last_status: Mapped[int | None]
    last_error: Mapped[str | None]

    __table_args__ = (
        one_of("mode", Mode, name="mode_known"),
        Index("ix_delivery_waiting", "delivered_at", "given_up_at", "due_at"),
    )
