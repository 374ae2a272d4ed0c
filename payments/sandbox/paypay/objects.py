"""PayPay's objects as JSON."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote

from payments.sandbox.paypay.models import Code, CodeStatus, PayPayRefund


def seconds(moment: datetime) -> int:
    """PayPay writes moments as whole seconds since 1970."""
    return int(moment.timestamp())


def phone_url(code: Code, base_url: str) -> str:
    """The address in the QR code: what the payer's phone opens."""
    return f"{base_url}/paypay/{code.id}"


def code_data(code: Code, base_url: str) -> dict[str, Any]:
    """``data`` of POST /v2/codes: the request repeated, with what PayPay adds."""
    url = phone_url(code, base_url)
    return {
        **code.request,
        "codeId": code.id,
        "url": url,
        "deeplink": f"paypay://payment?link_key={quote(url, safe='')}",
        "expiryDate": seconds(code.expires_at),
        "isAuthorization": False,
    }


def payment_data(code: Code, refunds: Sequence[PayPayRefund], merchant_id: str) -> dict[str, Any]:
    """``data`` of GET /v2/codes/payments/{merchantPaymentId}."""
    data: dict[str, Any] = {
        "paymentId": code.payment_id,
        "status": CodeStatus(code.status).value,
        "acceptedAt": None if code.accepted_at is None else seconds(code.accepted_at),
        "merchantPaymentId": code.merchant_payment_id,
        "amount": {"amount": code.amount, "currency": "JPY"},
        "requestedAt": code.request.get("requestedAt", seconds(code.created)),
        "expiresAt": None,
        "storeId": code.request.get("storeId"),
        "terminalId": code.request.get("terminalId"),
        "orderReceiptNumber": None,
        "orderDescription": code.request.get("orderDescription"),
        "orderItems": code.request.get("orderItems"),
        "metadata": code.request.get("metadata"),
        "assumeMerchant": merchant_id,
    }
    if code.accepted_at is not None:
        data["paymentMethods"] = [
            {"amount": {"amount": code.amount, "currency": "JPY"}, "type": "WALLET"}
        ]
    if refunds:
        data["refunds"] = {"data": [refund_data(refund, code) for refund in refunds]}
    return data


def refund_data(refund: PayPayRefund, code: Code) -> dict[str, Any]:
    """``data`` of a refund."""
    return {
        "status": "REFUNDED",
        "acceptedAt": seconds(refund.accepted_at),
        "merchantRefundId": refund.merchant_refund_id,
        "paymentId": code.payment_id,
        "amount": {"amount": refund.amount, "currency": "JPY"},
        "requestedAt": refund.requested_at,
        "reason": refund.reason,
    }
