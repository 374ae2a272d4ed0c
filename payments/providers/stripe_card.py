"""Cards through Stripe Checkout, hosted by Stripe: no card number ever reaches the city.

JPY is zero-decimal: ``unit_amount`` is whole yen. The attempt id travels as client_reference_id and
in the metadata of session and payment intent, from where Stripe copies it into its reports.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import stripe

from foundation.clock import Clock
from payments.providers.base import (
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
)
from payments.providers.stripe_signature import verify
from payments.providers.stripe_statuses import REFUNDS, session_status
from payments.providers.webhook_json import read_object, text_at

#: Its answers have these shapes for ever, whatever Stripe's newest version is.
API_VERSION = "2026-10-28.endive"

#: Stripe wants at least 30 minutes between its receiving the request and the expiry.
CHECKOUT_TIME = timedelta(minutes=35)

_CHARGE = "payment_intent.latest_charge"
_BALANCE = f"{_CHARGE}.balance_transaction"


@dataclass(frozen=True)
class StripeSettings:
    """Key and address; ``webhook_secrets`` are several while one is being rotated."""

    api_key: str = field(repr=False)
    api_base: str
    webhook_secrets: tuple[str, ...] = field(repr=False)
    #: seconds
    connect_timeout: float
    read_timeout: float

    @property
    def merchant(self) -> str:
        """A secret key belongs to one account, in live or in test mode: that is who is asked."""
        return "stripe:live" if self.api_key.startswith(("sk_live_", "rk_live_")) else "stripe:test"


class StripeCard:
    """payments.providers.base.Provider for Stripe."""

    name = "stripe"
    method = Method.CARD

    def __init__(self, settings: StripeSettings, clock: Clock) -> None:
        self.merchant = settings.merchant
        self._secrets: Sequence[str] = settings.webhook_secrets
        self._clock = clock
        self._client = stripe.StripeClient(
            settings.api_key,
            stripe_version=API_VERSION,
            base_addresses={"api": settings.api_base},
            # Safe, as every POST carries its idempotency key.
            max_network_retries=1,
            http_client=stripe.RequestsClient(
                timeout=(settings.connect_timeout, settings.read_timeout)
            ),
        )

    def expiry(self, now: datetime) -> datetime:
        return (now + CHECKOUT_TIME).replace(microsecond=0)

    def start(self, request: StartRequest) -> Started:
        metadata = {"attempt_id": request.attempt_id}
        with _translated():
            session = self._client.v1.checkout.sessions.create(
                {
                    "mode": "payment",
                    "locale": "auto",
                    "client_reference_id": request.attempt_id,
                    "metadata": metadata,
                    "payment_intent_data": {
                        "metadata": metadata,
                        "description": request.description,
                    },
                    "line_items": [
                        {
                            "quantity": 1,
                            "price_data": {
                                "currency": "jpy",
                                "unit_amount": request.amount,
                                "product_data": {"name": request.description},
                            },
                        }
                    ],
                    "success_url": request.return_url,
                    "cancel_url": request.return_url,
                    "expires_at": int(request.expires_at.timestamp()),
                },
                {"idempotency_key": request.idempotency_key},
            )
        return Started(
            provider_reference=session.id,
            pay_url=session.url or "",
            qr_text=None,
            expires_at=_moment(session.expires_at),
        )

    def fetch(self, request: FetchRequest) -> Evidence:
        if request.provider_reference is None:
            # Stripe finds a session by its own id alone; whoever has none repeats the start.
            return Evidence(EvidenceStatus.NOT_FOUND, "no session id")
        try:
            with _translated():
                session = self._client.v1.checkout.sessions.retrieve(
                    request.provider_reference, {"expand": [_BALANCE]}
                )
        except ProviderRefused as refusal:
            if refusal.code == "resource_missing":
                return Evidence(EvidenceStatus.NOT_FOUND, refusal.code)
            raise
        return read_session(session.to_dict())

    def cancel(self, request: FetchRequest) -> None:
        if request.provider_reference is None:
            return
        try:
            with _translated():
                self._client.v1.checkout.sessions.expire(request.provider_reference)
        except ProviderRefused:
            # Only an open session can be made to expire; what this one is, fetch tells.
            return

    def refund(self, request: RefundRequest) -> RefundEvidence:
        with _translated():
            refund = self._client.v1.refunds.create(
                {
                    "payment_intent": request.transaction_id,
                    "amount": request.amount,
                    "metadata": {
                        "refund_id": request.refund_id,
                        "attempt_id": request.attempt_id,
                    },
                },
                {"idempotency_key": request.idempotency_key},
            )
        return read_refund(refund.to_dict())

    def fetch_refund(self, request: RefundRequest) -> RefundEvidence:
        with _translated():
            if request.provider_refund_id is not None:
                refund = self._client.v1.refunds.retrieve(request.provider_refund_id)
                return read_refund(refund.to_dict())
            # Its id never reached us: look whether one of this payment's refunds is ours. An
            # idempotency key is remembered for a day only, the metadata for ever.
            listed = self._client.v1.refunds.list(
                {"payment_intent": request.transaction_id, "limit": 100}
            )
            for refund in listed.auto_paging_iter():
                found = refund.to_dict()
                if (found.get("metadata") or {}).get("refund_id") == request.refund_id:
                    return read_refund(found)
        return RefundEvidence(RefundStatus.NOT_FOUND, "none with this refund_id")

    def read_webhook(self, headers: Mapping[str, str], body: bytes) -> WebhookNotice:
        given = {name.lower(): value for name, value in headers.items()}
        verify(body, given.get("stripe-signature"), self._secrets, self._clock())
        event = read_object(body)
        about = text_at(event, "data", "object", "object")
        return WebhookNotice(
            event_id=text_at(event, "id") or "",
            event_type=text_at(event, "type") or "",
            signed=True,
            attempt_id=text_at(event, "data", "object", "metadata", "attempt_id")
            or text_at(event, "data", "object", "client_reference_id"),
            provider_reference=text_at(event, "data", "object", "id")
            if about == "checkout.session"
            else None,
            refund_id=text_at(event, "data", "object", "metadata", "refund_id")
            if about == "refund"
            else None,
        )


def read_session(session: Mapping[str, Any]) -> Evidence:
    """A Checkout Session with its expanded payment intent, as evidence.

    Raises ProviderUnavailable for a state that the pinned API version does not have.
    """
    intent: Mapping[str, Any] = session.get("payment_intent") or {}
    charge: Mapping[str, Any] = intent.get("latest_charge") or {}
    words = f"{session['status']}/{session['payment_status']}/{intent.get('status', 'none')}"
    try:
        status = session_status(session["status"], intent.get("status"))
    except KeyError:
        raise ProviderUnavailable("stripe", f"unknown state {words}") from None
    succeeded = status == EvidenceStatus.SUCCEEDED
    error = intent.get("last_payment_error") or {}
    balance = charge.get("balance_transaction") or {}
    return Evidence(
        status=status,
        provider_status=words,
        amount=intent.get("amount_received") if succeeded else None,
        currency=str(intent.get("currency", "")).upper() if succeeded else None,
        merchant="stripe:live" if session.get("livemode") else "stripe:test",
        reference=session.get("client_reference_id"),
        provider_reference=session["id"],
        transaction_id=intent.get("id") if succeeded else None,
        paid_at=_moment(charge["created"]) if succeeded and "created" in charge else None,
        refunded=charge.get("amount_refunded") or 0,
        message=error.get("message"),
        raw={
            "session": session["id"],
            "payment_intent": intent.get("id"),
            "charge": charge.get("id"),
            "balance_transaction": balance.get("id"),
            "amount_received": intent.get("amount_received"),
            "amount_refunded": charge.get("amount_refunded"),
            "fee": balance.get("fee"),
        },
    )


def read_refund(refund: Mapping[str, Any]) -> RefundEvidence:
    """A Refund as evidence. Raises ProviderUnavailable for a state that is not known."""
    words = str(refund.get("status"))
    if words not in REFUNDS:
        raise ProviderUnavailable("stripe", f"unknown refund state {words}")
    return RefundEvidence(
        status=REFUNDS[words],
        provider_status=words,
        provider_refund_id=refund["id"],
        amount=refund["amount"],
        currency=str(refund["currency"]).upper(),
        message=refund.get("failure_reason"),
    )


@contextmanager
def _translated() -> Iterator[None]:
    """Stripe's errors as ours: what is certain not to have happened, and all the rest."""
    try:
        yield
    except stripe.StripeError as error:
        message = error.user_message or str(error)
        code = error.code or ""
        status = error.http_status or 0
        # 409 is a request under the same key that is still running.
        if isinstance(error, stripe.APIConnectionError) or status in (0, 409, 429):
            raise ProviderUnavailable("stripe", message, code=code) from error
        if status >= 500:
            raise ProviderUnavailable("stripe", message, code=code) from error
        raise ProviderRefused("stripe", message, code=code) from error


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
