"""Who asks: registered clients, and their proof at the token endpoint (private_key_jwt)."""

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from jose import jws
from jose.backends.base import Key
from jose.exceptions import JOSEError

from auth.oidc.keys import ALGORITHM
from auth.oidc.mock.settings import MockClient
from auth.oidc.mock.store import SignIns
from auth.oidc.provider import ProviderUnavailable, json_object, parse_jwks
from foundation.clock import Clock

#: How long a client's keys are believed without asking again.
FRESH_FOR = timedelta(hours=1)
#: The longest life that a client may give its proof.
LONGEST_ASSERTION = timedelta(minutes=5)
LEEWAY = timedelta(seconds=60)
TIMEOUT = httpx.Timeout(5.0, connect=3.0)


@dataclass(frozen=True)
class _Kept:
    keys: Mapping[str, Key]
    fetched_at: datetime


class ClientKeys:
    """The public keys of our clients, fetched from where each one shows them."""

    def __init__(self, clock: Clock, http: httpx.Client) -> None:
        self._clock, self._http = clock, http
        self._lock = threading.Lock()
        self._kept: dict[str, _Kept] = {}

    def warm(self, client: MockClient) -> None:
        """Fetch the keys now where they are old.

        Done while the person is on their way to our pages: at the token request, the one process
        of a small portal is busy waiting for us, and couldn't show its keys.
        """
        kept = self._kept.get(client.client_id)
        if kept is None or self._clock() >= kept.fetched_at + FRESH_FOR:
            self._fetch(client)

    def find(self, client: MockClient, kid: str) -> Key | None:
        """The key of that name; an unknown one is looked for once more, clients rotate too."""
        kept = self._kept.get(client.client_id)
        if kept is None or kid not in kept.keys:
            self._fetch(client)
            kept = self._kept.get(client.client_id)
        return kept.keys.get(kid) if kept else None

    def _fetch(self, client: MockClient) -> None:
        try:
            answer = self._http.get(client.jwks_uri, timeout=TIMEOUT)
            keys = parse_jwks(json_object(answer))
        except (httpx.HTTPError, ProviderUnavailable):
            # What was known before stays; without anything known the client is refused later.
            return
        with self._lock:
            self._kept[client.client_id] = _Kept(keys, self._clock())


class ClientAuthentication:
    """Checks the proof of a client."""

    def __init__(self, keys: ClientKeys, sign_ins: SignIns, audiences: frozenset[str]) -> None:
        self._keys, self._sign_ins, self._audiences = keys, sign_ins, audiences

    def accepts(self, client: MockClient, assertion: str, now: datetime) -> bool:
        """RFC 7523, 3: signed by the client, for us, fresh, and never shown before."""
        claims = self._signed_claims(client, assertion)
        if claims is None:
            return False
        if claims.get("iss") != client.client_id or claims.get("sub") != client.client_id:
            return False
        audience = claims.get("aud")
        named = audience if isinstance(audience, list) else [audience]
        if not any(name in self._audiences for name in named if isinstance(name, str)):
            return False
        expiry, jti = claims.get("exp"), claims.get("jti")
        if not isinstance(expiry, int) or not isinstance(jti, str) or not jti:
            return False
        seconds_left = expiry - now.timestamp()
        if not seconds_left + LEEWAY.total_seconds() > 0:
            return False
        if seconds_left > LONGEST_ASSERTION.total_seconds():
            return False
        expires_at = datetime.fromtimestamp(expiry, UTC) + LEEWAY
        return self._sign_ins.spend_assertion(client.client_id, jti, expires_at)

    def _signed_claims(self, client: MockClient, assertion: str) -> dict[str, Any] | None:
        try:
            header = jws.get_unverified_header(assertion)
            kid = header.get("kid")
            if header.get("alg") != ALGORITHM or not isinstance(kid, str):
                return None
            key = self._keys.find(client, kid)
            if key is None:
                return None
            claims = json.loads(jws.verify(assertion, key, algorithms=[ALGORITHM]))
        except (JOSEError, ValueError):
            return None
        return claims if isinstance(claims, dict) else None
