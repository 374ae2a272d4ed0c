"""QR payment by PayPay: a dynamic code (ORDER_QR) that a phone scans, or opens as a link.

The attempt id is the merchantPaymentId, the refund id the merchantRefundId: both are PayPay's
idempotency keys and the last column of its transaction file.
Source: https://www.paypay.ne.jp/opa/doc/v1.0/dynamicqrcode
"""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from foundation.clock import Clock
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
from payments.providers.paypay_client import PayPayClient, PayPaySettings
from payments.providers.paypay_statuses import PAYMENTS, REFUNDED, REFUNDS
from payments.providers.webhook_json import read_object, text_at

#: How long PayPay lets a dynamic code be paid, where it does not tell us otherwise.
CODE_TIME = timedelta(minutes=5)

#: PayPay cuts an order description at this length.
_DESCRIPTION = 255

_UNKNOWN_PAYMENT = ("DYNAMIC_QR_PAYMENT_NOT_FOUND", "RESOURCE_NOT_FOUND")
_UNKNOWN_REFUND = ("NO_SUCH_REFUND_ORDER", "RESOURCE_NOT_FOUND")


class PayPay:
    """payments.providers.base.Provider for PayPay."""

    name = "paypay"
    method = Method.QR

    def __init__(self, settings: PayPaySettings, clock: Clock) -> None:
        self.merchant = settings.merchant_id
        self._client = PayPayClient(settings, clock)
        self._clock = clock

    def expiry(self, now: datetime) -> datetime:
        return (now + CODE_TIME).replace(microsecond=0)

    def start(self, request: StartRequest) -> Started:
        data = self._client.call(
            "POST",
            "v2",
            "codes",
            body={
                "merchantPaymentId": request.attempt_id,
                "amount": {"amount": request.amount, "currency": JPY},
                "codeType": "ORDER_QR",
                "orderDescription": request.description[:_DESCRIPTION],
                "isAuthorization": False,
                "redirectUrl": request.return_url,
                "redirectType": "WEB_LINK",
                "requestedAt": int(self._clock().timestamp()),
            },
        )
        expires = data.get("expiryDate")
        try:
            return Started(
                provider_reference=str(data["codeId"]),
                pay_url=str(data["url"]),
                qr_text=str(data["url"]),
                expires_at=request.expires_at if expires is None else _moment(expires),
            )
        except KeyError as missing:
            raise ProviderUnavailable("paypay", f"an answer without {missing}") from None

    def fetch(self, request: FetchRequest) -> Evidence:
        try:
            data = self._client.call("GET", "v2", "codes", "payments", request.attempt_id)
        except ProviderRefused as refusal:
            if refusal.code in _UNKNOWN_PAYMENT:
                return Evidence(EvidenceStatus.NOT_FOUND, refusal.code)
            raise
        return read_payment(data)

    def cancel(self, request: FetchRequest) -> None:
        if request.provider_reference is None:
            # Only the code can be taken back without touching money; it lapses in minutes anyway.
            return
        try:
            self._client.call("DELETE", "v2", "codes", request.provider_reference)
        except ProviderRefused:
            # It is paid, or gone; which of them, fetch tells.
            return

    def refund(self, request: RefundRequest) -> RefundEvidence:
        data = self._client.call(
            "POST",
            "v2",
            "refunds",
            body={
                "merchantRefundId": request.refund_id,
                "paymentId": request.transaction_id,
                "amount": {"amount": request.amount, "currency": JPY},
                "requestedAt": int(self._clock().timestamp()),
                "reason": request.reason[:_DESCRIPTION],
            },
        )
        return read_refund(data)

    def fetch_refund(self, request: RefundRequest) -> RefundEvidence:
        try:
            data = self._client.call("GET", "v2", "refunds", request.refund_id)
        except ProviderRefused as refusal:
            if refusal.code in _UNKNOWN_REFUND:
                return RefundEvidence(RefundStatus.NOT_FOUND, refusal.code)
            raise
        return read_refund(data)

    def read_webhook(self, headers: Mapping[str, str], body: bytes) -> WebhookNotice:
        # PayPay does not sign its notifications (it only names the addresses they come from), so
        # nothing in them is believed: the order number makes us ask PayPay, and that is all.
        notice = read_object(body)
        attempt_id = text_at(notice, "merchant_order_id")
        if text_at(notice, "merchant_id") != self.merchant or attempt_id is None:
            raise WebhookRefused("not about a payment of ours")
        return WebhookNotice(
            # Not the notification's own id, which somebody else could use up before PayPay does.
            event_id=hashlib.sha256(body).hexdigest(),
            event_type=text_at(notice, "state") or "",
            signed=False,
            attempt_id=attempt_id,
        )


def read_payment(data: Mapping[str, Any]) -> Evidence:
    """The details of a payment as evidence. Raises ProviderUnavailable for an unknown state."""
    words = str(data.get("status"))
    if words not in PAYMENTS:
        raise ProviderUnavailable("paypay", f"unknown state {words}")
    status = PAYMENTS[words]
    amount = data.get("amount") or {}
    accepted = data.get("acceptedAt")
    succeeded = status == EvidenceStatus.SUCCEEDED
    return Evidence(
        status=status,
        provider_status=words,
        amount=amount.get("amount") if succeeded else None,
        currency=amount.get("currency") if succeeded else None,
        merchant=data.get("assumeMerchant"),
        reference=data.get("merchantPaymentId"),
        # The code's id is not in this answer.
        provider_reference=None,
        transaction_id=data.get("paymentId") if succeeded else None,
        paid_at=_moment(accepted) if succeeded and accepted else None,
        refunded=_given_back(words, data),
        raw={
            "paymentId": data.get("paymentId"),
            "amount": dict(amount),
            "acceptedAt": accepted,
            "refunded": _given_back(words, data),
        },
    )


def read_refund(data: Mapping[str, Any]) -> RefundEvidence:
    """A refund as evidence. Raises ProviderUnavailable for an unknown state."""
    words = str(data.get("status"))
    if words not in REFUNDS:
        raise ProviderUnavailable("paypay", f"unknown refund state {words}")
    amount = data.get("amount") or {}
    return RefundEvidence(
        status=REFUNDS[words],
        provider_status=words,
        provider_refund_id=data.get("merchantRefundId"),
        amount=amount.get("amount"),
        currency=amount.get("currency"),
    )


def _given_back(words: str, data: Mapping[str, Any]) -> int:
    """Yen that PayPay paid back: its refunds, or all where a paid payment was cancelled."""
    whole = int((data.get("amount") or {}).get("amount") or 0)
    if words == "CANCELED":
        return whole if data.get("acceptedAt") else 0
    refunds = (data.get("refunds") or {}).get("data")
    if not refunds:
        return whole if words == REFUNDED else 0
    return sum(
        int(refund["amount"]["amount"])
        for refund in refunds
        if REFUNDS.get(str(refund.get("status"))) == RefundStatus.SUCCEEDED
    )


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
