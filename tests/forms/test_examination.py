"""A closer look: conditions without effect, forms without an end, contradicted concepts."""

from datetime import date
from pathlib import Path

import pytest

from portal.config import ROOT
from portal.forms import DefinitionErrors, load_catalogue
from portal.forms.checking import Checked, check
from tests.forms.city import CONCEPTS, HEAD, one_section, write_city

TODAY = date(2026, 6, 10)
GUIDE = "guide: {cost: 無料, time: 5分, after: 確かめます。, needs: [カード]}\n"


def _checked(folder: Path, fields: str, rest: str = "") -> Checked:
    root = write_city(folder / "city", {"test": one_section(fields, GUIDE + rest)})
    return check(root, TODAY)


ASKED = """
- {id: kind, type: choice, label: 種類, options: {a: あ, b: い}}
- {id: part, type: choice, label: 内訳, when: kind == "a", options: [
    {value: x, label: エ}, {value: y, label: ワ, when: kind == "b"}]}
- {id: copies, type: integer, label: 通数, max: 10}
- {id: born, type: date, label: 生年月日, max: today}
- {id: stay, type: period, label: 期間}
- {id: applicant, concept: person}
- id: members
  type: group
  label: 家族
  required: false
  fields:
    - {id: school, type: yes_no, label: 学校}
    - {id: born_on, type: date, label: 生年月日}
    - {id: grade, type: integer, label: 学年, when: CONDITION}
- {id: total, type: computed, label: 合計, value: copies * 300}
- {id: more, type: text, label: もっと, when: CONDITION}
"""


def _conditions(folder: Path, condition: str, where: str) -> Checked:
    inside, outside = (condition, '"true"') if where == "row" else ('"true"', condition)
    fields = ASKED.replace("when: CONDITION", f"when: {inside}", 1)
    fields = fields.replace("when: CONDITION", f"when: {outside}", 1).replace(', when: "true"', "")
    text = one_section(fields, GUIDE)
    return check(write_city(folder / "city", {"test": text}), TODAY)


@pytest.mark.parametrize(
    ("where", "condition"),
    [
        ("top", 'kind == "a" && part == "x"'),
        ("top", "copies > 9"),
        ("top", "total > 2700"),
        ("top", "age_on(born, today) >= 65"),
        ("top", "days_between(born, today) > 90"),
        ("top", 'weekday(born) == "sun"'),
        ("top", "stay.last > add_months(stay.first, 60)"),
        ("top", 'applicant.sex == "male" && age_on(applicant.birth_date, today) >= 50'),
        ("top", 'applicant.address.text.startsWith("見本市")'),
        ("top", "members.exists(m, m.school && m.born_on < add_days(today, -400))"),
        ("top", "count(members) == 3"),
        ("top", "today.getMonth() == 11"),
        ("top", "resident.age >= 65 && !resident.of_city"),
        ("top", 'channel == "counter"'),
        ("row", "school"),
        ("row", 'school && kind == "b"'),
    ],
)
def test_what_can_be_true_is_not_complained_of(tmp_path: Path, where: str, condition: str) -> None:
    checked = _conditions(tmp_path, f"'{condition}'", where)
    # Only the option that the sample form never offers: its field is there for another kind.
    assert [each.found for each in checked.problems] == ['“kind == "b"” is never true here']
    assert checked.hints == ()


@pytest.mark.parametrize(
    ("where", "condition", "certain", "told"),
    [
        ("top", "false", True, "never true"),
        ("top", 'part == "y"', True, "never true"),
        ("top", 'kind == "a" && kind == "b"', True, "never true"),
        ("top", 'kind == "b" && part == "x"', True, "never true"),
        ("top", 'kind == "a" || kind != "a"', True, "always true"),
        ("top", "copies > 10", False, "any of the sample answers"),
        ("top", "stay.last < stay.first", False, "any of the sample answers"),
        ("row", 'kind == "a" && kind == "b"', True, "never true"),
        ("row", "school && !school", True, "never true"),
    ],
)
def test_what_is_never_true_is_told_with_its_line(
    tmp_path: Path, where: str, condition: str, certain: bool, told: str
) -> None:
    checked = _conditions(tmp_path, f"'{condition}'", where)
    found = [
        each
        for each in (checked.problems if certain else checked.hints)
        if f"“{condition}”" in each.found
    ]
    lines = (tmp_path / "city" / "procedures" / "test.yaml").read_text().splitlines()
    assert len(found) == 1, checked
    assert told in found[0].found and condition in lines[found[0].line - 1]


