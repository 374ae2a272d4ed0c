"""Pairing payouts with deposits: pure, and never a yen out of nothing."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from payments.reconciliation.deposits import Batch, find_pairs
from payments.reconciliation.models import BankDeposit

DAY = date(2026, 6, 1)


def _batch(index: int, net: int, trace: str | None = None) -> Batch:
    return Batch("paypay", f"b{index}", DAY + timedelta(days=index), net, 0, None, trace)


def _deposit(index: int, amount: int, after: int, edi: str = "") -> BankDeposit:
    day = DAY + timedelta(days=after)
    return BankDeposit(id=f"d{index}", booked_on=day, value_on=day, amount=amount, edi=edi)


@given(
    st.lists(st.integers(-50, 200), max_size=8),
    st.lists(st.tuples(st.integers(1, 200), st.integers(0, 9)), max_size=8),
)
def test_each_is_used_once_and_sums_are_equal(
    nets: list[int], money: list[tuple[int, int]]
) -> None:
    batches = [_batch(index, net) for index, net in enumerate(nets)]
    deposits = [_deposit(index, *one) for index, one in enumerate(money)]

    pairs = find_pairs(batches, deposits)

    for pair in pairs:
        assert sum(one.net for one in pair.batches) == sum(one.amount for one in pair.deposits)
        assert all(batch.day <= pair.deposits[-1].booked_on for batch in pair.batches)
    used = [one.name for pair in pairs for one in pair.batches]
    assert len(used) == len(set(used))
    paid = [one.id for pair in pairs for one in pair.deposits]
    assert len(paid) == len(set(paid))


@given(st.lists(st.integers(1, 500), min_size=1, max_size=9), st.data())
def test_days_paid_out_together_are_paired_without_inventing(
    nets: list[int], data: st.DataObject
) -> None:
    """However a provider puts days in a row together; one deposit for all is always found."""
    batches = [_batch(index, net) for index, net in enumerate(nets)]
    cuts = sorted(data.draw(st.sets(st.integers(1, len(nets)), max_size=4)) | {0, len(nets)})
    deposits = [
        _deposit(index, sum(nets[begin:end]), 20)
        for index, (begin, end) in enumerate(pairwise(cuts))
    ]

    pairs = find_pairs(batches, deposits)

    assert sum(one.amount for pair in pairs for one in pair.deposits) == sum(
        one.net for pair in pairs for one in pair.batches
    )
    if len(deposits) == 1:
        assert len(pairs) == 1


def test_another_trace_number_forbids_an_equal_sum() -> None:
    assert not find_pairs([_batch(0, 300, "T-1")], [_deposit(0, 300, 3, "T-2")])
    (pair,) = find_pairs([_batch(0, 300, "T-1")], [_deposit(0, 300, 3, "T-1")])
    assert pair.found_by == "trace_id"


def test_money_does_not_arrive_before_it_is_earned() -> None:
    assert not find_pairs([_batch(5, 300)], [_deposit(0, 300, 4)])
