"""What is agreed with each provider, as far as its files don't say it themselves."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Terms:
    """The terms of one provider that reconciliation has to know."""

    #: how the provider is called on pages
    title: str
    #: what its deposits call themselves, half-width kana, as it begins
    senders: tuple[str, ...]
    #: fee in hundredths of a percent of each transaction, rounded down; None where the file has it.
    #: A refund gives its share back
    fee_rate: int | None
    #: a payout without a stated day of arrival must have come this many days after its last sale
    due_after_days: int

    def fee(self, gross: int) -> int:
        """Yen that the provider keeps of a transaction; negative where it gives back."""
        if self.fee_rate is None:
            return 0
        share = abs(gross) * self.fee_rate // 10_000
        return share if gross >= 0 else -share


#: By name of the provider.
TERMS: Mapping[str, Terms] = {
    "stripe": Terms("Stripe", ("ｽﾄﾗｲﾌﾟ",), None, 14),
    "paypay": Terms("PayPay", ("ﾍﾟｲﾍﾟｲ",), 198, 35),
}


def title(provider: str) -> str:
    """How a provider is called on pages."""
    terms = TERMS.get(provider)
    return provider if terms is None else terms.title


def provider_of(sender_name: str) -> str | None:
    """The provider that makes deposits under this name; None where nobody is known."""
    for name, terms in TERMS.items():
        if sender_name.startswith(terms.senders):
            return name
    return None
