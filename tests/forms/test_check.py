"""What an author is told: file, line, what was found, what is right, all at once."""

from pathlib import Path

import pytest

from portal.forms import DefinitionErrors, load_catalogue
from tests.forms.city import HEAD, one_section, write_city

GOOD = one_section(
    """
    - {id: kind, type: choice, label: 種類, options: {a: あ, b: い}}
    - {id: copies, type: integer, label: 通数, min: 1, max: 10, default: 1}
    - {id: applicant, concept: person}
    - id: children
      type: group
      label: お子さん
      fields:
        - {id: name, type: name, label: 名前}
        - {id: born, type: date, label: 生年月日}
    """,
    """
    checks:
      - {when: copies > 5, message: 多すぎます。, field: copies}
    fees:
      lines:
        - {id: fee, label: 手数料, account: fee, amount: 300, quantity: copies}
        - {id: row, label: 人数分, account: fee, each: children, amount: "answered(born) ? 1 : 2"}
    """,
)


def problems(folder: Path, text: str) -> list[tuple[int, str]]:
    root = write_city(folder / "city", {"test": text})
    with pytest.raises(DefinitionErrors) as caught:
        load_catalogue(root)
    for problem in caught.value.problems:
        assert problem.file.name.endswith(".yaml")
    return [
        (problem.line, f"{problem.found} → {problem.right}") for problem in caught.value.problems
    ]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("type: integer", "type: intger", "unknown type “intger” → did you mean “integer”?"),
        ("default: 1}", "defualt: 1}", "unknown key “defualt” → did you mean “default”?"),
        ("default: 1}", "default: 11}", "default 11 → a number from 1 to 10"),
        ("min: 1,", "min: 11,", "min 11 is more than max 10"),
        ("min: 1,", 'min: "1",', "“min” is '1' → a whole number"),
        ("label: 通数, ", "", "“label” is missing → add “label:”"),
        ("{a: あ, b: い}", "{a: あ, b: }", "“label” is empty"),
        ("{a: あ, b: い}", "{}", "at least 1 item"),
        ("{a: あ, b: い}", "{a: あ, b: い}, default: c", "default “c” is no option"),
        ("concept: person", "concept: persn", "“persn” → did you mean “person”?"),
        ("id: copies", "id: kind", "2 fields are called “kind”"),
        ("id: copies", "id: today", "choose another id"),
        ("id: born", "id: name", "2 fields of “children” are called “name”"),
        ("type: name", "type: group, fields: []", "unknown type “group”"),
        ("copies > 5", "copys > 5", "unknown name “copys”"),
        ("copies > 5", "copies >", "not an expression: 'copies >' → column"),
        ("copies > 5", "copies + 5", "gives 6 → a condition: true or false"),
        ("copies > 5", 'copies > "5"', "can't be evaluated"),
        ("copies > 5", 'kind == "c"', "“c” is no option of “kind”"),
        ("copies > 5", "applicant.name.famly == kind", "unknown “applicant.name.famly”"),
        ("copies > 5", "resident.of_cty", "did you mean “of_city”?"),
        ("copies > 5", "lenght(kind) > 5", "unknown function “lenght”"),
        ("copies > 5", "booking.base > 5", "books nothing"),
        ("field: copies", "field: copis", "unknown field “copis”"),
        ("account: fee, amount: 300", "account: fe, amount: 300", "unknown account “fe”"),
        ("amount: 300", "amount: 300.5", "“amount” is 300.5 → a whole number"),
        ("amount: 300", "amount: -300", "amount is -300 → 0 or more"),
        ("amount: 300", "amount: kind", "'kind' gives 'a' → a whole number"),
        ("amount: 300", "amount: copies / 2.0", "can't be evaluated"),
        ("each: children", "each: copies", "“copies” is no group"),
        ("answered(born)", "answered(bron)", "unknown name “bron”"),
        ("department: citizens", "department: citizen", "unknown department “citizen”"),
        ("department: citizens", "department: 市民課", "“市民課” → did you mean “citizens”?"),
        ("life_events: [moving]", "life_events: [引っ越し]", "did you mean “moving”?"),
        ("life_events: [moving]", "life_events: [moved]", "unknown life event “moved”"),
        ("department: citizens", "department: citizens\nbooking: {facility: x}", "“x”"),
        ("title: 試験の申請", "title: 試験の申請\ntitle: x", "duplicate key"),
        ("title: 試験の申請", "title: [試験\nx: [", "“[” is never closed"),
        ("title: 試験の申請", "title: true", 'write it in quotes: "True"'),
    ],
)  # fmt: skip
def test_a_mistake_is_told_where_it_is(tmp_path: Path, old: str, new: str, told: str) -> None:
    # The line of the change; where it adds a line, that one.
    line = GOOD[: GOOD.index(old)].count("\n") + 1 + new.count("\n")
    found = problems(tmp_path, GOOD.replace(old, new, 1))
    assert any(told in words and where == line for where, words in found), (line, found)


