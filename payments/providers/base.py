"""The one small interface behind which every payment provider stands.

A provider talks HTTP and translates; it decides nothing and knows no database. All amounts are
whole yen, all moments are aware and in UTC.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

#: The only currency in which claims are made (ISO 4217).
JPY = "JPY"


class Method(StrEnum):
    """How a person pays, as the person sees it."""

    CARD = "card"
    QR = "qr"
    CASH = "cash"


class Channel(StrEnum):
    """Where a person pays."""

    ONLINE = "online"
    COUNTER = "counter"


class EvidenceStatus(StrEnum):
    """What became of a payment, in our words, whatever the provider calls it."""

    PENDING = "pending"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    #: the provider has never heard of it
    NOT_FOUND = "not_found"


class RefundStatus(StrEnum):
    """What became of a refund, in our words."""

    PENDING = "pending"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    #: the provider has never heard of it
    NOT_FOUND = "not_found"


class ProviderError(Exception):
    """Something at the provider's side; ``code`` is the provider's own word for it."""

    def __init__(self, provider: str, message: str, *, code: str = "") -> None:
        super().__init__(f"{provider}: {message}")
        self.provider, self.message, self.code = provider, message, code


class ProviderUnavailable(ProviderError):
    """No answer, a time-out, or a 5xx: the provider may or may not have done it. Ask again."""


class ProviderRefused(ProviderError):
    """A definite no: the provider understood and did not do it."""


class WebhookRefused(Exception):
    """A notification that is forged, too old, or unreadable; it must change nothing."""


@dataclass(frozen=True)
class StartRequest:
    """What a provider needs to begin. Repeating it with the same key must be harmless."""

    attempt_id: str
    idempotency_key: str
    #: yen
    amount: int
    #: what the payer reads on the provider's page
    description: str
    #: where the browser comes back to, paid or not
    return_url: str
    #: fixed when the attempt was made, so that a repeated request is the same request
    expires_at: datetime
    channel: Channel


@dataclass(frozen=True)
class Started:
    """The provider is ready for the payer."""

    #: the provider's name for the attempt (Stripe: Checkout Session id; PayPay: code id)
    provider_reference: str
    #: the page on which to pay
    pay_url: str
    #: what a QR code on the screen says, where the method is qr
    qr_text: str | None
    expires_at: datetime


@dataclass(frozen=True)
class FetchRequest:
    """Which payment the provider is asked about; the reference is missing where start was cut."""

    attempt_id: str
    provider_reference: str | None


@dataclass(frozen=True)
class Evidence:
    """The provider's own truth about one payment, fetched from it, never from a notification."""

    status: EvidenceStatus
    #: the provider's own word for the state
    provider_status: str
    #: yen that really came; None while nothing has
    amount: int | None = None
    #: ISO 4217, upper case
    currency: str | None = None
    #: the merchant that was paid; None where the provider's answer does not name it
    merchant: str | None = None
    #: the attempt id that the provider keeps beside the payment
    reference: str | None = None
    provider_reference: str | None = None
    #: the provider's id of the money movement, as in its settlement files
    transaction_id: str | None = None
    paid_at: datetime | None = None
    #: yen that the provider has paid back so far, for whatever reason
    refunded: int = 0
    #: why it did not succeed (yet), in the provider's words
    message: str | None = None
    #: the parts of the answer that the above was read from, for the file
    raw: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class RefundRequest:
    """A refund to be made, or looked up. Repeating it with the same key must be harmless."""

    refund_id: str
    attempt_id: str
    idempotency_key: str
    #: the money movement that is (partly) taken back
    transaction_id: str
    #: yen
    amount: int
    reason: str
    #: the provider's id of the refund, where it has already told us
    provider_refund_id: str | None = None


@dataclass(frozen=True)
class RefundEvidence:
    """The provider's own truth about one refund."""

    status: RefundStatus
    provider_status: str
    provider_refund_id: str | None = None
    #: yen
    amount: int | None = None
    currency: str | None = None
    message: str | None = None


@dataclass(frozen=True)
class WebhookNotice:
    """What a notification says happened, and to which attempt: a reason to go and ask."""

    #: unique per event at the provider; a second delivery carries the same
    event_id: str
    event_type: str
    #: whether the provider proved that it sent this
    signed: bool
    #: our attempt id as the provider repeats it; None where the event is about something else
    attempt_id: str | None
    #: the provider's name for the attempt, where the event carries it
    provider_reference: str | None = None
    #: our refund id, where the event is about a refund of ours
    refund_id: str | None = None


class Provider(Protocol):
    """A payment provider.

    All calls but ``read_webhook`` go over HTTP and raise ProviderUnavailable or ProviderRefused.
    """

    @property
    def name(self) -> str:
        """Key in ``Payments.providers`` and in the ledger's accounts: "stripe", "paypay"."""
        ...

    @property
    def method(self) -> Method: ...

    @property
    def merchant(self) -> str:
        """Who must have been paid for evidence to count."""
        ...

    def expiry(self, now: datetime) -> datetime:
        """Until when an attempt made now can be paid."""
        ...

    def start(self, request: StartRequest) -> Started: ...

    def fetch(self, request: FetchRequest) -> Evidence: ...

    def cancel(self, request: FetchRequest) -> None:
        """Make it impossible to pay this any more. Harmless where it has ended already."""
        ...

    def refund(self, request: RefundRequest) -> RefundEvidence: ...

    def fetch_refund(self, request: RefundRequest) -> RefundEvidence: ...

    def read_webhook(self, headers: Mapping[str, str], body: bytes) -> WebhookNotice:
        """Verify and read. Raises WebhookRefused."""
        ...
