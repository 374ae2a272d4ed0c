"""The price as people read it: every step from unit price to total in words."""

from fractions import Fraction
from pathlib import Path
from re import sub

import pytest
from flask import Flask, render_template_string

from portal.app import create_app
from portal.applications.prices import decided, price_document, price_of
from portal.config import ROOT
from portal.forms import (
    AppliedFactor,
    AppliedReduction,
    AppliedRounding,
    PendingLine,
    Price,
    PriceLine,
    UnprovenReduction,
)
from tests.support.portal import portal_config

PAGE = '{% from "price.html" import price_box with context %}{{ price_box(price) }}'

LINE = PriceLine(
    "room",
    "使用料",
    "fee",
    600,
    3,
    "枠",
    (
        AppliedFactor("営利目的", times=Fraction(3, 2)),
        AppliedFactor("土日祝", percent=Fraction(30)),
        AppliedFactor("登録団体", percent=Fraction(-50)),
        AppliedFactor("夜間管理", yen=500),
        AppliedFactor("値引き", yen=-100),
    ),
    1990,
    free=1,
    rounding=AppliedRounding(10, "half_up"),
    at_most=1990,
    off=995,
    tax="standard",
)
REQUESTED = AppliedReduction("welfare", "生活保護", Fraction(50), "requested", "proof")
PRICE = Price((LINE,), reduction=REQUESTED)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    folder: Path = tmp_path_factory.mktemp("pages")
    config = portal_config(
        folder, f"sqlite:///{folder}/none.sqlite", DEFINITIONS_DIR=str(ROOT / "forms_defs")
    )
    return create_app(config)


def shown(app: Flask, price: Price) -> str:
    with app.test_request_context("/"):
        page = render_template_string(PAGE, price=price)
    return " ".join(sub(r"<[^>]+>", " ", page).split())


def test_every_step_is_told(app: Flask) -> None:
    text = shown(app, PRICE)
    for words in (
        "600円",
        "× 3枠",
        "うち1枠は無料です",
        "営利目的 × 1.5",
        "土日祝 +30%",
        "登録団体 −50%",
        "夜間管理 +500円",
        "値引き −100円",
        "10円未満の端数は四捨五入",
        "上限は1,990円です",
        "消費税10％込み",
        "合計 1,990円",
        "減免（生活保護）が認められると、995円になります。",
    ):
        assert words in text.replace("　", " "), (words, text)


def test_a_granted_reduction_stands_among_the_lines(app: Flask) -> None:
    text = shown(app, decided(PRICE, granted=True))
    assert "減免 生活保護 −995円 合計 995円" in text and "1,990円" in text
    assert "認められると" not in text


def test_a_refused_reduction_is_told_with_its_reason(app: Flask) -> None:
    text = shown(app, decided(PRICE, granted=False, reason="期限が過ぎています。"))
    assert "合計 1,990円" in text
    assert "減免（生活保護）は認められませんでした。 期限が過ぎています。" in text


def test_what_is_still_open_is_said(app: Flask) -> None:
    line = PriceLine("a", "手数料", "fee", 300, 1, "", (), 300)
    price = Price((line,), (PendingLine("b", "郵送料", "x"),), waits_for=("通数", "受け取り方"))
    text = shown(app, price)
    assert "郵送料 これから決まります いまのところの合計 300円" in text
    assert "「通数」、「受け取り方」に答えると、金額が決まります。" in text
    assert "などに答えると" in shown(app, Price(waits_for=("一", "二", "三", "四")))
    assert "手数料はかかりません" not in shown(app, Price(waits_for=("一",)))
    assert "手数料はかかりません 0円" in shown(app, Price())


def test_a_proof_that_is_missing_is_asked_for(app: Flask) -> None:
    line = PriceLine("a", "手数料", "fee", 300, 1, "", (), 300)
    price = Price((line,), unproven=(UnprovenReduction("w", "生活保護", "p", "保護証明書"),))
    text = shown(app, price)
    assert "「保護証明書」を付けると、減免（生活保護）の対象になります。" in text


@pytest.mark.parametrize(
    "price",
    [PRICE, decided(PRICE, granted=True), decided(PRICE, granted=False, reason="期限"), Price()],
)
def test_what_is_kept_is_what_was_shown(price: Price) -> None:
    assert price_of(price_document(price)) == price


def test_a_price_that_was_kept_by_the_first_release() -> None:
    line = {
        "id": "room",
        "label": "使用料",
        "account": "fee",
        "unit_amount": 900,
        "quantity": 1,
        "unit": "",
        "factors": [{"label": "営利目的", "times": 3}],
        "amount": 2700,
    }
    price = price_of({"total": 2700, "lines": [line]})
    assert price.total == 2700 and price.lines[0].factors[0].times == 3
    assert price_of(None) == Price()
