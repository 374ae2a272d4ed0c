"""What a provider says about itself: endpoints and keys, fetched and kept for a while."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import httpx
from jose import jwk
from jose.backends.base import Key
from jose.exceptions import JWKError

from auth.oidc.keys import ALGORITHM
from auth.oidc.settings import RelyingPartySettings, is_safe_url
from foundation.clock import Clock

#: How long the discovery document and the keys are believed.
FRESH_FOR = timedelta(hours=1)
#: A stranger's made-up key ids don't make us fetch more often than this.
REFETCH_AFTER = timedelta(seconds=30)
TIMEOUT = httpx.Timeout(5.0, connect=3.0)
#: More than any honest answer needs, in bytes.
LARGEST_ANSWER = 256 * 1024


class ProviderUnavailable(Exception):
    """The provider can't be reached, or what it says can't be used."""


@dataclass(frozen=True)
class Endpoints:
    """The discovery document, as far as we need it."""

    authorization: str
    token: str
    userinfo: str
    jwks: str
    #: whether every return carries ``iss`` (RFC 9207)
    names_itself: bool


@dataclass(frozen=True)
class _Kept:
    endpoints: Endpoints
    keys: Mapping[str, Key]
    endpoints_at: datetime
    keys_at: datetime


class Provider:
    """One provider's endpoints and keys. Safe to share between threads."""

    def __init__(self, settings: RelyingPartySettings, clock: Clock, http: httpx.Client) -> None:
        self._settings, self._clock, self._http = settings, clock, http
        self._lock = threading.Lock()
        self._kept: _Kept | None = None

    def endpoints(self) -> Endpoints:
        """Where to send what. Raises ProviderUnavailable."""
        with self._lock:
            return self._fresh().endpoints

    def key(self, kid: str) -> Key | None:
        """The key that a token names; an unknown one is looked for once more, keys rotate.

        Raises ProviderUnavailable.
        """
        # Whoever waited for the lock finds what the one before has fetched.
        with self._lock:
            kept = self._fresh()
            found = kept.keys.get(kid)
            now = self._clock()
            if found is not None or now < kept.keys_at + REFETCH_AFTER:
                return found
            self._kept = replace(kept, keys=self._fetch_keys(kept.endpoints), keys_at=now)
            return self._kept.keys.get(kid)

    def _fresh(self) -> _Kept:
        """What is known, fetched where it is old. The lock is held by the caller."""
        now = self._clock()
        if self._kept is None or now >= self._kept.endpoints_at + FRESH_FOR:
            endpoints = self._discover()
            self._kept = _Kept(endpoints, self._fetch_keys(endpoints), now, now)
        return self._kept

    def _discover(self) -> Endpoints:
        issuer = self._settings.issuer
        document = self._get(f"{issuer}/.well-known/openid-configuration")
        if document.get("issuer") != issuer:
            raise ProviderUnavailable("the discovery document names another issuer")
        return Endpoints(
            authorization=self._address(document, "authorization_endpoint"),
            token=self._address(document, "token_endpoint"),
            userinfo=self._address(document, "userinfo_endpoint"),
            jwks=self._address(document, "jwks_uri"),
            names_itself=document.get("authorization_response_iss_parameter_supported") is True,
        )

    def _address(self, document: Mapping[str, Any], name: str) -> str:
        url = document.get(name)
        if not isinstance(url, str) or not is_safe_url(url, production=self._settings.production):
            raise ProviderUnavailable(f"the discovery document has no safe {name}")
        return url

    def _fetch_keys(self, endpoints: Endpoints) -> Mapping[str, Key]:
        return parse_jwks(self._get(endpoints.jwks))

    def _get(self, url: str) -> Mapping[str, Any]:
        try:
            answer = self._http.get(url, timeout=TIMEOUT, follow_redirects=False)
        except httpx.HTTPError as error:
            raise ProviderUnavailable(f"{url}: {error!r}") from error
        return json_object(answer)


def json_object(answer: httpx.Response) -> Mapping[str, Any]:
    """The JSON object of a good answer. Raises ProviderUnavailable for anything else."""
    if answer.status_code != httpx.codes.OK:
        raise ProviderUnavailable(f"{answer.url}: HTTP {answer.status_code}")
    if len(answer.content) > LARGEST_ANSWER:
        raise ProviderUnavailable(f"{answer.url}: {len(answer.content)} bytes")
    try:
        document = answer.json()
    except ValueError as error:
        raise ProviderUnavailable(f"{answer.url}: no JSON") from error
    if not isinstance(document, dict):
        raise ProviderUnavailable(f"{answer.url}: no JSON object")
    return document


def parse_jwks(document: Mapping[str, Any]) -> dict[str, Key]:
    """The usable keys of a JWKS by key id: ES256 for signatures, each parsed once.

    Other keys are passed over, as a provider may offer several kinds.
    Raises ProviderUnavailable where it isn't a JWKS at all.
    """
    entries = document.get("keys")
    if not isinstance(entries, list):
        raise ProviderUnavailable("the key set holds no list of keys")
    keys: dict[str, Key] = {}
    for entry in entries:
        if not isinstance(entry, dict):
            continue
        if not all(isinstance(entry.get(name), str) for name in ("kid", "x", "y")):
            continue
        if entry.get("kty") != "EC" or entry.get("crv") != "P-256":
            continue
        if entry.get("use", "sig") != "sig" or entry.get("alg", ALGORITHM) != ALGORITHM:
            continue
        try:
            keys[entry["kid"]] = jwk.construct(entry, ALGORITHM)
        except (JWKError, ValueError):
            continue
    return keys
