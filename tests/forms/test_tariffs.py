"""Tariffs of real cities in the words of definitions, against sums worked out by hand.

The room tariffs are the kinds that docs of the domain list: factors that multiply (豊明市) or add,
discounts for registered groups, rounding to 10 yen, slots with a price of their own together.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from portal.forms import Context, Price, Procedure
from tests.forms.city import CONTEXT, TODAY, procedure

ROOM_FIELDS = """
- {id: weekend, type: yes_no, label: 土日祝}
- {id: profit, type: yes_no, label: 営利目的}
- {id: registered, type: yes_no, label: 登録団体}
- {id: aircon, type: integer, label: 冷暖房の時間, min: 0, max: 12}
- {id: slots, type: integer, label: 枠, min: 1, max: 4}
- {id: part, type: choice, label: 面, options: {whole: 全面, half: 半面}}
"""
ROOM_FEES = """
tables:
  hall:
    by: [part, slots]
    rows:
      whole: {1: 3005, 2: 5005, 3: 7005, 4: 9005}   # compound slots cost less than their sum
      half: {1: 1505, 2: 2505, 3: 3505, 4: 4505}
fees:
  lines:
    - id: room
      label: 使用料
      account: fee
      amount: lookup("hall", part, slots)
      factors:
        - {label: 土日祝, when: weekend, percent: 30}
        - {label: 営利目的, when: profit, percent: 30}
        - {label: 登録団体, when: registered, percent: -50}
      round: {to: 10}
    - id: air
      label: 冷暖房
      account: fee
      amount: 150
      quantity: aircon
      unit: 時間
      when: aircon > 0
"""


@pytest.fixture
def room(tmp_path: Path) -> Procedure:
    return procedure(tmp_path, ROOM_FIELDS, ROOM_FEES)


@pytest.mark.parametrize(
    ("answers", "amounts"),
    [
        ({}, [3000]),
        ({"weekend": True}, [3900]),  # 3005 + 901.5 = 3906.5
        ({"weekend": True, "profit": True}, [4800]),  # they add: 3005 × 1.6 = 4808
        ({"weekend": True, "profit": True, "registered": True}, [3300]),  # × 1.1 = 3305.5
        ({"registered": True, "slots": 4}, [4500]),
        ({"part": "half", "slots": 3, "aircon": 3}, [3500, 450]),
    ],
)
def test_surcharges_that_add(
    room: Procedure, answers: Mapping[str, Any], amounts: list[int]
) -> None:
    nothing = {"weekend": False, "profit": False, "registered": False, "aircon": 0, "slots": 1}
    price = room.price({**nothing, "part": "whole", **answers}, CONTEXT)
    assert price.complete and [line.amount for line in price.lines] == amounts


def test_what_is_taken_off_never_goes_below_nothing(tmp_path: Path) -> None:
    compiled = procedure(
        tmp_path,
        "- {id: copies, type: integer, label: 通数, max: 100}",
        """
        fees:
          lines:
            - id: a
              label: 料
              account: fee
              amount: 100
              quantity: copies
              factors:
                - {label: 値引き, when: "true", yen: -250}
                - {label: 夜間, when: "true", times: 1.5}
              at_least: 30
              at_most: 1000
        """,
    )
    amounts = [compiled.price({"copies": copies}, CONTEXT).total for copies in (0, 1, 3, 4, 100)]
    assert amounts == [0, 30, 75, 225, 1000]
    (line,) = compiled.price({"copies": 100}, CONTEXT).lines
    assert (line.at_least, line.at_most, line.rounding) == (None, 1000, None)


@pytest.mark.parametrize(("mode", "amount"), [("down", 40), ("up", 50), ("half_up", 50)])
def test_rounding(tmp_path: Path, mode: str, amount: int) -> None:
    compiled = procedure(
        tmp_path,
        "- {id: n, type: integer, label: 数}",
        f"""
        fees:
          lines:
            - {{id: a, label: 料, account: fee, amount: n, round: {{to: 10, mode: {mode}}}}}
        """,
    )
    (line,) = compiled.price({"n": 45}, CONTEXT).lines
    assert line.amount == amount
    assert line.rounding is not None and line.rounding.to == 10
    (line,) = compiled.price({"n": 40}, CONTEXT).lines
    assert (line.amount, line.rounding) == (40, None)


ROAD_FIELDS = """
- {id: kind, type: choice, label: 種類, options: {pole: 電柱, sign: 看板, pipe: 埋設管}}
- {id: place, type: choice, label: 級地, options: {first: 1級地, second: 2級地}}
- {id: area, type: decimal, label: 面積, places: 2, min: 0, max: 1000, unit: m²}
- {id: period, type: period, label: 期間}
"""
ROAD = """
tables:
  road:                                   # 円/m²・年
    by: [kind, place]
    rows:
      pole: {first: 1300, second: 900}
      sign: {first: 5400, second: 3200}
      pipe: {first: 120, second: 80}
fees:
  lines:
    - id: road
      label: 道路占用料
      account: fee
      # Square metres are rounded up to 0.01; below one month counts as a month.
      amount: lookup("road", kind, place) * area * calendar_months(period.first, period.last)
      factors: [{label: 月割, when: "true", times: 1/1200}]
      at_least: 100
