"""The outside world of a development machine: payment sandbox and mock sign-in service.

They run as processes of their own and share nothing with the portal but HTTP. Both refuse to be
made in production.
"""

from pathlib import Path

from flask import Flask

from auth.jpki.mock.cards import CardBox, open_card_box
from auth.oidc.mock.app import create_mock_idp
from auth.oidc.mock.settings import MockClient, MockIdpSettings
from foundation.clock import system_clock
from payments.sandbox import create_sandbox
from payments.sandbox.settings import SandboxSettings
from portal.config import Config


def sandbox_app() -> Flask:
    """Stripe, PayPay and the sample bank, on the port after the portal's."""
    config = Config.from_env()
    config.data_dir.mkdir(parents=True, exist_ok=True)
    portal = f"http://127.0.0.1:{config.port}"
    return create_sandbox(
        SandboxSettings(
            database_url=f"sqlite:///{config.data_dir / 'sandbox.sqlite'}",
            base_url=config.sandbox_url,
            stripe_webhook_url=f"{portal}/webhooks/stripe",
            paypay_webhook_url=f"{portal}/webhooks/paypay",
            stripe_secret_keys=(config.stripe_api_key,),
            stripe_webhook_secret=config.stripe_webhook_secrets[0],
            paypay_api_key=config.paypay_api_key,
            paypay_api_secret=config.paypay_api_secret,
            paypay_merchant_id=config.paypay_merchant_id,
            production=config.production,
        )
    )


def mock_idp_app() -> Flask:
    """The mock sign-in service with its mock cards, two ports after the portal's."""
    config = Config.from_env()
    return create_mock_idp(
        MockIdpSettings(
            base_url=config.mock_idp_url,
            clients=(
                MockClient(
                    client_id=config.oidc_client_id,
                    redirect_uris=(f"{config.public_url}/sign-in/callback",),
                    jwks_uri=f"http://127.0.0.1:{config.port}/oidc/client-jwks.json",
                ),
            ),
            personas=_personas(config),
            data_directory=_card_folder(config),
            production=config.production,
        )
    )


def open_mock_cards() -> CardBox:
    """The mock cards of this installation, for the command line."""
    config = Config.from_env()
    return open_card_box(_card_folder(config), _personas(config), system_clock)


def _personas(config: Config) -> Path:
    return config.definitions_dir / "sample" / "personas.yaml"


def _card_folder(config: Config) -> Path:
    return config.data_dir / "jpki-mock"
