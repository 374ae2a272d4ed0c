"""Building the payment services from settings."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from foundation.clock import Clock
from foundation.database import Database
from foundation.events import Events
from payments.context import Payments, RevenueAccount


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
    raise NotImplementedError
