"""Our side of the sign-in: OpenID Connect, authorization code with PKCE.

Written against the national sign-in app (デジタル認証アプリ); any conforming provider that signs
with ES256 and takes private_key_jwt serves as well.
"""

from collections.abc import Mapping
from typing import Any

import httpx

from auth.oidc.results import Begun, SignedIn, SignInFailed
from auth.oidc.settings import RelyingPartySettings
from foundation.clock import Clock


class RelyingParty:
    """Signs people in with one provider. Safe to share between threads."""

    def __init__(self, settings: RelyingPartySettings, clock: Clock, http: httpx.Client) -> None:
        self.settings = settings

    def client_jwks(self) -> dict[str, Any]:
        """Our public keys, to be served at the address that is registered with the provider."""
        raise NotImplementedError

    def begin(self, purpose: str, next_url: str, *, language: str = "ja") -> Begun | SignInFailed:
        """Start a sign-in. ``purpose`` and ``next_url`` (a path of ours) come back in SignedIn.

        The only failure is UNAVAILABLE: the provider can't be reached.
        """
        raise NotImplementedError

    def finish(
        self, transaction: Mapping[str, Any] | None, query: Mapping[str, str]
    ) -> SignedIn | SignInFailed:
        """The browser is back: ``transaction`` as begun (and taken out of the session), ``query``
        as it stands in the address."""
        raise NotImplementedError
