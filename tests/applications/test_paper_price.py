"""The sum on paper is the one on the page, step by step."""

from dataclasses import replace
from fractions import Fraction

import pytest

from foundation.wording import untranslated
from portal.applications.paper_price import price_blocks
from portal.applications.paper_words import Reader, Words
from portal.applications.prices import price_document
from portal.documents.paper import Table, Text
from portal.forms import AppliedFactor, AppliedReduction, AppliedRounding, Price, PriceLine

WORDS = Words(Reader("ja", untranslated, ""))
ROOM = PriceLine(
    "room",
    "使用料",
    "facility-fee",
    unit_amount=900,
    quantity=3,
    unit="枠",
    factors=(AppliedFactor("営利目的", times=Fraction(3)), AppliedFactor("夜間", yen=500)),
    amount=6_000,
    free=1,
    rounding=AppliedRounding(100, "down"),
    at_most=6_000,
    off=3_000,
    tax="standard",
)
HALF = AppliedReduction("half", "障害者手帳をお持ちのかた", Fraction(50))


def test_nothing_is_said_of_what_costs_nothing() -> None:
    assert price_blocks(None, WORDS) == ()
    assert price_blocks(price_document(Price()), WORDS) == ()


def test_every_step_to_the_amount_is_told() -> None:
    (table,) = price_blocks(price_document(Price((ROOM,))), WORDS)
    assert isinstance(table, Table)
    ((label, unit, quantity, amount),) = table.rows
    assert label.splitlines() == [
        "使用料",
        "うち1枠は無料です",
        "営利目的 × 3",
        "夜間 +500円",
        "100円未満の端数は切り捨て",
        "上限は6,000円です",
        "消費税10％込み",
    ]
    assert (unit, quantity, amount) == ("900円", "3枠", "6,000円")
    assert table.total == ("合計", "", "", "6,000円")


def test_a_reduction_is_a_line_of_its_own() -> None:
    line = replace(ROOM, amount=3_000)
    (table,) = price_blocks(price_document(Price((line,), reduction=HALF)), WORDS)
    assert isinstance(table, Table)
    assert [row[-1] for row in table.rows] == ["6,000円", "−3,000円"]
    assert table.total[-1] == "3,000円"


@pytest.mark.parametrize(
    ("state", "told"),
    [
        (
            "requested",
            "減免（障害者手帳をお持ちのかた）が認められると、3,000円になります。"
            "認められるまでは、上の合計です。",
        ),
        ("refused", "減免（障害者手帳をお持ちのかた）は認められませんでした。\n期限切れです。"),
    ],
)
def test_how_a_reduction_stands_is_told(state: str, told: str) -> None:
    reduction = replace(HALF, state=state, reason="期限切れです。")
    _, note = price_blocks(price_document(Price((ROOM,), reduction=reduction)), WORDS)
    assert isinstance(note, Text)
    assert note.text == told
