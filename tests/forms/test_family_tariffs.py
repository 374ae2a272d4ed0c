"""Fees for families: by income and age, by the order of siblings, reduced for some."""

from pathlib import Path
from typing import Any

import pytest

from portal.forms import Procedure
from tests.forms.city import CONTEXT, procedure

NURSERY = """
tables:
  income:                     # 市民税所得割額 → 階層
    by: [所得割額]
    rows: [{to: 0, is: B}, {below: 48600, is: C}, {below: 97000, is: D1}, {is: D2}]
  fee:                        # 階層 × 4月1日の年齢
    by: [階層, 年齢]
    rows:
      B: [{is: 0}]
      C: [{to: 2, is: 9000}, {is: 0}]
      D1: [{to: 2, is: 24000}, {is: 0}]
      D2: [{to: 2, is: 44500}, {is: 0}]
fees:
  lines:
    - id: month
      label: 保育料（月額）
      account: fee
      each: children
      rank_by: birth_date
      amount: >-
        lookup("fee", lookup("income", tax), age_on(birth_date, fiscal_year_start(today)))
      when: nursery
      factors:
        - {label: 第2子, when: rank == 2, times: 1/2}
        - {label: 第3子から, when: rank >= 3, percent: -100}
      round: {to: 10}
"""
NURSERY_FIELDS = """
- {id: tax, type: yen, label: 市民税所得割額}
- id: children
  type: group
  label: お子さん
  fields:
    - {id: birth_date, type: date, label: 生年月日}
    - {id: nursery, type: yes_no, label: 保育所に通う}
"""


@pytest.fixture
def nursery(tmp_path: Path) -> Procedure:
    return procedure(tmp_path, NURSERY_FIELDS, NURSERY)


def child(birth_date: str, nursery: bool = True) -> dict[str, Any]:
    return {"birth_date": birth_date, "nursery": nursery}


@pytest.mark.parametrize(
    ("tax", "children", "amounts"),
    [
        (0, [child("2024-05-01")], {"month.0": 0}),
        (48599, [child("2024-05-01")], {"month.0": 9000}),
        (48600, [child("2024-05-01")], {"month.0": 24000}),
        (97000, [child("2024-05-01")], {"month.0": 44500}),
        # Three years old on 1 April: free; born a day later, still two.
        (97000, [child("2023-04-01")], {"month.0": 0}),
        (97000, [child("2023-04-02")], {"month.0": 44500}),
        # The eldest doesn't go to a nursery and counts all the same, wherever it stands.
        (50000, [child("2025-06-01"), child("2019-01-01", False)], {"month.0": 12000}),
        # Twins share the order of their rows: the second is the third child.
        (
            50000,
            [child("2019-01-01", False), child("2025-06-01"), child("2025-06-01")],
            {"month.1": 12000, "month.2": 0},
        ),
    ],
)
def test_nursery_by_income_and_age_with_siblings(
    nursery: Procedure, tax: int, children: list[Any], amounts: dict[str, int]
) -> None:
    price = nursery.price({"tax": tax, "children": children}, CONTEXT)
    assert price.complete
    assert {line.id: line.amount for line in price.lines} == amounts


def test_nobody_has_a_rank_while_one_birth_date_is_missing(nursery: Procedure) -> None:
    children = [child("2025-06-01"), {"nursery": False}]
    price = nursery.price({"tax": 50000, "children": children}, CONTEXT)
    assert [line.id for line in price.pending] == ["month.0"]
    assert price.waits_for == ("生年月日",)


SIBLINGS = """
fees:
  reductions:
    - {id: welfare, label: 生活保護, when: ground == "welfare"}
    - {id: low, label: 就学援助, when: ground == "low", percent: 50, lines: [month]}
  lines:
    - id: month
      label: 学童保育料
      account: fee
      each: children
      rank_by: birth_date
      amount: 5000
      when: after_school
      factors: [{label: きょうだい割引, when: rank > 1, percent: -50}]
    - {id: snack, label: おやつ代, account: fee, each: children, amount: 1501, when: after_school}
"""
SIBLING_FIELDS = """
- {id: ground, type: choice, label: 減免, options: {none: なし, welfare: 生活保護, low: 就学援助}}
- id: children
  type: group
  label: お子さん
  fields:
    - {id: birth_date, type: date, label: 生年月日}
    - {id: after_school, type: yes_no, label: 学童に通う}
"""


@pytest.mark.parametrize(
    ("ground", "amounts", "off"),
    [
        ("none", [5000, 2500, 1501, 1501], 0),
        ("welfare", [0, 0, 0, 0], 10502),
        ("low", [2500, 1250, 1501, 1501], 3750),
    ],
)
def test_after_school_with_siblings_and_reductions(
    tmp_path: Path, ground: str, amounts: list[int], off: int
) -> None:
    compiled = procedure(tmp_path, SIBLING_FIELDS, SIBLINGS)
    children = [
        {"birth_date": "2017-05-01", "after_school": True},
        {"birth_date": "2019-05-01", "after_school": True},
    ]
    price = compiled.price({"ground": ground, "children": children}, CONTEXT)
    assert [line.amount for line in price.lines] == amounts
    assert (price.off, price.full_total) == (off, 10502)
    assert price.total == sum(amounts)
