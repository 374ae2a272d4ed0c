"""What the providers keep: yen, rounded down, for each transaction."""

#: Hundredths of a percent of the gross amount.
STRIPE_RATE = 360
PAYPAY_RATE = 198


def stripe_fee(amount: int) -> int:
    """3.6% of a payment. A refund does not give it back."""
    return amount * STRIPE_RATE // 10_000


def paypay_fee(amount: int) -> int:
    """1.98% of a payment. A refund of ``amount`` (positive) gives the same share back."""
    return amount * PAYPAY_RATE // 10_000
