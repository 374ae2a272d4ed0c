"""The ``Stripe-Signature`` header of webhooks.

``t=<unix seconds>,v1=<hex>``: HMAC-SHA256 over ``<t>.<body>``; several ``v1`` while a secret is
being rotated at Stripe, several secrets here while it is being rotated at ours. Verified by hand
rather than with the library, which reads the machine's clock and knows one secret at a time.
Source: https://docs.stripe.com/webhooks#verify-manually
"""

import hashlib
import hmac
from collections.abc import Sequence
from datetime import datetime

from payments.providers.base import WebhookRefused

#: Seconds by which a delivery may be old (or the clocks apart).
TOLERANCE = 300


def verify(body: bytes, header: str | None, secrets: Sequence[str], now: datetime) -> None:
    """Raises WebhookRefused unless one secret signed this body within the tolerance."""
    moment, signatures = _read(header)
    if abs(int(now.timestamp()) - moment) > TOLERANCE:
        raise WebhookRefused("the signature is too old")
    expected = [sign(body, secret, moment) for secret in secrets]
    matches = [
        hmac.compare_digest(mine.encode(), theirs.encode())
        for mine in expected
        for theirs in signatures
    ]
    if not any(matches):
        raise WebhookRefused("no signature matches")


def sign(body: bytes, secret: str, moment: int) -> str:
    """The ``v1`` signature of a body at a moment (unix seconds)."""
    return hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()


def _read(header: str | None) -> tuple[int, list[str]]:
    pairs = [part.partition("=") for part in (header or "").split(",")]
    moments = [value for key, _, value in pairs if key.strip() == "t"]
    signatures = [value for key, _, value in pairs if key.strip() == "v1"]
    try:
        return int(moments[0]), signatures
    except (IndexError, ValueError):
        raise WebhookRefused("the Stripe-Signature header is missing or unreadable") from None
