"""A provider as seen from outside: what it truly holds, and what it says when asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from foundation.clock import Clock
from payments.providers.base import (
    JPY,
    Evidence,
    EvidenceStatus,
    FetchRequest,
    Method,
    ProviderUnavailable,
    RefundEvidence,
    RefundRequest,
    RefundStatus,
    Started,
    StartRequest,
    WebhookNotice,
    WebhookRefused,
)


@dataclass
class Counterpart:
    """Stands at the other end of the Provider interface. ``paid`` is its own truth, in yen."""

    name: str
    method: Method
    clock: Clock
    merchant: str = "mihon"
    reachable: bool = True
    paid: dict[str, int] = field(default_factory=dict)
    paid_at: dict[str, datetime] = field(default_factory=dict)
    #: yen that went back, by attempt; ours and its own
    given_back: dict[str, int] = field(default_factory=dict)
    refunds: dict[str, int] = field(default_factory=dict)
    #: also what had been paid: the provider then gives it back on its own
    cancelled: set[str] = field(default_factory=set)

    def transaction_of(self, attempt_id: str) -> str:
        return f"pi_{attempt_id}" if self.name == "stripe" else f"9{int(attempt_id[-12:], 16)}"

    def pay(self, attempt_id: str, amount: int) -> None:
        """The payer pays; nobody tells us."""
        self.paid[attempt_id] = amount
        self.paid_at[attempt_id] = self.clock()

    def expiry(self, now: datetime) -> datetime:
        return now + timedelta(minutes=30)

    def start(self, request: StartRequest) -> Started:
        return Started(
            f"ref_{request.attempt_id}", "https://pay.example/", None, request.expires_at
        )

    def fetch(self, request: FetchRequest) -> Evidence:
        if not self.reachable:
            raise ProviderUnavailable(self.name, "no answer")
        attempt_id = request.attempt_id
        if attempt_id in self.cancelled:
            return Evidence(EvidenceStatus.CANCELLED, "cancelled")
        if attempt_id not in self.paid:
            return Evidence(EvidenceStatus.PENDING, "open")
        return Evidence(
            status=EvidenceStatus.SUCCEEDED,
            provider_status="paid",
            amount=self.paid[attempt_id],
            currency=JPY,
            merchant=self.merchant,
            reference=attempt_id,
            transaction_id=self.transaction_of(attempt_id),
            paid_at=self.paid_at[attempt_id],
            refunded=self.given_back.get(attempt_id, 0),
        )

    def cancel(self, request: FetchRequest) -> None:
        self.cancelled.add(request.attempt_id)

    def refund(self, request: RefundRequest) -> RefundEvidence:
        self.refunds[request.refund_id] = request.amount
        self.given_back[request.attempt_id] = (
            self.given_back.get(request.attempt_id, 0) + request.amount
        )
        return self.fetch_refund(request)

    def fetch_refund(self, request: RefundRequest) -> RefundEvidence:
        amount = self.refunds.get(request.refund_id)
        if amount is None:
            return RefundEvidence(RefundStatus.NOT_FOUND, "none")
        return RefundEvidence(
            RefundStatus.SUCCEEDED, "succeeded", f"re_{request.refund_id}", amount, JPY
        )

    def read_webhook(self, headers: Mapping[str, str], body: bytes) -> WebhookNotice:
        raise WebhookRefused("this counterpart sends none")
