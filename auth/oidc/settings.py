"""How our relying party is configured."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from auth.oidc.keys import SigningKey

_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass(frozen=True)
class RelyingPartySettings:
    """One provider that we let people sign in with. Raises ValueError at once where it is unsafe.

    Nothing but https is spoken, save to this very machine while not in production.
    """

    #: exactly as the provider writes it into its tokens
    issuer: str
    client_id: str
    #: where the provider sends the browser back to; registered there
    redirect_uri: str
    #: proves to the provider that we are the client (private_key_jwt)
    signing_key: SigningKey
    production: bool = False
    scopes: tuple[str, ...] = ("openid", "name", "address", "birthdate", "gender")
    #: the levels of authentication that we ask for; an answer must name one of them
    acr_values: str = "aal3 crl"
    #: how long a person may take to sign in, in seconds
    patience: int = 900
    #: how far the provider's clock may be from ours, in seconds
    leeway: int = 60

    def __post_init__(self) -> None:
        if not is_safe_url(self.issuer, production=self.production):
            raise ValueError(f"the issuer must be an https address: {self.issuer!r}")
        # In development the portal may be tried from a phone in the same network.
        if self.production and not is_safe_url(self.redirect_uri, production=True):
            raise ValueError(f"redirect_uri must be an https address: {self.redirect_uri!r}")
        if "openid" not in self.scopes:
            raise ValueError("scopes must contain openid")


def is_safe_url(url: str, *, production: bool) -> bool:
    """https, or http to this very machine outside production."""
    parts = urlsplit(url)
    if parts.scheme == "https":
        return bool(parts.hostname)
    return not production and parts.scheme == "http" and parts.hostname in _LOOPBACK