def test_nothing_is_told_of_what_is_right(tmp_path: Path) -> None:
    assert load_catalogue(write_city(tmp_path / "city", {"test": GOOD})).procedures


def test_all_mistakes_at_once(tmp_path: Path) -> None:
    text = GOOD
    for old, new in [
        ("type: integer", "type: intger"),
        ("copies > 5", "copies >"),
        ("department: citizens", "department: x"),
        ("account: fee, amount: 300", "account: x, amount: 300"),
        ("answered(born)", "answered(bron)"),
        ("title: 内容", "titel: 内容"),
    ]:
        text = text.replace(old, new, 1)
    assert len(problems(tmp_path, text)) >= 5


@pytest.mark.parametrize(
    "fields",
    [
        "- {id: a, type: text, label: a, when: answered(b)}\n"
        "- {id: b, type: text, label: b, when: answered(a)}",
        "- {id: a, type: text, label: a, when: answered(a)}",
        "- {id: a, type: computed, label: a, value: b + 1}\n"
        "- {id: b, type: computed, label: b, value: a + 1}",
        "- id: g\n  type: group\n  label: g\n  fields:\n"
        "    - {id: a, type: text, label: a, when: answered(b)}\n"
        "    - {id: b, type: text, label: b, when: answered(a)}",
    ],
)
def test_a_circle_is_found(tmp_path: Path, fields: str) -> None:
    assert "a circle of conditions" in problems(tmp_path, one_section(fields))[0][1]


def test_a_mistake_in_a_shared_file_is_told_once(tmp_path: Path) -> None:
    root = write_city(tmp_path / "city", {"one": GOOD, "two": GOOD.replace("test", "two", 1)})
    concepts = root / "concepts.yaml"
    concepts.write_text(concepts.read_text().replace("type: person", "type: persn"))
    accounts = root / "accounts.yaml"
    accounts.write_text(accounts.read_text().replace("title: 手数料, ", ""))
    with pytest.raises(DefinitionErrors) as caught:
        load_catalogue(root)
    assert [(p.file.name, p.line) for p in caught.value.problems] == [
        ("accounts.yaml", 3),
        ("concepts.yaml", 3),
    ]


def test_two_procedures_of_one_id(tmp_path: Path) -> None:
    root = write_city(tmp_path / "city", {"one": GOOD, "two": GOOD})
    with pytest.raises(DefinitionErrors, match="“test” is already"):
        load_catalogue(root)


@pytest.mark.parametrize("content", ["", "5", "[]", "a: b", "\t", HEAD, HEAD + "sections: []"])
def test_a_file_that_is_something_else(tmp_path: Path, content: str) -> None:
    assert problems(tmp_path, content)


def test_missing_files_are_named(tmp_path: Path) -> None:
    with pytest.raises(DefinitionErrors, match=r"municipality\.yaml"):
        load_catalogue(tmp_path)
    with pytest.raises(DefinitionErrors, match="no such folder"):
        load_catalogue(tmp_path / "nowhere")
