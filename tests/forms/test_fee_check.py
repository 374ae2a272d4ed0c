"""What an author is told of fees and tables, at its line."""

import json
from pathlib import Path

import pytest

from portal.forms import DefinitionErrors, load_catalogue, thaw
from tests.forms.city import CONTEXT, one_section, write_city
from tests.forms.test_check import problems

GOOD = one_section(
    """
    - {id: kind, type: choice, label: 種類, options: {pole: 電柱, sign: 看板}}
    - id: extent
      type: choice
      label: 大きさ
      options:
        - {value: small, label: 小}
        - {value: large, label: 大, when: kind == "sign"}
    - {id: area, type: decimal, label: 面積, places: 1, max: 20}
    - {id: pieces, type: integer, label: 個数, min: 1, max: 3}
    - {id: welfare, type: yes_no, label: 生活保護}
    - {id: proof, type: file, label: 証明書, required: false}
    - id: items
      type: group
      label: 品物
      fields:
        - {id: item, type: choice, label: 品名, options: {sofa: ソファー, desk: 机}}
        - {id: number, type: integer, label: 個数}
        - {id: born, type: date, label: 生年月日}
    """,
    """
    identity: {sign_in: card}
    outcome: {decide: approve_or_reject}
    tables:
      road:
        by: [kind, extent]
        rows:
          pole: {small: 1300}
          sign: {small: 5400, large: 9800}
      metres:
        by: [area]
        rows: [{below: 50, is: 100}, {to: 100, is: 300}, {is: 500}]
      count:
        by: [pieces]
        rows: {1: 10, 2: 20, 3: 30}
      bulky:
        by: [item]
        rows: {sofa: 800, desk: 400}
    fees:
      collect: on_approval
      reductions:
        - {id: welfare, label: 生活保護, when: welfare, lines: [one], evidence: proof,
           approval: true}
      lines:
        - id: one
          label: 占用料
          account: fee
          amount: lookup("road", kind, extent) + lookup("metres", area) + lookup("count", pieces)
          at_least: 100
          at_most: 100000
          round: {to: 100}
          factors:
            - {label: 看板, when: kind == "sign", percent: 30}
        - {id: rows, label: 品物, account: fee, each: items, rank_by: born,
           amount: "rank == 1 ? lookup('bulky', item) : 0", quantity: number}
        - {id: sum, label: 合計, account: fee, free: {quantity: 3},
           amount: "sum(items.map(i, lookup('bulky', i.item) * i.number))"}
    """,
)