"""


@pytest.mark.parametrize(
    ("kind", "place", "area", "first", "last", "amount"),
    [
        ("sign", "first", "2.5", "2026-04-01", "2027-03-31", 13500),
        ("sign", "first", "2.5", "2026-04-15", "2026-07-01", 4500),  # April to July: 4 months
        ("sign", "second", "0.75", "2026-12-31", "2027-01-01", 400),
        ("pole", "second", "1.01", "2026-04-01", "2026-04-30", 100),  # 75.75, at least 100
        ("pipe", "second", "12.34", "2026-04-01", "2027-03-31", 987),  # 987.2
    ],
)
def test_road_by_kind_area_and_months(
    tmp_path: Path, kind: str, place: str, area: str, first: str, last: str, amount: int
) -> None:
    road = procedure(tmp_path, ROAD_FIELDS, ROAD)
    answers = {
        "kind": kind,
        "place": place,
        "area": area,
        "period": {"first": first, "last": last},
    }
    price = road.price(answers, CONTEXT)
    assert (price.complete, price.total) == (True, amount), price.pending


DOG_FIELDS = """
- id: dogs
  type: group
  label: 犬
  fields:
    - {id: registered, type: yes_no, label: 登録済み}
    - {id: tag, type: choice, label: 鑑札, options: {new: 新しく交付, lost: 再交付, none: なし}}
"""
DOGS = """
tables:
  tag: {by: [鑑札], rows: {new: 550, lost: 340, none: 0}}
fees:
  lines:
    - {id: registration, label: 登録手数料, account: fee, each: dogs, amount: 3000,
       when: registered == false}
    - {id: tag, label: 注射済票, account: fee, each: dogs, amount: 'lookup("tag", tag)',
       when: tag != "none"}
"""


def test_dogs(tmp_path: Path) -> None:
    compiled = procedure(tmp_path, DOG_FIELDS, DOGS)
    dogs = [
        {"registered": False, "tag": "new"},
        {"registered": True, "tag": "lost"},
        {"registered": True, "tag": "none"},
    ]
    price = compiled.price({"dogs": dogs}, CONTEXT)
    assert {line.id: line.amount for line in price.lines} == {
        "registration.0": 3000,
        "tag.0": 550,
        "tag.1": 340,
    }


WASTE_FIELDS = """
- id: items
  type: group
  label: 品物
  fields:
    - {id: item, type: choice, label: 品目, options: {sofa: ソファー, desk: 机, futon: ふとん}}
    - {id: count, type: integer, label: 個数, min: 1, max: 5}
"""
WASTE = """
tables:
  bulky: {by: [品目], rows: {sofa: 800, desk: 400, futon: 200}}
fees:
  lines:
    - {id: waste, label: 粗大ごみ処理手数料, account: fee, free: {quantity: 2, per: year},
       each: items, amount: 'lookup("bulky", item)', quantity: count, unit: 個}
identity: {sign_in: email}
"""


def waste(folder: Path, used: int | None) -> Price:
    compiled = procedure(folder, WASTE_FIELDS, WASTE)
    items = [{"item": "sofa", "count": 1}, {"item": "futon", "count": 3}]
    context = Context(today=TODAY, free_used=None if used is None else {"waste": used})
    return compiled.price({"items": items}, context)


@pytest.mark.parametrize(
    ("used", "amounts", "free"),
    [
        (0, [0, 400], [1, 1]),
        (1, [0, 600], [1, 0]),
        (2, [800, 600], [0, 0]),
        (9, [800, 600], [0, 0]),
    ],
)
def test_two_free_in_a_year_are_taken_in_the_order_of_the_rows(
    tmp_path: Path, used: int, amounts: list[int], free: list[int]
) -> None:
    price = waste(tmp_path, used)
    assert [line.amount for line in price.lines] == amounts
    assert [line.free for line in price.lines] == free


def test_nothing_is_free_for_who_can_t_be_counted(tmp_path: Path) -> None:
    assert waste(tmp_path, None).total == 1400


def test_a_row_that_is_missing_leaves_the_price_open_and_says_which(tmp_path: Path) -> None:
    """``check`` refuses it; a definition that was kept from elsewhere is careful all the same."""
    sound = procedure(tmp_path, WASTE_FIELDS, WASTE).definition
    (table,) = sound.tables.values()
    lacking = {"bulky": table.model_copy(update={"rows": {"sofa": 800}})}
    compiled = Procedure(sound.model_copy(update={"tables": lacking}))
    answers = {"items": [{"item": "sofa", "count": 1}, {"item": "desk", "count": 1}]}
    price = compiled.price(answers, CONTEXT)
    assert [line.id for line in price.lines] == ["waste.0"] and not price.complete
    assert "table “bulky” has no row for 品目 desk" in price.pending[0].reason
    journey = compiled.journey(answers, CONTEXT)
    assert not journey.complete
    assert "料金を計算できませんでした" in journey.errors[0].message


def test_late_and_at_the_counter(tmp_path: Path) -> None:
    compiled = procedure(
        tmp_path,
        "- {id: n, type: note, label: 注意}",
        """
        fees:
          lines:
            - {id: a, label: 料, account: fee, amount: 'channel == "counter" ? 300 : 200'}
            - {id: late, label: 延滞, account: fee, amount: 100, when: 'today > date("2026-04-30")'}
        """,
    )
    assert compiled.price({}, CONTEXT).total == 200
    late = Context(today=date(2026, 5, 1), channel="counter")
    assert compiled.price({}, late).total == 400
