"""Our side of the sign-in: OpenID Connect, authorization code with PKCE.

Written against the national sign-in app (デジタル認証アプリ); any conforming provider that signs
with ES256 and takes private_key_jwt serves as well.
"""

import hashlib
import hmac
import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import httpx
from jose.utils import base64url_encode

from auth.oidc.claims import ClaimsUnusable, parse_identity
from auth.oidc.id_token import IdTokenRules, TokenInvalid, verified_claims
from auth.oidc.keys import jwks
from auth.oidc.provider import TIMEOUT, Endpoints, Provider, ProviderUnavailable, json_object
from auth.oidc.results import Begun, Reason, SignedIn, SignInFailed
from auth.oidc.settings import RelyingPartySettings
from foundation.clock import Clock
from foundation.ids import new_token
from foundation.paths import local_path

logger = logging.getLogger(__name__)

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
#: How long our proof to the token endpoint is good, in seconds.
ASSERTION_LIFE = 60
#: What the provider adds to ``access_denied``. It only chooses the words that the person reads.
_DENIALS = {
    reason.value: reason
    for reason in (
        Reason.CANCELLED,
        Reason.CARD_LOCKED,
        Reason.CERTIFICATE_EXPIRED,
        Reason.CERTIFICATE_REVOKED,
        Reason.CERTIFICATE_REJECTED,
    )
}


