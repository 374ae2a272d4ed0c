"""消込: money against lines, and back again."""

from hypothesis import given
from hypothesis import strategies as st

from payments.attempts.allocation import collected, of_money_back, of_payment
from payments.ledger.rules import SUSPENSE, receivable, revenue

ACCOUNTS = ("a", "b", "c")
yen = st.integers(0, 1_000)


@st.composite
def claims(draw: st.DrawFn) -> dict[str, int]:
    """Balances of a claim: each account partly paid, something in suspense."""
    balance = {SUSPENSE: -draw(yen)}
    for account in ACCOUNTS:
        established = draw(yen)
        balance[revenue(account)] = -established
        balance[receivable(account)] = draw(st.integers(0, established))
    return balance


@given(claims(), yen)
def test_a_payment_fills_what_is_owed_in_order(balance: dict[str, int], amount: int) -> None:
    result = of_payment(balance, ACCOUNTS, amount)
    assert sum(result.parts.values()) + result.suspense == amount
    open_before = False
    for account in ACCOUNTS:
        part = result.parts.get(account, 0)
        assert 0 <= part <= balance[receivable(account)]
        assert not (part and open_before)
        open_before = open_before or part < balance[receivable(account)]
    assert not (result.suspense and open_before)


@given(claims(), yen)
def test_money_back_comes_from_what_is_held_and_then_from_what_was_collected(
    balance: dict[str, int], amount: int
) -> None:
    result = of_money_back(balance, ACCOUNTS, amount)
    assert sum(result.parts.values()) + result.suspense == amount
    assert result.suspense >= min(amount, -balance[SUSPENSE])
    assert all(0 < part <= collected(balance, account) for account, part in result.parts.items())
