"""HMAC authentication of requests to the PayPay Open Payment API.

``Authorization: hmac OPA-Auth:{key}:{mac}:{nonce}:{epoch}:{bodyhash}``; bodyhash is base64 MD5 over
content type and body; mac is base64 HMAC-SHA256 over path, method, nonce, epoch, content type and
bodyhash, a line each. A request without a body says "empty" for content type and hash.
Source: https://www.paypay.ne.jp/opa/doc/v1.0/webcashier#section/Authentication
"""

import base64
import hashlib
import hmac

_EMPTY = "empty"


def authorization(
    *,
    key: str,
    secret: str,
    method: str,
    path: str,
    content_type: str,
    body: bytes,
    nonce: str,
    epoch: int,
) -> str:
    """The value of the Authorization header. ``path`` is without host and query."""
    digest = _body_hash(content_type, body)
    kind = content_type if body else _EMPTY
    message = "\n".join((path, method, nonce, str(epoch), kind, digest))
    mac = base64.b64encode(
        hmac.new(secret.encode(), message.encode(), hashlib.sha256).digest()
    ).decode()
    return f"hmac OPA-Auth:{key}:{mac}:{nonce}:{epoch}:{digest}"


def _body_hash(content_type: str, body: bytes) -> str:
    if not body:
        return _EMPTY
    # MD5 is what PayPay prescribes; what protects is the HMAC around it.
    digest = hashlib.md5(content_type.encode() + body, usedforsecurity=False).digest()
    return base64.b64encode(digest).decode()
