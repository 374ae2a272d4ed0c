"""The ID token: what must be true before a word of it is believed (OpenID Connect Core 3.1.3)."""

import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jose import jws
from jose.backends.base import Key
from jose.exceptions import JOSEError
from jose.utils import base64url_encode

from auth.oidc.keys import ALGORITHM
from auth.oidc.settings import RelyingPartySettings

#: More than any honest token needs, in characters.
LONGEST_TOKEN = 16 * 1024
#: A token that was made longer ago than this wasn't made for the question just asked, in seconds.
OLDEST = 600


class TokenInvalid(Exception):
    """The token is not to be believed; the message says why, and holds nothing personal."""


@dataclass(frozen=True)
class IdTokenRules:
    """What one answer must fit."""

    settings: RelyingPartySettings
    nonce: str
    access_token: str
    now: datetime


def verified_claims(
    token: str, find_key: Callable[[str], Key | None], rules: IdTokenRules
) -> Mapping[str, Any]:
    """The claims of a token that passes every check. Raises TokenInvalid."""
    claims = _signed_claims(token, find_key)
    settings = rules.settings
    if claims.get("iss") != settings.issuer:
        raise TokenInvalid("made by another issuer")
    _check_audience(claims, settings.client_id)
    _check_times(claims, rules)
    if not _same(claims.get("nonce"), rules.nonce):
        raise TokenInvalid("another nonce")
    if "at_hash" in claims and not _same(claims["at_hash"], at_hash(rules.access_token)):
        raise TokenInvalid("at_hash of another access token")
    if claims.get("acr") not in settings.acr_values.split():
        raise TokenInvalid("authenticated less strongly than asked for")
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= 255 or not subject.isprintable():
        raise TokenInvalid("no subject")
    return claims


def at_hash(access_token: str) -> str:
    """The left half of the SHA-256 of an access token, base64url."""
    digest = hashlib.sha256(access_token.encode("ascii", "replace")).digest()
    encoded: bytes = base64url_encode(digest[:16])
    return encoded.decode("ascii")


def _signed_claims(token: str, find_key: Callable[[str], Key | None]) -> Mapping[str, Any]:
    if len(token) > LONGEST_TOKEN:
        raise TokenInvalid(f"{len(token)} characters long")
    try:
        header = jws.get_unverified_header(token)
        if header.get("alg") != ALGORITHM or "crit" in header:
            raise TokenInvalid("signed by an algorithm that isn't spoken here")
        kid = header.get("kid")
        key = find_key(kid) if isinstance(kid, str) else None
        if key is None:
            raise TokenInvalid("signed by an unknown key")
        claims = json.loads(jws.verify(token, key, algorithms=[ALGORITHM]))
    except (JOSEError, ValueError, RecursionError) as error:
        raise TokenInvalid(f"no signature of the provider ({type(error).__name__})") from error
    if not isinstance(claims, dict):
        raise TokenInvalid("no JSON object")
    return claims


def _check_audience(claims: Mapping[str, Any], client_id: str) -> None:
    audience = claims.get("aud")
    audiences = audience if isinstance(audience, list) else [audience]
    if client_id not in audiences:
        raise TokenInvalid("made for another client")
    if (len(audiences) > 1 or "azp" in claims) and claims.get("azp") != client_id:
        raise TokenInvalid("authorised for another client")


def _check_times(claims: Mapping[str, Any], rules: IdTokenRules) -> None:
    now, leeway = rules.now.timestamp(), rules.settings.leeway
    # Each condition is put so that NaN, which JSON of Python's kind can hold, fails it.
    if not now - leeway < _number(claims, "exp"):
        raise TokenInvalid("expired")
    if not now - OLDEST - leeway <= _number(claims, "iat") <= now + leeway:
        raise TokenInvalid("made too long ago, or in the future")
    if "nbf" in claims and not _number(claims, "nbf") <= now + leeway:
        raise TokenInvalid("not valid yet")


def _number(claims: Mapping[str, Any], name: str) -> float:
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TokenInvalid(f"{name} is no number")
    return value


def _same(given: object, expected: str) -> bool:
    # JSON can spell half a character, which UTF-8 can't.
    return isinstance(given, str) and hmac.compare_digest(
        given.encode("utf-8", "surrogatepass"), expected.encode()
    )