def test_a_section_and_a_fee_that_nobody_reaches(tmp_path: Path) -> None:
    text = one_section(
        "- {id: kind, type: choice, label: 種類, options: {a: あ, b: い}}",
        GUIDE
        + """\
fees:
  lines:
    - {id: fee, label: 手数料, account: fee, amount: 300, when: kind == "a" && kind != "a"}
""",
    )
    other = """\
  - id: other
    title: ほか
    when: kind == "a" && kind == "b"
    fields:
      - {id: x, type: text, label: 質問}
guide:"""
    text = text.replace("guide:", other)
    checked = check(write_city(tmp_path / "city", {"test": text}), TODAY)
    lines = text.splitlines()
    assert [lines[each.line - 1].strip()[:4] for each in checked.problems] == ["when", "- {i"]


@pytest.mark.parametrize(
    ("fields", "rest", "line", "told"),
    [
        (
            "- {id: kind, type: yes_no, label: 種類}\n- {id: x, type: integer, label: 数}",
            "checks:\n  - {when: x >= 0, message: だめです, field: x}\n",
            "label: 数",
            "nobody gets past “x”: だめです",
        ),
        (
            "- id: g\n  type: group\n  label: 行\n  fields:\n"
            '    - {id: a, type: time, label: 時刻, min: "18:00", max: "\'09:00\'"}',
            "",
            "id: a",
            "nobody gets past “g.0.a”",
        ),
    ],
)
def test_a_form_without_an_end_is_told_at_its_field(
    tmp_path: Path, fields: str, rest: str, line: str, told: str
) -> None:
    checked = _checked(tmp_path, fields, rest)
    assert [told in each.found for each in checked.problems] == [True], checked
    lines = (tmp_path / "city" / "procedures" / "test.yaml").read_text().splitlines()
    assert line in lines[checked.problems[0].line - 1]


def test_who_has_no_card_may_be_the_only_one_who_gets_through(tmp_path: Path) -> None:
    checks = "checks:\n  - {when: resident.signed_in, message: 窓口へ, field: x}\n"
    assert _checked(tmp_path, "- {id: x, type: text, label: 質問}", checks).problems == ()


def test_gaps_in_the_guide(tmp_path: Path) -> None:
    text = one_section("- {id: x, type: file, label: 写真}", "guide: {cost: 無料}\n")
    checked = check(write_city(tmp_path / "city", {"test": text}), TODAY)
    assert checked.problems == ()
    assert [each.found.split()[-1] for each in checked.hints] == ["“after”", "“needs”", "“time”"]
    nothing = "identity: {sign_in: none}\nguide: {cost: 無料, time: 5分, after: 終わりです。}\n"
    text = one_section("- {id: x, type: text, label: 質問}", nothing)
    assert check(write_city(tmp_path / "without", {"test": text}), TODAY).hints == ()


@pytest.mark.parametrize(
    ("field", "told"),
    [
        ("{id: x, concept: phone, label: 連絡先}", None),
        ("{id: x, concept: phone, type: phone}", None),
        ("{id: x, concept: phone, type: text}", "type “text” of a field for the concept “phone”"),
        ("{id: x, concept: phone, label: 申請する人}", "that is what the concept “person”"),
    ],
)
def test_a_field_that_contradicts_its_concept(tmp_path: Path, field: str, told: str | None) -> None:
    root = write_city(tmp_path / "city", {"test": one_section(f"- {field}")})
    if told is None:
        load_catalogue(root)
        return
    with pytest.raises(DefinitionErrors) as caught:
        load_catalogue(root)
    (problem,) = caught.value.problems
    assert told in str(problem) and problem.line == len(HEAD.splitlines()) + 5


def test_rows_contradict_concepts_too(tmp_path: Path) -> None:
    fields = (
        "- id: g\n  type: group\n  label: 行\n  fields:\n    - {id: x, concept: fixed, label: 家族}"
    )
    root = write_city(tmp_path / "city", {"test": one_section(fields)})
    assert "家族" in CONCEPTS
    with pytest.raises(DefinitionErrors, match="that is what the concept “members” is called"):
        load_catalogue(root)


def test_the_sample_city_has_nothing_to_put_right() -> None:
    checked = check(ROOT / "forms_defs", TODAY)
    assert (checked.problems, checked.hints) == ((), ())
    assert len(checked.procedures) > 1
