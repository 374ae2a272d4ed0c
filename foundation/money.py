"""Yen. Money is a whole number everywhere; no float ever touches it."""

from typing import NewType

#: An amount in yen. Negative only where money flows back (refunds, reversals).
Yen = NewType("Yen", int)


def format_yen(amount: int) -> str:
    """``1234`` → ``1,234円``; a negative amount carries a true minus sign."""
    sign = "−" if amount < 0 else ""
    return f"{sign}{abs(amount):,}円"