class _Failed(Exception):
    """Inside this module: the sign-in ends here, for this reason."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


class RelyingParty:
    """Signs people in with one provider. Safe to share between threads."""

    def __init__(self, settings: RelyingPartySettings, clock: Clock, http: httpx.Client) -> None:
        self.settings = settings
        self._clock, self._http = clock, http
        self._provider = Provider(settings, clock, http)

    def client_jwks(self) -> dict[str, Any]:
        """Our public keys, to be served at the address that is registered with the provider."""
        return jwks(self.settings.signing_key)

    def begin(self, purpose: str, next_url: str, *, language: str = "ja") -> Begun | SignInFailed:
        """Start a sign-in. ``purpose`` and ``next_url`` (a path of ours) come back in SignedIn.

        ``next_url`` that leads elsewhere becomes ``/``. The only failure is UNAVAILABLE: the
        provider can't be reached.
        """
        next_url = local_path(next_url)
        try:
            endpoints = self._provider.endpoints()
        except ProviderUnavailable as error:
            return self._failed(Reason.UNAVAILABLE, str(error), next_url)
        state, nonce, verifier = new_token(), new_token(), new_token()
        query = {
            "response_type": "code",
            "client_id": self.settings.client_id,
            "redirect_uri": self.settings.redirect_uri,
            "scope": " ".join(self.settings.scopes),
            "state": state,
            "nonce": nonce,
            "code_challenge": code_challenge(verifier),
            "code_challenge_method": "S256",
            "acr_values": self.settings.acr_values,
            "ui_locales": language,
        }
        separator = "&" if "?" in endpoints.authorization else "?"
        return Begun(
            url=f"{endpoints.authorization}{separator}{urlencode(query)}",
            transaction={
                "state": state,
                "nonce": nonce,
                "verifier": verifier,
                "purpose": purpose,
                "next_url": next_url,
                "begun_at": int(self._clock().timestamp()),
            },
        )

    def finish(
        self, transaction: Mapping[str, Any] | None, query: Mapping[str, str]
    ) -> SignedIn | SignInFailed:
        """The browser is back: ``query`` as it stands in the address.

        ``transaction`` is what ``begin`` gave, taken out of the session so that it serves once;
        None where there is none.
        """
        if transaction is None:
            return self._failed(Reason.STATE, "no sign-in was begun here", "/")
        next_url = local_path(transaction["next_url"])
        try:
            self._check_return(transaction, query)
            endpoints = self._provider.endpoints()
            self._check_sender(endpoints, query)
            code = self._granted_code(query)
            tokens = self._redeem(endpoints, code, transaction["verifier"])
            claims = self._claims(endpoints, tokens, transaction["nonce"])
            identity = parse_identity(self.settings.issuer, claims)
        except _Failed as failure:
            return self._failed(failure.reason, str(failure), next_url)
        except ProviderUnavailable as error:
            return self._failed(Reason.UNAVAILABLE, str(error), next_url)
        except TokenInvalid as error:
            return self._failed(Reason.TOKEN_INVALID, str(error), next_url)
        except ClaimsUnusable as error:
            return self._failed(Reason.CLAIMS, f"unusable claim: {error}", next_url)
        return SignedIn(identity, transaction["purpose"], next_url)

    def _check_return(self, transaction: Mapping[str, Any], query: Mapping[str, str]) -> None:
        given = query.get("state", "")
        if not hmac.compare_digest(given.encode(), transaction["state"].encode()):
            raise _Failed(Reason.STATE, "another state")
        age = self._clock().timestamp() - transaction["begun_at"]
        if age > self.settings.patience:
            raise _Failed(Reason.TIMED_OUT, f"begun {age:.0f} s ago")

    def _check_sender(self, endpoints: Endpoints, query: Mapping[str, str]) -> None:
        """RFC 9207: the answer names the provider, so that two can't be mixed up."""
        sender = query.get("iss")
        if sender is None and not endpoints.names_itself:
            return
        if sender != self.settings.issuer:
            raise _Failed(Reason.MIXED_UP, "the answer names another provider, or none")

    def _granted_code(self, query: Mapping[str, str]) -> str:
        error = query.get("error")
        if error == "access_denied":
            reason = _DENIALS.get(query.get("error_description", ""), Reason.CANCELLED)
            raise _Failed(reason, "denied by the provider")
        if error is not None:
            raise _Failed(Reason.UNAVAILABLE, f"the provider answers {error[:80]!r}")
        code = query.get("code")
        if not code:
            raise _Failed(Reason.TOKEN_REFUSED, "the answer brings no code")
        return code

    def _redeem(self, endpoints: Endpoints, code: str, verifier: str) -> Mapping[str, Any]:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.settings.redirect_uri,
            "code_verifier": verifier,
            "client_id": self.settings.client_id,
            "client_assertion_type": ASSERTION_TYPE,
            "client_assertion": self._assertion(endpoints.token, self._clock()),
        }
        try:
            answer = self._http.post(
                endpoints.token, data=form, timeout=TIMEOUT, follow_redirects=False
            )
        except httpx.HTTPError as error:
            raise ProviderUnavailable(f"token endpoint: {error!r}") from error
        if answer.is_client_error:
            raise _Failed(Reason.TOKEN_REFUSED, f"token endpoint: HTTP {answer.status_code}")
        return json_object(answer)

    def _assertion(self, audience: str, now: datetime) -> str:
        """RFC 7523: we are the client, because we hold its key."""
        issued = int(now.timestamp())
        return self.settings.signing_key.sign(
            {
                "iss": self.settings.client_id,
                "sub": self.settings.client_id,
                "aud": audience,
                "jti": new_token(),
                "iat": issued,
                "exp": issued + ASSERTION_LIFE,
            }
        )

    def _claims(
        self, endpoints: Endpoints, tokens: Mapping[str, Any], nonce: str
    ) -> Mapping[str, Any]:
        """The claims of the ID token, and what the userinfo endpoint adds to them."""
        id_token, access_token = tokens.get("id_token"), tokens.get("access_token")
        if not isinstance(id_token, str) or not isinstance(access_token, str):
            raise TokenInvalid("the token endpoint gave no tokens")
        rules = IdTokenRules(self.settings, nonce, access_token, self._clock())
        claims = verified_claims(id_token, self._provider.key, rules)
        try:
            answer = self._http.get(
                endpoints.userinfo,
                headers={"Authorization": f"Bearer {access_token}"},
                timeout=TIMEOUT,
                follow_redirects=False,
            )
        except (httpx.HTTPError, UnicodeError) as error:
            raise ProviderUnavailable(f"userinfo endpoint: {error!r}") from error
        more = json_object(answer)
        if more.get("sub") != claims["sub"]:
            raise TokenInvalid("userinfo tells of another person")
        # What is signed has the last word.
        return {**more, **claims}

    def _failed(self, reason: Reason, detail: str, next_url: str) -> SignInFailed:
        logger.warning("sign-in with %s failed: %s (%s)", self.settings.issuer, reason, detail)
        return SignInFailed(reason, next_url)


def code_challenge(verifier: str) -> str:
    """RFC 7636, S256: what the provider may see before the verifier itself is shown."""
    digest = hashlib.sha256(verifier.encode("ascii")).digest()
    encoded: bytes = base64url_encode(digest)
    return encoded.decode("ascii")
