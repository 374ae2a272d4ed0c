"""What differs between one installation and another, read once from the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

#: The repository's own sample city and data folder, for development.
ROOT = Path(__file__).resolve().parent.parent


_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1", "0.0.0.0"})  # noqa: S104 - refused

#: Signs the cookies of development; everybody can read it here.
DEVELOPMENT_SECRET = "development only: not a secret"  # noqa: S105 - and it says so


class ConfigurationError(Exception):
    """The environment says something that can't be run. The message names the variable."""


@dataclass(frozen=True)
class Config:
    """One municipality's installation."""

    #: in production every mock and sandbox refuses to start
    production: bool
    port: int
    #: where residents reach the portal, without a slash at the end
    public_url: str
    database_url: str
    #: signs cookies and CSRF tokens
    secret_key: str
    #: databases, keys and uploads of this installation
    data_dir: Path
    #: the city's definitions
    definitions_dir: Path

    stripe_api_key: str
    stripe_api_base: str
    #: several while one is being rotated
    stripe_webhook_secrets: tuple[str, ...]
    paypay_api_key: str
    paypay_api_secret: str
    paypay_merchant_id: str
    paypay_api_base: str

    oidc_issuer: str
    oidc_client_id: str
    #: PEM of the EC key that signs our token requests (private_key_jwt)
    oidc_client_key: Path

    #: host:port of the mail relay; without one (development only) mail is in ``data_dir/mail``
    smtp: str | None
    mail_from: str

    @property
    def sandbox_url(self) -> str:
        """Where the payment sandbox listens in development."""
        return f"http://127.0.0.1:{self.port + 1}"

    @property
    def mock_idp_url(self) -> str:
        """Where the mock sign-in service listens in development."""
        return f"http://127.0.0.1:{self.port + 2}"

    @classmethod
    def from_env(cls, environ: Mapping[str, str] = os.environ) -> "Config":
        """Read the environment. Raises ConfigurationError, naming the variable, where it is wrong.

        Development has a default for everything. Production has none for a key, a secret or an
        address, and refuses those of the sandboxes.
        """
        production = _environment(environ) == "production"
        port = _port(environ.get("PORT", "8000"))
        data_dir = Path(environ.get("DATA_DIR") or ROOT / "var").resolve()
        sandbox = f"http://127.0.0.1:{port + 1}"

        def setting(name: str, development: str) -> str:
            value = environ.get(name)
            if value:
                return value
            if production:
                raise ConfigurationError(f"{name} must be set in production")
            return development

        config = cls(
            production=production,
            port=port,
            public_url=setting("PUBLIC_URL", f"http://127.0.0.1:{port}").rstrip("/"),
            database_url=_database(
                setting("DATABASE_URL", f"sqlite:///{data_dir / 'madoguchi.sqlite'}")
            ),
            secret_key=setting("SECRET_KEY", DEVELOPMENT_SECRET),
            data_dir=data_dir,
            definitions_dir=Path(environ.get("DEFINITIONS_DIR") or ROOT / "forms_defs").resolve(),
            stripe_api_key=setting("STRIPE_API_KEY", "sk_test_sandbox"),
            stripe_api_base=setting("STRIPE_API_BASE", sandbox),
            stripe_webhook_secrets=_several(
                "STRIPE_WEBHOOK_SECRETS", setting("STRIPE_WEBHOOK_SECRETS", "whsec_sandbox")
            ),
            paypay_api_key=setting("PAYPAY_API_KEY", "sandbox-key"),
            paypay_api_secret=setting("PAYPAY_API_SECRET", "sandbox-secret"),
            paypay_merchant_id=setting("PAYPAY_MERCHANT_ID", "sandbox-merchant"),
            paypay_api_base=setting("PAYPAY_API_BASE", sandbox),
            oidc_issuer=setting("OIDC_ISSUER", f"http://127.0.0.1:{port + 2}/api/realms/main"),
            oidc_client_id=setting("OIDC_CLIENT_ID", "madoguchi"),
            oidc_client_key=Path(
                setting("OIDC_CLIENT_KEY", str(data_dir / "keys" / "oidc-client.pem"))
            ),
            smtp=setting("SMTP", "") or None,
            mail_from=setting("MAIL_FROM", "madoguchi@city.mihon.example"),
        )
        if production:
            config.refuse_mocks()
        return config

    def refuse_mocks(self) -> None:
        """Production talks to nobody on this machine and to no sandbox key."""
        for name, value in (
            ("STRIPE_API_BASE", self.stripe_api_base),
            ("PAYPAY_API_BASE", self.paypay_api_base),
            ("OIDC_ISSUER", self.oidc_issuer),
            ("PUBLIC_URL", self.public_url),
        ):
            if not value.startswith("https://"):
                raise ConfigurationError(f"{name} must begin with https:// in production: {value}")
            if urlsplit(value).hostname in _THIS_MACHINE:
                raise ConfigurationError(f"{name} leads to this machine in production: {value}")
        for name, secret in (
            ("STRIPE_API_KEY", self.stripe_api_key),
            ("STRIPE_WEBHOOK_SECRETS", ",".join(self.stripe_webhook_secrets)),
            ("PAYPAY_API_KEY", self.paypay_api_key),
            ("PAYPAY_API_SECRET", self.paypay_api_secret),
            ("PAYPAY_MERCHANT_ID", self.paypay_merchant_id),
        ):
            if "sandbox" in secret or secret.startswith(("sk_test_", "rk_test_")):
                raise ConfigurationError(f"{name} holds a sandbox's key in production")
        if self.secret_key == DEVELOPMENT_SECRET:
            raise ConfigurationError("SECRET_KEY is the one that everybody can read")


def _environment(environ: Mapping[str, str]) -> str:
    name = environ.get("MADOGUCHI_ENV", "development")
    if name not in ("development", "production"):
        raise ConfigurationError(
            f"MADOGUCHI_ENV is {name!r}; it must be 'development' or 'production'"
        )
    return name


def _several(name: str, text: str) -> tuple[str, ...]:
    """Secrets with commas between them. An empty one would let anybody sign, so it is left out."""
    secrets = tuple(secret.strip() for secret in text.split(",") if secret.strip())
    if not secrets:
        raise ConfigurationError(f"{name} holds no secret")
    return secrets


def _database(url: str) -> str:
    try:
        backend = make_url(url).get_backend_name()
    except ArgumentError as error:
        raise ConfigurationError("DATABASE_URL is no database address of SQLAlchemy") from error
    if backend not in ("sqlite", "postgresql"):
        raise ConfigurationError(
            f"DATABASE_URL begins with {backend!r}; "
            "it must begin with sqlite:/// or postgresql+psycopg://"
        )
    return url


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65_533:
        raise ConfigurationError(f"PORT is {text!r}; it must be a number from 1 to 65533")
    return int(text)
