"""A fee for each row of a group says which row it is for, in every reader's words."""

from pathlib import Path

import pytest

from portal.applications.prices import price_document, price_of
from portal.applications.submission import due_lines
from portal.forms import messages
from portal.forms.line_names import kept_words, line_words
from tests.forms.city import CONTEXT, procedure

FIELDS = """
- id: items
  type: group
  label: 品物
  fields:
    - {id: count, type: integer, label: 個数}
    - {id: WHAT, label: 品目}
"""
FEES = """
fees:
  collect: on_submit
  lines:
    - {id: item, label: 手数料, account: fee, amount: 300, quantity: count, each: items}
    - {id: postage, label: 郵便料金, account: fee, amount: 110}
"""
ENGLISH = {
    "手数料": "Fee",
    "ソファ": "Sofa",
    messages.LINE_OF: "%(label)s: %(row)s",
    messages.DATE: "%(day)s %(month)s %(year)s",
    messages.MONTHS[5]: "May",
}


def english(text: str) -> str:
    return ENGLISH.get(text, text)


@pytest.mark.parametrize(
    ("field", "answer", "row", "read"),
    [
        (
            "what, type: choice, options: {sofa: ソファ, desk: 机}",
            "sofa",
            "ソファ",
            "Fee: Sofa",
        ),
        ("what, type: text", "茶色の椅子", "茶色の椅子", "Fee: 茶色の椅子"),
        (
            "what, type: name",
            {"family": "見本", "given": "花"},
            "見本　花",
            "Fee: 見本　花",
        ),
        ("what, type: date", "2026-05-03", "2026-05-03", "Fee: 3 May 2026"),
        ("what, type: yes_no", True, "", "Fee"),
    ],
)
def test_each_row_is_named(tmp_path: Path, field: str, answer: object, row: str, read: str) -> None:
    compiled = procedure(tmp_path, FIELDS.replace("WHAT", field), FEES)
    answers = {"items": [{"count": 2, "what": answer}]}
    price = compiled.journey(answers, CONTEXT).price
    assert [(line.label, line.row, line.amount) for line in price.lines] == [
        ("手数料", row, 600),
        ("郵便料金", "", 110),
    ]
    document = price_document(price)
    assert price_of(document) == price
    assert line_words("手数料", row, english) == read
    # The claim holds one text, and says the same to whoever reads it.
    claimed = due_lines(None, document)
    assert [line.label for line in claimed] == [f"手数料：{row}" if row else "手数料", "郵便料金"]
    assert kept_words(claimed[0].label, english) == read


def test_a_line_without_its_amount_is_named_too(tmp_path: Path) -> None:
    compiled = procedure(tmp_path, FIELDS.replace("WHAT", "what, type: text"), FEES)
    (pending,) = compiled.journey({"items": [{"what": "机"}]}, CONTEXT).price.pending
    assert pending.row == "机"


def test_a_name_with_a_colon_of_its_own_is_read_as_it_is() -> None:
    words = {"会費：年額": "Yearly dues"}
    assert kept_words("会費：年額", lambda text: words.get(text, text)) == "Yearly dues"
    assert kept_words("会費：年額", lambda text: text) == "会費：年額"
