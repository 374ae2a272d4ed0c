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
        for name in ("issuer", "redirect_uri"):
            require_safe_url(getattr(self, name), production=self.production, what=name)
        if "openid" not in self.scopes:
            raise ValueError("scopes must contain openid")


def is_safe_url(url: str, *, production: bool) -> bool:
    """https, or http to this very machine outside production."""
    parts = urlsplit(url)
    if parts.scheme == "https":
        return bool(parts.hostname)
    return not production and parts.scheme == "http" and parts.hostname in _LOOPBACK


def require_safe_url(url: str, *, production: bool, what: str) -> None:
    """Raise ValueError unless the address may be spoken to."""
    if not is_safe_url(url, production=production):
        raise ValueError(f"{what} must be an https address: {url!r}")
