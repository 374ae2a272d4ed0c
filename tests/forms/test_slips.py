"""What people write who meet YAML for the first time: named at its line, and hiding nothing."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from portal.forms import DefinitionErrors, load_catalogue
from portal.forms.cli import forms
from portal.forms.miswritten import meant_by, number_in, yen_in
from portal.forms.source import Source, load
from tests.forms.city import one_section, write_city

TEXT = one_section(
    """
    - {id: vehicle, type: choice, label: 何を, options: {bicycle: 自転車, moped: 原付}}
    - {id: phone, type: text, label: 電話}
    - id: plate
      type: text
      label: 番号
      when: vehicle == "moped"
    - {id: start, type: date, label: いつから, min: 2026-04-01}
    - {id: months, type: integer, label: 何か月, min: 1, max: 6}
    - {id: student, type: yes_no, label: 学生, default: false}
    """,
    """
    tables:
      parking:
        by: [vehicle]
        rows: {bicycle: 2000, moped: 3000}
      place:
        by: [vehicle, months]
        rows:
          bicycle: {1: 100, 2: 100, 3: 100, 4: 100, 5: 100, 6: 100}
          moped: [{is: 200}]
    fees:
      reductions:
        - {id: student, label: 学生, when: student, percent: 50}
      lines:
        - {id: use, label: 使用料, account: fee, amount: 'lookup("parking", vehicle)'}
        - {id: more, label: 加算, account: fee, amount: 'lookup("place", vehicle, months)'}
    retention: 3y
    """,
).replace("department: citizens", "department: citizen")
#: A mistake of another kind, near the top of the file, which must be told beside each.
OTHER = "unknown department “citizen” → did you mean “citizens”?"


def told(folder: Path, text: str) -> list[tuple[int, str]]:
    root = write_city(folder / "city", {"test": text})
    with pytest.raises(DefinitionErrors) as caught:
        load_catalogue(root)
    return [(each.line, f"{each.found} → {each.right}") for each in caught.value.problems]


SLIPS = [
    ("title: 試", "title：試", "a full-width colon after “title”"),
    ("title: 試", "title:試", "no space after “title:” → “title: ” and then the value"),
    ("      label: 番号", "      label：番号", "a full-width colon after “label”"),
    ("{id: phone", "{id：phone", "a full-width colon after “id” → “id: phone”"),
    ("{id: phone", "{id:phone", "no space behind the colon of “id” → “id: phone”"),
    ("phone, type", "phone、type", "“、” between two keys → a half-width comma"),
    ("label: 電話}", "label: 電話", "“{” is never closed → “}” at the end"),
    ("label: 番号", "label: 番号: 2", 'in the value of “label” → the value in quotes: "番号: 2"'),
    ("label: 番号", "label: @番号", "“@” in the value of “label”"),
    ("        label: 番号", "\tlabel: 番号", "a tab before “label:” → spaces"),
    ("        label: 番号", "　label: 番号", "a full-width space before “label:” → spaces"),
    ("        label: 番号", "         label: 番号", "after 9 spaces → 8 spaces"),
    ("        label: 番号", "          label: 番号", "“label:” stands after 10 spaces → 8 spaces"),
    ("        type: text\n", "      type: text\n", "“type:” stands after 6 spaces → 8 spaces"),
    ("      - id: plate", "    - id: plate", "“-” stands after 4 spaces → 6 spaces, as the “-”"),
    ("title: 試験の申請", "title: “試験の申請”", 'full-width quotes: “試験の申請” → "試験の申請"'),
    ("retention: 3y", "retention: 3年", "“retention” is '3年' → a number with y (years)"),
    ("id: plate", "id: ナンバー", "“id” is 'ナンバー' → small letters a to z"),
    ("min: 2026-04-01", "min: 2026-02-30", "“min” is '2026-02-30' → a day of the calendar"),
    ("min: 2026-04-01", "min: 2026-13-30", "“min” is '2026-13-30' → a day (2026-04-01)"),
    ("max: 6", "max: 6か月", "not an expression: '6か月' → the number alone: 6"),
    ("max: 6", "max: 六", "not an expression: '六' → column 1"),
    ("percent: 50", "percent: 100%", "'100%' → the number alone: 100"),
    ("moped: 3000", "moped: 3,000円", "“3,000円” → the digits alone: 3000"),
    ("moped: 3000", "moped: 3,000", "“3,000” → the digits alone: 3000"),
    ("moped: 3000", "moped: 3000円", "“3000円” is a text → the number alone: 3000"),
    ("moped: [{is: 200}]", "moped: {}", "the row “moped” is empty → a value for each “months”"),
    ("moped: [{is: 200}]", "moped:", "the row “moped” is empty → a value for each “months”"),
    ('when: vehicle == "moped"', 'when: vehicle = "moped"', 'write it so: vehicle == "moped"'),
    ('when: vehicle == "moped"', "when: vehicle == “moped”", 'write it so: vehicle == "moped"'),
    ('when: vehicle == "moped"', "when: vehicle == 「moped」", 'write it so: vehicle == "moped"'),
    ('when: vehicle == "moped"', 'when: "moped" == vehicle', "after the closing quote → all of it"),
    ('when: vehicle == "moped"', "when: vehicle == moped", 'stands in quotes: "moped"'),
    ('when: vehicle == "moped"', "when: !student", "in quotes, because it begins with “!”"),
    ('when: vehicle == "moped"', "when: !student && true", "“!” in the value of “when”"),
    ("id: student, type", "id: months, type", "2 fields are called “months”"),
]  # fmt: skip


@pytest.mark.parametrize(("right", "wrong", "words"), SLIPS, ids=[wrong for _, wrong, _ in SLIPS])
def test_a_slip_is_named_where_it_is(tmp_path: Path, right: str, wrong: str, words: str) -> None:
    at = TEXT.index(right) if right in TEXT else -1
    assert at >= 0
    line = TEXT[:at].count("\n") + 1
    found = told(tmp_path, TEXT.replace(right, wrong, 1))
    assert any(where == line and words in each for where, each in found), found
    assert any(OTHER in each for _, each in found), found


def test_a_field_that_stands_twice_depends_on_nothing(tmp_path: Path) -> None:
    field = "{id: phone, type: text, label: 電話}"
    twice = TEXT.replace(field, "{id: plate, type: text, label: 電話}")
    assert not any("circle" in each for _, each in told(tmp_path, twice))


def test_the_answer_to_a_choice_of_numbers_is_made_a_number(tmp_path: Path) -> None:
    choice = 'type: choice, label: 何か月, options: {"1": 1か月, "6": 6か月}'
    text = TEXT.replace("type: integer, label: 何か月, min: 1, max: 6", choice)
    text = text.replace("when: student,", "when: months > 2,")
    assert any(each.endswith("as a number it is int(months)") for _, each in told(tmp_path, text))


def test_several_slips_at_once(tmp_path: Path) -> None:
    text = TEXT.replace("title: 試", "title：試").replace("{id: phone", "{id：phone")
    text = text.replace("        label: 番号", "\tlabel: 番号").replace(
        "percent: 50", "percent: 50%"
    )
    words = "\n".join(each for _, each in told(tmp_path, text))
    for part in ("after “title”", "after “id”", "a tab before", "the number alone: 50", OTHER):
        assert part in words


def test_what_nobody_can_read_is_told_alone(tmp_path: Path) -> None:
    found = told(tmp_path, TEXT.replace("retention: 3y", "retention: 3y\n}}}"))
    assert len(found) == 1 and "write it as YAML" in found[0][1]


def test_signs_that_are_no_slip_stay_as_they_are(tmp_path: Path) -> None:
    file = tmp_path / "file.yaml"
    file.write_text("a: 「申請」について\nb: |\n  c：d\n  “e”\nf: '“g”'\nh: {i: 100, 200: x}\n")
    source = load(file)
    assert isinstance(source, Source) and source.slips == ()
    assert source.content["b"] == "c：d\n“e”\n" and source.content["f"] == "“g”"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("a ＝＝ 1", "a == 1"),
        ("a > 1 and b", "a > 1 && b"),
        ("a かつ not b", "a && !b"),
        ("a または b", "a || b"),
        ("a ≠ 'and = x'", "a != 'and = x'"),
        ("a × 2 =< 5", "a * 2 <= 5"),
        ("（a ＋ 1） ≧ 2", "(a + 1) >= 2"),
    ],
)
def test_operators_as_people_write_them(written: str, meant: str) -> None:
    assert meant_by(written, "x") == f"write it so: {meant}"


def test_a_number_in_words_is_no_number() -> None:
    assert number_in("￥１，２００") == "1200" and number_in("-10%") == "-10"
    assert number_in("東京23区") is None and number_in("６か月") == "6"
    assert yen_in("３０００円") == "3000" and yen_in("1,000") == "1000"
    # A table may say a class, which another table is looked up by.
    assert yen_in("1級") is None and yen_in("1") is None


def test_a_file_that_is_called_otherwise_is_noticed(tmp_path: Path) -> None:
    text = TEXT.replace("department: citizen", "department: citizens")
    root = write_city(tmp_path / "city", {"other": text})
    result = CliRunner().invoke(forms, ["check", str(root / "procedures" / "other.yaml")])
    assert "“test” in a file of another name → the file procedures/test.yaml" in result.output
