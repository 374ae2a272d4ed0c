"""The headers with which each provider sends its webhooks."""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime

from payments.sandbox.settings import SandboxSettings

STRIPE = "stripe"
PAYPAY = "paypay"


def stripe_signature(body: str, secret: str, at: datetime) -> str:
    """``t=…,v1=…``: HMAC-SHA256 over ``timestamp.body``, in hexadecimal."""
    timestamp = int(at.timestamp())
    digest = hmac.new(secret.encode(), f"{timestamp}.{body}".encode(), hashlib.sha256)
    return f"t={timestamp},v1={digest.hexdigest()}"


def headers(
    settings: SandboxSettings, provider: str, body: str, now: datetime
) -> Mapping[str, str]:
    """Headers of one delivery; Stripe signs each try anew, PayPay signs nothing.

    (PayPay tells its merchants to admit its addresses only and to fetch the payment again.)
    """
    if provider == STRIPE:
        return {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
            "Stripe-Signature": stripe_signature(body, settings.stripe_webhook_secret, now),
        }
    return {"Content-Type": "application/json", "User-Agent": "PayPay-Sandbox/1.0"}


def address(settings: SandboxSettings, provider: str) -> str:
    """Where a provider's webhooks go."""
    return settings.stripe_webhook_url if provider == STRIPE else settings.paypay_webhook_url
