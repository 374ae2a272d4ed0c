"""Fees: whole yen, or none at all."""

from pathlib import Path

import pytest

from portal.forms import Context, Procedure
from tests.forms.city import CONTEXT, TODAY, procedure

FIELDS = """
- {id: copies, type: integer, label: 通数, max: 1000000}
- {id: commercial, type: yes_no, label: 営利, required: false}
- {id: outside, type: yes_no, label: 市外, required: false}
- id: items
  type: group
  label: 品物
  min_items: 0
  fields:
    - {id: format, type: choice, label: 大きさ, options: {s: 小, l: 大}}
    - {id: pieces, type: integer, label: 個数}
"""


def priced(folder: Path, lines: str) -> Procedure:
    return procedure(folder, FIELDS, f"fees:\n  lines:\n{lines}")


def test_amount_times_quantity_times_factors(tmp_path: Path) -> None:
    compiled = priced(
        tmp_path,
        """
    - id: room
      label: 使用料
      account: fee
      amount: 600
      quantity: copies
      unit: 枠
      factors:
        - {label: 営利目的, when: commercial, times: 3}
        - {label: 市外, when: outside, times: 2}
""",
    )
    both = {"copies": 2, "commercial": True, "outside": True}
    (line,) = compiled.price(both, CONTEXT).lines
    assert (line.unit_amount, line.quantity, line.unit, line.amount) == (600, 2, "枠", 7200)
    assert [(factor.label, factor.times) for factor in line.factors] == [
        ("営利目的", 3),
        ("市外", 2),
    ]
    assert compiled.price({"copies": 2, "commercial": False}, CONTEXT).total == 1200
    assert compiled.price({"copies": 2}, CONTEXT).total == 1200


def test_a_line_for_each_row(tmp_path: Path) -> None:
    compiled = priced(
        tmp_path,
        """
    - {id: item, label: 手数料, account: fee, each: items, amount: "format == 's' ? 300 : 900",
       quantity: pieces}
    - {id: post, label: 郵送料, account: fee, amount: "count(items) * 10", when: count(items) > 0}
""",
    )
    items = [{"format": "s", "pieces": 2}, {"format": "l", "pieces": 1}]
    price = compiled.price({"copies": 1, "items": items}, CONTEXT)
    assert [(line.id, line.amount) for line in price.lines] == [
        ("item.0", 600),
        ("item.1", 900),
        ("post", 20),
    ]
    assert compiled.price({"copies": 1}, CONTEXT).lines == ()


@pytest.mark.parametrize(
    ("amount", "copies"),
    [
        ("300 * copies", None),
        ("copies > 1 ? 300 : 200", None),
        ("1000 / (copies - 1)", 1),
        ("9000000000000000000 * copies * 2", 1),
        ("copies - 5", 1),
        ("copies * 100000000000", 1),
        ("sum(items.map(item, item.pieces))", 1),
    ],
)
def test_what_can_t_be_calculated_is_never_zero(
    tmp_path: Path, amount: str, copies: int | None
) -> None:
    compiled = priced(tmp_path, f"    - {{id: a, label: 料金, account: fee, amount: '{amount}'}}\n")
    answers = {"copies": copies, "items": [{"format": "s"}]}
    price = compiled.price(answers, CONTEXT)
    assert not price.complete and price.lines == ()
    assert price.pending[0].id == "a"
    assert not compiled.journey(answers, CONTEXT).complete


def test_all_answered_and_still_no_price_is_said(tmp_path: Path) -> None:
    line = "    - {id: a, label: 料, account: fee, amount: 10 / (copies - 1)}\n"
    compiled = priced(tmp_path, line)
    journey = compiled.journey({"copies": 1, "items": []}, CONTEXT)
    assert "料金を計算できませんでした" in journey.errors[0].message
    assert not journey.complete


def test_the_price_shows_before_the_defaults_are_confirmed(tmp_path: Path) -> None:
    compiled = procedure(
        tmp_path,
        "- {id: copies, type: integer, label: 通数, default: 2}",
        "fees:\n  lines:\n    - {id: a, label: 料, account: fee, amount: 300, quantity: copies}\n",
    )
    journey = compiled.journey({}, CONTEXT)
    assert journey.price.total == 600 and not journey.complete


