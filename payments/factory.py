"""Building the payment services from settings."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from foundation.clock import Clock
from foundation.database import Database
from foundation.events import Events
from payments.context import Payments, RevenueAccount
from payments.providers.base import Provider
from payments.providers.paypay import PayPay
from payments.providers.paypay_client import PayPaySettings
from payments.providers.stripe_card import StripeCard, StripeSettings


@dataclass(frozen=True)
class PaymentSettings:
    """Keys and addresses of the providers. The sandbox differs from the real thing in these only.

    An empty api key leaves that provider out.
    """

    stripe_api_key: str = field(default="", repr=False)
    stripe_api_base: str = "https://api.stripe.com"
    #: several while a secret is being rotated
    stripe_webhook_secrets: tuple[str, ...] = field(default=(), repr=False)
    paypay_api_key: str = ""
    paypay_api_secret: str = field(default="", repr=False)
    paypay_merchant_id: str = ""
    paypay_api_base: str = "https://api.paypay.ne.jp"
    #: seconds to wait for a provider to accept a connection, and to answer
    connect_timeout: float = 3.0
    read_timeout: float = 15.0


def build_payments(
    settings: PaymentSettings,
    database: Database,
    clock: Clock,
    events: Events,
    accounts: Mapping[str, RevenueAccount],
) -> Payments:
    """The payment services of one municipality."""
    providers: dict[str, Provider] = {}
    if settings.stripe_api_key:
        providers[StripeCard.name] = StripeCard(
            StripeSettings(
                api_key=settings.stripe_api_key,
                api_base=settings.stripe_api_base,
                webhook_secrets=settings.stripe_webhook_secrets,
                connect_timeout=settings.connect_timeout,
                read_timeout=settings.read_timeout,
            ),
            clock,
        )
    if settings.paypay_api_key:
        providers[PayPay.name] = PayPay(
            PayPaySettings(
                api_key=settings.paypay_api_key,
                api_secret=settings.paypay_api_secret,
                merchant_id=settings.paypay_merchant_id,
                api_base=settings.paypay_api_base,
                connect_timeout=settings.connect_timeout,
                read_timeout=settings.read_timeout,
            ),
            clock,
        )
    return Payments(database, clock, events, providers, accounts)
