"""Stripe's nested form encoding."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payments.sandbox.stripe.errors import StripeError
from payments.sandbox.stripe.form import decode


def test_objects_and_lists() -> None:
    pairs = [
        ("mode", "payment"),
        ("line_items[0][price_data][currency]", "jpy"),
        ("line_items[0][quantity]", "1"),
        ("line_items[1][quantity]", "2"),
        ("expand[]", "a"),
        ("expand[]", "b"),
        ("expand2[0]", "c"),
        ("metadata[²]", "d"),
    ]
    assert decode(pairs) == {
        "mode": "payment",
        "line_items": [{"price_data": {"currency": "jpy"}, "quantity": "1"}, {"quantity": "2"}],
        "expand": ["a", "b"],
        "expand2": ["c"],
        "metadata": {"²": "d"},
    }


@pytest.mark.parametrize(
    "pairs",
    [
        [("a[", "1")],
        [("a]b", "1")],
        [("", "1")],
        [("a" + "[b]" * 8, "1")],
        [("a", "1"), ("a[b]", "2")],
        [("a[b]", "2"), ("a", "1")],
    ],
)
def test_broken_names_are_refused(pairs: list[tuple[str, str]]) -> None:
    with pytest.raises(StripeError) as caught:
        decode(pairs)
    assert caught.value.status == 400


@given(st.lists(st.tuples(st.text("ab[]01²", max_size=12), st.text(max_size=3)), max_size=8))
def test_whatever_comes_is_decoded_or_refused(pairs: list[tuple[str, str]]) -> None:
    try:
        decode(pairs)
    except StripeError as refusal:
        assert refusal.status == 400
