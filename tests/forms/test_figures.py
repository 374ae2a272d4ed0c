"""Numbers are written as the reader's language writes them, wherever they stand."""

from decimal import Decimal
from pathlib import Path

import pytest

from foundation.wording import Translate
from portal.forms import messages
from portal.forms.figures import in_figures, in_yen
from tests.forms.city import CONTEXT, form, procedure


def portuguese(text: str) -> str:
    """A reader's language in which point and comma change places."""
    words = {messages.FIGURES: "1.234,5", messages.YEN_AMOUNT: "%(amount)s ienes"}
    return words.get(text, text)


def untranslated(text: str) -> str:
    return text


@pytest.mark.parametrize(
    ("number", "translate", "written"),
    [
        (1234567, untranslated, "1,234,567"),
        (1234567, portuguese, "1.234.567"),
        (-1234, portuguese, "-1.234"),
        (12, portuguese, "12"),
        (Decimal("1234.50"), untranslated, "1,234.50"),
        (Decimal("1234.50"), portuguese, "1.234,50"),
    ],
)
def test_a_number(number: int | Decimal, translate: Translate, written: str) -> None:
    assert in_figures(number, translate) == written


def test_yen_have_a_true_minus() -> None:
    assert in_yen(-6000, portuguese) == "−6.000 ienes"
    assert in_yen(6000, untranslated) == "6,000円"


def test_answers_and_complaints(tmp_path: Path) -> None:
    fields = """
    - {id: a, type: yen, label: a}
    - {id: b, type: integer, label: b, max: 5000}
    - {id: c, type: decimal, label: c}
    - {id: d, type: computed, label: d, value: a * 2, format: yen}
    """
    compiled = procedure(tmp_path, fields)
    (section,) = compiled.summary({"a": 6000, "b": 1000, "c": "1.5"}, CONTEXT, translate=portuguese)
    assert [row.text for row in section.rows] == ["6.000 ienes", "1.000", "1,5", "12.000 ienes"]
    post = compiled.read_section("main", form(b="5001"), {}, CONTEXT, translate=portuguese)
    assert any("5.000" in error.message for error in post.errors)