def test_nothing_is_told_of_what_is_right(tmp_path: Path) -> None:
    assert load_catalogue(write_city(tmp_path / "city", {"test": GOOD})).procedures


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("pole: {small: 1300}", "pole: {tiny: 1300}", "no answer leads to row “tiny” of “road”"),
        ('amount: lookup("road"', 'amount: lookup("raod"', "unknown table “raod” → did you mean"),
        ('lookup("road", kind, extent)', 'lookup("road", kind)', "by 1 keys → 2: kind, extent"),
        ('lookup("road", kind, extent)', "lookup(kind, extent)", "without the name of its table"),
        ("rows: {1: 10, 2: 20, 3: 30}", "rows: {1: 10, 2: 20, 3: 30, 4: 40}", "row “4”"),
        ("{below: 50, is: 100}", "{below: 50, is: 100}, {to: 49, is: 1}", "ascending order"),
        ("{below: 50, is: 100}", "{is: 100}", "a band after the one for all the rest"),
        ("{below: 50, is: 100}", "{under: 50, is: 100}", "is no band"),
        ("{below: 50, is: 100}", "{below: '2026-04-01', is: 1}", "days and numbers"),
        ("rows: {sofa: 800, desk: 400}", "rows: {sofa: 800, desk: }", "nothing where a value"),
        ("rows: {sofa: 800, desk: 400}", "rows: {sofa: 1, desk: {a: 1}}", "1 key (item)"),
        ("pole: {small: 1300}", "pole: 1300", "“1300” where rows by “extent” are due"),
        ("by: [item]", "by: [a, b, c, d]", "at most 3 items"),
        ("bulky:\n", "bulk:\n", "no expression looks up “bulk”"),
        ("lines: [one]", "lines: [won]", "unknown line “won” → did you mean “one”?"),
        ("evidence: proof", "evidence: prof", "“prof” is no question"),
        ("evidence: proof", "evidence: items", "“items” is no question"),
        ("when: welfare", "when: false_", "unknown name “false_”"),
        ("when: welfare", 'when: "false"', "it can never apply"),
        ("when: welfare", "when: welfare, percent: 101", "at most 100"),
        ("when: welfare", "when: welfare >", "not an expression"),
        ("rank_by: born", "rank_by: item", "“item” is no date or number of “items”"),
        ("each: items, rank_by", "rank_by", "a rank without rows"),
        ("at_least: 100", "at_least: 150", "a multiple of 100, as it is rounded"),
        ("at_least: 100", "at_least: -100", "at_least is -100 → 0 or more"),
        ("at_most: 100000", "at_most: kind", "gives 'pole' → a whole number"),
        ("percent: 30", "percent: 30, yen: 5", "just one of times, percent and yen"),
        ("percent: 30", "help: x", "unknown key “help”"),
        ("percent: 30", "percent: 0", "not 0"),
        ("percent: 30", "times: 0", "above 0"),
        ("percent: 30", "percent: kind", "gives 'pole' → a whole number"),
        ("quantity: 3}", "quantity: 0}", "greater than or equal to 1"),
        ("quantity: 3}", "quantity: 3, per: week}", "“per” is 'week' → known are"),
        ("{to: 100}", "{to: 0}", "greater than or equal to 1"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_where_it_is(tmp_path: Path, old: str, new: str, told: str) -> None:
    line = GOOD[: GOOD.index(old)].count("\n") + 1
    found = problems(tmp_path, GOOD.replace(old, new, 1))
    assert any(told in words and where == line for where, words in found), (line, found)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("{small: 5400, large: 9800}", "{small: 5400}", "table “road” for kind sign, extent large"),
        ("pole: {small: 1300}", "poles: {small: 1300}", "no row in table “road” for kind pole"),
        ("rows: {1: 10, 2: 20, 3: 30}", "rows: {1: 10, 2: 20}", "“count” for pieces 3"),
        ("{sofa: 800, desk: 400}", "{sofa: 800}", "“bulky” for item desk"),
        ("{to: 100, is: 300}, {is: 500}", "{to: 100, is: 300}", "“metres” for area 101"),
        ("on_approval", "on_submit", "granted on approval, and collected on_submit"),
        ("sign_in: card", "sign_in: optional", "can't be counted without a sign-in"),
        ("decide: approve_or_reject", "issue: paper", "nobody approves anything"),
        ("at_least: 100", "at_least: 200000", "at_least 200000 is more than at_most 100000"),
        ("id: sum", "id: rows", "2 fee lines are called “rows”"),
        ("id: number, type", "id: rank, type", "a field is called “rank” too"),
        ("label: 合計, account: fee", "label: 合計, account: fee, quantity: rank", "“rank”"),
    ],
)
def test_a_mistake_is_told_where_it_shows(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in GOOD
    found = problems(tmp_path, GOOD.replace(old, new, 1))
    assert any(told in words for _, words in found), found


def test_frozen_and_thawed_it_is_the_same(tmp_path: Path) -> None:
    root = write_city(tmp_path / "city", {"test": GOOD})
    compiled = load_catalogue(root).procedures["test"]
    document = json.loads(json.dumps(compiled.freeze()))
    again = thaw(document)
    assert again.checksum == compiled.checksum and again.freeze() == document
    answers = {"kind": "sign", "extent": "large", "area": "5", "pieces": 3}
    assert again.price(answers, CONTEXT) == compiled.price(answers, CONTEXT)
    # (9,800 + 300 + 30) × 1.3 = 13,169
    assert again.price(answers, CONTEXT).lines[0].amount == 13_100


def test_an_option_that_is_never_offered_needs_no_row(tmp_path: Path) -> None:
    """A large pole has no price, and can't be chosen; with another condition it can."""
    text = GOOD.replace("""when: kind == "sign"}""", """when: kind != ""}""", 1)
    assert any("kind pole, extent large" in words for _, words in problems(tmp_path, text))


SHARED = """
tables:
  bulky:
    by: [item]
    rows: {sofa: 800, desk: 400, lamp: 200}
"""
OWN = """
      bulky:
        by: [item]
        rows: {sofa: 800, desk: 400}
"""


def test_a_shared_table_is_copied_into_those_that_use_it(tmp_path: Path) -> None:
    text = GOOD.replace(OWN.strip("\n").replace("      ", "  "), "", 1)
    root = write_city(tmp_path / "city", {"test": text})
    (root / "tables").mkdir()
    (root / "tables" / "waste.yaml").write_text(SHARED, encoding="utf-8")
    (definition,) = (each.definition for each in load_catalogue(root).procedures.values())
    assert set(definition.tables) == {"road", "metres", "count", "bulky"}
    assert "lamp" in definition.tables["bulky"].rows


def test_a_shared_table_is_checked_where_it_stands(tmp_path: Path) -> None:
    root = write_city(tmp_path / "city", {"test": GOOD})
    (root / "tables").mkdir()
    for name in ("one", "two"):
        (root / "tables" / f"{name}.yaml").write_text(SHARED + "    x: 1\n", encoding="utf-8")
    with pytest.raises(DefinitionErrors) as caught:
        load_catalogue(root)
    told = [(problem.file.name, problem.found) for problem in caught.value.problems]
    assert ("one.yaml", "unknown key “x”") in told
    assert ("test.yaml", "table “bulky” is shared by all procedures") in told
    assert ("two.yaml", "table “bulky” stands twice") in told


def test_a_reduction_for_whoever_was_not_asked_is_refused(tmp_path: Path) -> None:
    fields = """
    - {id: member, type: yes_no, label: 会員}
    - {id: ground, type: choice, label: 理由, when: member, options: {none: なし, poor: 困窮}}
    """
    fees = """
    fees:
      reductions: [{id: r, label: 免除, when: WHEN}]
      lines: [{id: f, label: 手数料, account: fee, amount: 300}]
    """
    careless = write_city(
        tmp_path / "a", {"test": one_section(fields, fees.replace("WHEN", 'ground != "none"'))}
    )
    with pytest.raises(DefinitionErrors) as errors:
        load_catalogue(careless)
    assert "it holds while “ground” is not asked at all" in str(errors.value.problems[0])
    careful = 'answered(ground) && ground != "none"'
    made = load_catalogue(
        write_city(tmp_path / "b", {"test": one_section(fields, fees.replace("WHEN", careful))})
    ).procedures["test"]
    assert made.price({"member": False}, CONTEXT).total == 300
    assert made.price({"member": True, "ground": "poor"}, CONTEXT).total == 0
