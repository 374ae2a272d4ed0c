"""HMAC of the Open Payment API.

``Authorization: hmac OPA-Auth:{key}:{mac}:{nonce}:{epoch}:{bodyhash}``. The body hash is base64
MD5 over content type and body; the MAC is base64 HMAC-SHA256 over path, method, nonce, epoch,
content type and body hash, a line each. A request without body has the word ``empty`` for both
content type and body hash.
"""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from payments.sandbox.paypay.models import SeenNonce
from payments.sandbox.paypay.results import UNAUTHORIZED, PayPayRefusal

_SCHEME = "hmac OPA-Auth:"
_EMPTY = "empty"

#: How far the caller's clock may be off.
SKEW = timedelta(minutes=2)


@dataclass(frozen=True)
class SignedRequest:
    """What the signature is about."""

    #: without query
    path: str
    method: str
    content_type: str
    body: bytes
    authorization: str


def body_hash(content_type: str, body: bytes) -> str:
    """Base64 MD5 over content type and body; ``empty`` without a body."""
    if not body:
        return _EMPTY
    # MD5 is what PayPay prescribes; the MAC around it is what protects.
    digest = hashlib.md5(content_type.encode() + body, usedforsecurity=False).digest()
    return base64.b64encode(digest).decode()


def mac(request: SignedRequest, secret: str, nonce: str, epoch: str, digest: str) -> str:
    """The signature, base64."""
    content_type = request.content_type if request.body else _EMPTY
    message = "\n".join((request.path, request.method, nonce, epoch, content_type, digest))
    signed = hmac.new(secret.encode(), message.encode(), hashlib.sha256).digest()
    return base64.b64encode(signed).decode()


def check(
    session: Session, request: SignedRequest, *, key: str, secret: str, now: datetime
) -> None:
    """Raise PayPayRefusal (401) unless the request is signed, fresh, and not seen before."""
    scheme, _, rest = request.authorization.partition(":")
    parts = rest.split(":")
    if f"{scheme}:" != _SCHEME or len(parts) != 5:
        raise PayPayRefusal(UNAUTHORIZED)
    presented_key, presented_mac, nonce, epoch, presented_digest = parts
    digest = body_hash(request.content_type, request.body)
    expected = mac(request, secret, nonce, epoch, digest)
    genuine = (
        hmac.compare_digest(presented_key.encode(), key.encode())
        and hmac.compare_digest(presented_digest.encode(), digest.encode())
        and hmac.compare_digest(presented_mac.encode(), expected.encode())
    )
    if not genuine or not nonce or not _fresh(epoch, now):
        raise PayPayRefusal(UNAUTHORIZED)
    # A nonce matters only while its epoch is fresh; twice the skew covers a clock ahead of ours.
    session.execute(delete(SeenNonce).where(SeenNonce.seen_at < now - 2 * SKEW))
    if session.get(SeenNonce, nonce) is not None:
        raise PayPayRefusal(UNAUTHORIZED)
    session.add(SeenNonce(nonce=nonce, seen_at=now))


def _fresh(epoch: str, now: datetime) -> bool:
    if not (epoch.isascii() and epoch.isdigit() and len(epoch) <= 12):
        return False
    return abs(now.timestamp() - int(epoch)) < SKEW.total_seconds()