def test_a_booking_has_its_price_from_outside(tmp_path: Path) -> None:
    text = "- {id: a, type: note, label: 注意}"
    rest = "fees:\n  lines:\n    - {id: a, label: 料, account: fee, amount: 'resident.age * 100'}\n"
    compiled = procedure(tmp_path, text, rest)
    assert compiled.price({}, CONTEXT).total == 3600
    assert not compiled.price({}, Context(today=TODAY)).complete


WAITING = """
- {id: delivery, type: choice, label: 受け取り方, options: {post: 郵送, pickup: 窓口}}
- {id: copies, type: integer, label: 通数, min: 1}
- {id: post_kind, type: choice, label: 郵送の種類, options: {a: 普通, b: 速達},
   when: delivery == "post"}
- {id: doubled, type: computed, label: 2倍, value: copies * 2}
- {id: note, type: text, label: メモ, required: false}
- id: items
  type: group
  label: 品物
  fields:
    - {id: extent, type: choice, label: 大きさ, options: {s: 小, l: 大}}
    - {id: memo, type: text, label: 覚え}
"""
WAITING_FEES = """
fees:
  lines:
    - {id: base, label: 基本料, account: fee, amount: 500}
    - {id: copy, label: 手数料, account: fee, amount: 100, quantity: doubled}
    - {id: post, label: 郵送料, account: fee, amount: "post_kind == 'a' ? 110 : 410",
       when: delivery == "post"}
    - {id: item, label: 品物, account: fee, each: items, amount: "extent == 's' ? 300 : 900",
       when: note != "free"}
"""


def test_the_price_says_for_which_answers_it_waits(tmp_path: Path) -> None:
    compiled = procedure(tmp_path, WAITING, WAITING_FEES)
    price = compiled.price({}, CONTEXT)
    assert [line.id for line in price.lines] == ["base"]
    assert [line.id for line in price.pending] == ["copy"]
    # What is computed waits for what it is computed from; what is hidden or optional for nothing.
    assert price.waits_for == ("受け取り方", "通数", "品物")
    some = {"delivery": "post", "copies": 1, "items": [{"memo": "x"}, {}]}
    assert compiled.price(some, CONTEXT).waits_for == ("郵送の種類", "大きさ")
    whole = {"delivery": "pickup", "copies": 1, "items": [{"extent": "s"}]}
    assert compiled.price(whole, CONTEXT).waits_for == ()
    assert compiled.price(whole, CONTEXT).total == 1000


RELIEF = """
- {id: welfare, type: yes_no, label: 生活保護}
- {id: student, type: yes_no, label: 学生}
- {id: proof, type: file, label: 証明書, required: false}
"""
RELIEF_FEES = """
fees:
  reductions:
    - {id: welfare, label: 生活保護, when: welfare, evidence: proof}
    - {id: student, label: 学生, when: student, percent: 33.3}
  lines:
    - {id: a, label: 料, account: fee, amount: 1000}
"""


def test_the_first_reduction_that_fits_and_is_proven_wins(tmp_path: Path) -> None:
    compiled = procedure(tmp_path, RELIEF, RELIEF_FEES)
    proof = [{"id": "1", "filename": "a.pdf", "size": 1, "media_type": "application/pdf"}]

    def price(**answers: object) -> tuple[int, str | None, list[str]]:
        found = compiled.price({"welfare": False, "student": False, **answers}, CONTEXT)
        unproven = [each.evidence_label for each in found.unproven]
        return found.total, found.reduction.id if found.reduction else None, unproven

    assert price() == (1000, None, [])
    assert price(welfare=True) == (1000, None, ["証明書"])
    assert price(welfare=True, proof=proof) == (0, "welfare", [])
    assert price(welfare=True, student=True, proof=proof) == (0, "welfare", [])
    # 667.0 yen exactly: 33.3% is a decimal and no float.
    assert price(welfare=True, student=True) == (667, "student", ["証明書"])


def test_a_reduction_that_can_t_be_decided_leaves_the_price_open(tmp_path: Path) -> None:
    compiled = procedure(
        tmp_path,
        "- {id: copies, type: integer, label: 通数}",
        """
        fees:
          reductions: [{id: many, label: 多い, when: 10 / (copies - 1) > 1}]
          lines: [{id: a, label: 料, account: fee, amount: 1000}]
        """,
    )
    assert compiled.price({"copies": 2}, CONTEXT).total == 0
    price = compiled.price({"copies": 1}, CONTEXT)
    assert not price.complete and price.pending[0].id == "many"
