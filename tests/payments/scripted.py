"""A provider as an outside party whose doings a test decides, without HTTP in between."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from payments.providers.base import (
    JPY,
    Evidence,
    EvidenceStatus,
    FetchRequest,
    Method,
    ProviderRefused,
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
class ScriptedProvider:
    """Keeps what it was asked, and says about it what the test wants it to say."""

    name: str = "stripe"
    method: Method = Method.CARD
    merchant: str = "merchant"
    truth: dict[str, Evidence] = field(default_factory=dict)
    refunds: dict[str, RefundEvidence] = field(default_factory=dict)
    #: how a refund turns out
    refund_outcome: RefundStatus = RefundStatus.SUCCEEDED
    #: True: does nothing and does not answer
    is_down: bool = False
    #: True: does it, and the answer is lost
    loses_answers: bool = False
    refuses: bool = False
    keys: list[str] = field(default_factory=list)

    def expiry(self, now: datetime) -> datetime:
        return now + timedelta(minutes=30)

    def start(self, request: StartRequest) -> Started:
        self._reach(request.idempotency_key)
        if self.refuses:
            raise ProviderRefused(self.name, "no", code="refused")
        self.truth.setdefault(
            request.attempt_id,
            Evidence(
                EvidenceStatus.PENDING,
                "open",
                reference=request.attempt_id,
                provider_reference=f"ref-{request.attempt_id}",
            ),
        )
        self._answer()
        return Started(
            provider_reference=f"ref-{request.attempt_id}",
            pay_url=f"https://provider.example/{request.attempt_id}",
            qr_text=None,
            expires_at=request.expires_at,
        )

    def fetch(self, request: FetchRequest) -> Evidence:
        self._reach()
        return self.truth.get(request.attempt_id, Evidence(EvidenceStatus.NOT_FOUND, "unknown"))

    def cancel(self, request: FetchRequest) -> None:
        self._reach()
        known = self.truth.get(request.attempt_id)
        if known is not None and known.status == EvidenceStatus.PENDING:
            self.says(request.attempt_id, EvidenceStatus.EXPIRED)

    def refund(self, request: RefundRequest) -> RefundEvidence:
        self._reach(request.idempotency_key)
        if self.refuses:
            raise ProviderRefused(self.name, "no", code="refused")
        if request.refund_id not in self.refunds:
            self.refunds[request.refund_id] = RefundEvidence(
                self.refund_outcome,
                self.refund_outcome.value,
                provider_refund_id=f"re-{request.refund_id}",
                amount=request.amount,
                currency=JPY,
            )
            if self.refund_outcome == RefundStatus.SUCCEEDED:
                self.gives_back(request.attempt_id, request.amount)
        self._answer()
        return self.refunds[request.refund_id]

    def fetch_refund(self, request: RefundRequest) -> RefundEvidence:
        self._reach()
        return self.refunds.get(
            request.refund_id, RefundEvidence(RefundStatus.NOT_FOUND, "unknown")
        )

    def read_webhook(self, headers: Mapping[str, str], body: bytes) -> WebhookNotice:
        raise WebhookRefused("this provider sends none")

    def is_paid(self, attempt_id: str, amount: int) -> None:
        """The payer pays."""
        self.truth[attempt_id] = paid(attempt_id, amount, merchant=self.merchant)

    def says(self, attempt_id: str, status: EvidenceStatus) -> None:
        """From now on the answer about this attempt has this status."""
        self.truth[attempt_id] = replace(
            self.truth[attempt_id], status=status, provider_status=status.value
        )

    def gives_back(self, attempt_id: str, amount: int) -> None:
        """Money goes back to the payer, asked for by us or not."""
        known = self.truth[attempt_id]
        self.truth[attempt_id] = replace(known, refunded=known.refunded + amount)

    def _reach(self, key: str | None = None) -> None:
        if key is not None:
            self.keys.append(key)
        if self.is_down:
            raise ProviderUnavailable(self.name, "down")

    def _answer(self) -> None:
        if self.loses_answers:
            raise ProviderUnavailable(self.name, "time-out")


def paid(attempt_id: str, amount: int, *, merchant: str = "merchant") -> Evidence:
    """Evidence in which everything is right."""
    return Evidence(
        EvidenceStatus.SUCCEEDED,
        "paid",
        amount=amount,
        currency=JPY,
        merchant=merchant,
        reference=attempt_id,
        provider_reference=f"ref-{attempt_id}",
        transaction_id=f"txn-{attempt_id}",
    )
