"""消込: which account of a claim an amount moves. Pure; reads the claim's balances.

``balance`` is what the ledger says for the claim, by account, debit positive.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from payments.ledger.rules import SUSPENSE, receivable, revenue


@dataclass(frozen=True)
class Allocation:
    """An amount, divided: parts by 歳入科目, and what is for the suspense account. Yen."""

    parts: Mapping[str, int]
    suspense: int


def of_payment(balance: Mapping[str, int], accounts: Sequence[str], amount: int) -> Allocation:
    """Money that comes: against what is owed, in the order of the lines; the rest is too much."""
    return _fill(
        {account: balance.get(receivable(account), 0) for account in accounts}, amount, held=0
    )


def of_money_back(balance: Mapping[str, int], accounts: Sequence[str], amount: int) -> Allocation:
    """Money that goes: first what is held without being owed, then what was collected.

    Collected money is given back in the reverse order of the lines. What neither can bear falls on
    the suspense account, which then shows what the payer owes.
    """
    return _fill(
        {account: collected(balance, account) for account in reversed(accounts)},
        amount,
        held=max(-balance.get(SUSPENSE, 0), 0),
    )


def collected(balance: Mapping[str, int], account: str) -> int:
    """Yen of this 歳入科目 that were established, paid, and not given back."""
    return -balance.get(revenue(account), 0) - balance.get(receivable(account), 0)


def _fill(room: Mapping[str, int], amount: int, *, held: int) -> Allocation:
    from_held = min(held, amount)
    left = amount - from_held
    parts: dict[str, int] = {}
    for account, space in room.items():
        part = min(max(space, 0), left)
        if part:
            parts[account] = part
            left -= part
    return Allocation(parts, from_held + left)
