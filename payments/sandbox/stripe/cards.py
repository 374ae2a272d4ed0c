"""Test cards, with Stripe's own numbers and meanings (docs.stripe.com/testing)."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class TestCard:
    """A number that works here. ``decline_code`` is None where the issuer says yes."""

    number: str
    brand: str
    decline_code: str | None = None

    @property
    def last4(self) -> str:
        return self.number[-4:]


#: The card that the page offers.
GOOD = TestCard("4242424242424242", "visa")
#: The card behind the button that declines.
DECLINED = TestCard("4000000000000002", "visa", "generic_decline")

_CARDS = {
    card.number: card
    for card in (
        GOOD,
        DECLINED,
        TestCard("5555555555554444", "mastercard"),
        TestCard("3566002020360505", "jcb"),
        TestCard("4000000000009995", "visa", "insufficient_funds"),
        TestCard("4000000000009987", "visa", "lost_card"),
    )
}


def find_card(typed: str) -> TestCard | None:
    """The test card of a typed number (spaces and hyphens are fine), or None."""
    return _CARDS.get(re.sub(r"[\s-]", "", typed))
