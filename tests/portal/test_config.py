"""The environment: development has a default for everything, production for little."""

from pathlib import Path

import pytest

from portal.config import Config, ConfigurationError

PRODUCTION = {
    "MADOGUCHI_ENV": "production",
    "PUBLIC_URL": "https://madoguchi.city.example.jp/",
    "DATABASE_URL": "postgresql+psycopg://madoguchi@db/madoguchi",
    "SECRET_KEY": "a-long-random-word",
    "STRIPE_API_KEY": "sk_live_1",
    "STRIPE_API_BASE": "https://api.stripe.com",
    "STRIPE_WEBHOOK_SECRETS": "whsec_new, whsec_old",
    "PAYPAY_API_KEY": "a_key",
    "PAYPAY_API_SECRET": "a_secret",
    "PAYPAY_MERCHANT_ID": "1234567890",
    "PAYPAY_API_BASE": "https://api.paypay.ne.jp",
    "OIDC_ISSUER": "https://auth-and-sign.go.jp/api/realms/main",
    "OIDC_CLIENT_ID": "city-of-example",
    "OIDC_CLIENT_KEY": "/etc/madoguchi/oidc.pem",
    "SMTP": "mail.city.example.jp:25",
    "MAIL_FROM": "madoguchi@city.example.jp",
}
REQUIRED = sorted(set(PRODUCTION) - {"MADOGUCHI_ENV"})
ADDRESSES = ("PUBLIC_URL", "STRIPE_API_BASE", "PAYPAY_API_BASE", "OIDC_ISSUER")


def test_development_needs_nothing(tmp_path: Path) -> None:
    config = Config.from_env({"DATA_DIR": str(tmp_path), "PORT": "9100"})
    assert not config.production
    assert config.public_url == "http://127.0.0.1:9100"
    assert (config.stripe_api_base, config.paypay_api_base) == (config.sandbox_url,) * 2
    assert config.oidc_issuer.startswith(config.mock_idp_url)
    assert config.database_url == f"sqlite:///{tmp_path / 'madoguchi.sqlite'}"


def test_production_takes_what_it_is_given() -> None:
    config = Config.from_env(PRODUCTION)
    assert config.production
    assert config.public_url == "https://madoguchi.city.example.jp"
    assert config.stripe_webhook_secrets == ("whsec_new", "whsec_old")


@pytest.mark.parametrize("name", REQUIRED)
@pytest.mark.parametrize("value", [None, ""])
def test_production_has_no_default(name: str, value: str | None) -> None:
    environ = {key: text for key, text in PRODUCTION.items() if key != name}
    if value is not None:
        environ[name] = value
    with pytest.raises(ConfigurationError, match=name):
        Config.from_env(environ)


@pytest.mark.parametrize("name", ADDRESSES)
@pytest.mark.parametrize(
    "address",
    ["http://api.example.jp", "https://127.0.0.1:8001", "https://localhost", "https://[::1]/"],
)
def test_production_talks_to_nobody_in_the_clear_or_on_this_machine(
    name: str, address: str
) -> None:
    with pytest.raises(ConfigurationError, match=name):
        Config.from_env({**PRODUCTION, name: address})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("STRIPE_API_KEY", "sk_test_sandbox"),
        ("STRIPE_API_KEY", "sk_test_51H"),
        ("STRIPE_API_KEY", "rk_test_51H"),
        ("STRIPE_WEBHOOK_SECRETS", "whsec_sandbox"),
        ("STRIPE_WEBHOOK_SECRETS", "whsec_1,whsec_sandbox"),
        ("STRIPE_WEBHOOK_SECRETS", " , "),
        ("PAYPAY_API_KEY", "sandbox-key"),
        ("PAYPAY_API_SECRET", "sandbox-secret"),
        ("PAYPAY_MERCHANT_ID", "sandbox-merchant"),
        ("SECRET_KEY", "development only: not a secret"),
        ("MADOGUCHI_ENV", "prod"),
        ("MADOGUCHI_ENV", "Production"),
    ],
)
def test_production_refuses_what_belongs_to_development(name: str, value: str) -> None:
    with pytest.raises(ConfigurationError, match=name):
        Config.from_env({**PRODUCTION, name: value})


@pytest.mark.parametrize("secrets", ["whsec_1,", ",whsec_1", "whsec_1,,", " whsec_1 "])
def test_an_empty_secret_would_let_anybody_sign(secrets: str) -> None:
    config = Config.from_env({**PRODUCTION, "STRIPE_WEBHOOK_SECRETS": secrets})
    assert config.stripe_webhook_secrets == ("whsec_1",)


@pytest.mark.parametrize("port", ["", "0", "65534", "-1", "8000.5", "８０００", "http"])
def test_a_port_that_is_none(port: str) -> None:
    with pytest.raises(ConfigurationError, match="PORT"):
        Config.from_env({"PORT": port})
