"""What a sandbox is told when it is created."""

from dataclasses import dataclass, field
from datetime import timedelta

from foundation.clock import Clock, system_clock


class SandboxRefused(Exception):
    """A sandbox was asked for where real money moves."""


@dataclass(frozen=True)
class SandboxSettings:
    """Addresses, keys and the clock of one sandbox.

    The keys are what the portal is configured with too; the portal's side of each is named in
    the comment.
    """

    #: the sandbox's own store, for example ``sqlite:///var/sandbox.sqlite``
    database_url: str
    #: where browsers and the portal reach the sandbox, without a slash at the end; Stripe's
    #: ``base_addresses={"api": …}`` and PayPay's base address
    base_url: str
    #: where the portal takes webhooks, for example ``http://127.0.0.1:8000/webhooks/stripe``
    stripe_webhook_url: str
    paypay_webhook_url: str
    #: accepted API keys (``sk_test_…``); several during a rotation
    stripe_secret_keys: tuple[str, ...] = field(repr=False)
    #: signs the webhooks (``whsec_…``)
    stripe_webhook_secret: str = field(repr=False)
    paypay_api_key: str
    paypay_api_secret: str = field(repr=False)
    #: 加盟店ID, expected in ``X-ASSUME-MERCHANT`` and written into notifications and the CSV
    paypay_merchant_id: str
    #: who is paid, shown on the payment pages and in PayPay's CSV as 屋号
    merchant_name: str = "見本市"
    merchant_name_en: str = "Mihon City"
    #: the city's account holder name in the bank's file, half-width kana of the 全銀 character set
    merchant_kana: str = "ﾐﾎﾝｼ ｶｲｹｲｶﾝﾘｼﾔ"
    #: which of its events Stripe sends, as set in the dashboard for a webhook endpoint
    stripe_enabled_events: tuple[str, ...] = (
        "checkout.session.completed",
        "checkout.session.expired",
        "payment_intent.payment_failed",
        "charge.refunded",
        "refund.updated",
        "refund.failed",
        "payout.reconciliation_completed",
    )
    #: how long a PayPay code can be paid; PayPay's own default
    paypay_code_life: timedelta = timedelta(minutes=5)
    #: True makes ``create_sandbox`` refuse
    production: bool = False
    clock: Clock = system_clock
    #: False leaves the webhooks in their queue; tests then deliver them themselves, without a
    #: thread, by ``payments.sandbox.webhooks.delivery.deliver_due``
    deliver_in_background: bool = True

    def refuse_in_production(self) -> None:
        """Raise SandboxRefused where the settings say production."""
        if self.production:
            raise SandboxRefused(
                "the payment sandbox moves no money and does not start with "
                "MADOGUCHI_ENV=production; configure the real Stripe and PayPay addresses"
            )
