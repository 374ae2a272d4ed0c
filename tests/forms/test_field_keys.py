"""Keys of fields: staff only, rows by expression, notes, the camera, eras, formats, limits."""

from dataclasses import replace
from pathlib import Path

import pytest

from portal.forms import DefinitionErrors, prose
from tests.forms.city import CONTEXT, form, load, one_section, procedure

STAFF = replace(CONTEXT, staff=True)
OFFICE = replace(STAFF, office=True)
HIDDEN = """
- {id: x, type: text, label: 用件}
- {id: checked, type: yes_no, label: 確認した, staff_only: true}
- {id: paper, type: file, label: 控え, staff_only: true, required: false}
- id: findings
  type: group
  label: 気づき
  staff_only: true
  required: false
  fields:
    - {id: what, type: text, label: 内容}
- {id: state, type: computed, label: 状態, value: "checked == true ? '済' : '未'"}
"""


def test_a_resident_neither_sees_nor_sets_what_is_the_staffs(tmp_path: Path) -> None:
    compiled = procedure(tmp_path, HIDDEN)
    html = str(compiled.render_section("main", {}, CONTEXT))
    assert "用件" in html and "確認した" not in html and "findings" not in html
    posted = form(x="届け", checked="yes", findings__0__what="嘘", findings__0___row="1")
    stored = {"checked": False, "findings": [{"what": "本当"}]}
    post = compiled.read_section("main", posted, stored, CONTEXT)
    assert post.may_continue
    assert {name: post.answers[name] for name in stored} == stored
    added = compiled.read_section("main", form(x="届け", _add="findings"), stored, CONTEXT)
    assert added.answers["findings"] == stored["findings"]
    assert compiled.file_rule("paper") is None and compiled.file_rule("paper", staff=True)


def test_what_staff_filled_in_counts_for_everybody(tmp_path: Path) -> None:
    compiled = procedure(tmp_path, HIDDEN)
    journey = compiled.journey({"x": "届け", "checked": True}, CONTEXT)
    assert journey.complete
    assert journey.answers["checked"] is True and journey.answers["state"] == "済"
    assert compiled.journey({"x": "届け"}, CONTEXT).complete
    assert not compiled.journey({"x": "届け"}, STAFF).complete
    labels = [row.label for row in compiled.summary({"x": "届け"}, CONTEXT)[0].rows]
    assert labels == ["用件", "状態"]


def test_the_office_is_asked_for_just_that(tmp_path: Path) -> None:
    compiled = procedure(tmp_path, HIDDEN)
    assert compiled.office_sections == ("main",)
    html = str(compiled.render_section("main", {"x": "届け"}, OFFICE))
    assert "確認した" in html and "用件" not in html
    post = compiled.read_section("main", form(checked="yes", x="別"), {"x": "届け"}, OFFICE)
    assert (post.answers["x"], post.answers["checked"]) == ("届け", True)


ROWS = """
- {id: n, type: integer, label: 人数, max: 4}
- id: people
  type: group
  label: 人
  min_items: n
  max_items: n + 1
  show: table
  fields:
    - {id: name, type: text, label: 名}
"""


@pytest.mark.parametrize(
    ("rows", "told"),
    [(1, "2件以上"), (2, None), (3, None), (4, "3件まで")],
)
def test_rows_follow_other_answers(tmp_path: Path, rows: int, told: str | None) -> None:
    compiled = procedure(tmp_path, ROWS)
    answers = {"n": 2, "people": [{"name": "あ"}] * rows}
    errors = [error.message for error in compiled.journey(answers, CONTEXT).errors]
    assert [told in message for message in errors] == ([True] if told else [])
    html = str(compiled.render_section("main", {"n": 2}, CONTEXT))
    assert html.count("group__item") == 2 and "group--table" in html
    full = str(compiled.render_section("main", answers, CONTEXT))
    assert ('name="_add"' in full) == (rows < 3)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("一行目\n二行目", "<p>一行目<br>二行目</p>"),
        ("前\n\n後", "<p>前</p><p>後</p>"),
        ("物\n- 印鑑\nです", '<p>物</p><ul class="list"><li>印鑑</li></ul><p>です</p>'),
        ("[a](https://b.jp/?q&r)へ", '<p><a href="https://b.jp/?q&amp;r">a</a>へ</p>'),
        ("[地図](/map)", '<p><a href="/map">地図</a></p>'),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
        ("[x](//evil.example)", "<p>[x](//evil.example)</p>"),
        ("<b>&[<i>](https://a.example)", '<p>&lt;b&gt;&amp;<a href="https://a.example">&lt;i&gt;</a></p>'),
    ],
)  # fmt: skip
def test_a_note_has_paragraphs_lists_and_links(text: str, html: str) -> None:
    assert prose.html(text) == html


def test_a_camera_takes_the_photo(tmp_path: Path) -> None:
    html = str(
        procedure(tmp_path, "- {id: x, type: file, label: 写真, capture: true}").render_section(
            "main", {}, CONTEXT
        )
    )
    assert 'accept="image/*" capture="environment"' in html


def test_days_are_offered_by_era_to_whoever_likes_it(tmp_path: Path) -> None:
    fields = "- {id: x, type: date, label: 日}\n- {id: p, type: period, label: 間}"
    compiled = procedure(tmp_path, fields)
    eras = replace(CONTEXT, wareki=True)
    blank = str(compiled.render_section("main", {}, eras))
    assert blank.count('value="reiwa" selected') == 3
    filled = str(compiled.render_section("main", {"x": "1989-01-07"}, eras))
    assert 'value="showa" selected' in filled and 'value="64"' in filled
    western = str(compiled.render_section("main", {"x": "1989-01-07"}, CONTEXT))
    assert 'value="1989"' in western and "selected" not in western


@pytest.mark.parametrize(
    ("how", "value", "text"),
    [
        ("format: yen", "1200 + 34", "1,234円"),
        ("unit: 人", "3", "3人"),
        ("format: date", "today", "2026年4月1日（令和8年）"),
        ("format: number", "12000", "12,000"),
    ],
)
def test_a_computed_value_is_shown_as_its_author_says(
    tmp_path: Path, how: str, value: str, text: str
) -> None:
    fields = f"""
    - {{id: a, type: yes_no, label: a}}
    - {{id: x, type: computed, label: x, {how}, value: "{value}"}}
    """
    summary = procedure(tmp_path, fields).summary({"a": True}, CONTEXT)
    assert summary[0].rows[1].text == text


def test_decimals_and_periods_in_expressions(tmp_path: Path) -> None:
    fields = """
    - {id: area, type: decimal, places: 2, label: 面積, unit: ㎡}
    - {id: stay, type: period, label: 期間, open_ended: true}
    - {id: open, type: time, label: 始まり}
    - {id: x, type: computed, label: x, value: "area * 30 / 100"}
    - {id: y, type: computed, label: y, value: "days_between(stay.first, stay.last) + 1"}
    - {id: z, type: computed, label: z, value: 'open < "12:00"'}
    """
    answers = {
        "area": "12.5", "stay": {"first": "2026-04-01", "last": "2026-04-03"}, "open": "09:30",
    }  # fmt: skip
    found = procedure(tmp_path, fields).journey(answers, CONTEXT).answers
    assert (found["x"], found["y"], found["z"]) == (375, 3, True)


@pytest.mark.parametrize(
    ("field", "told"),
    [
        ("type: decimal, min: 0.25", "“min” has more than 1 decimal places"),
        ("type: decimal, min: 3, max: 2.5", "min 3 is more than max 2.5"),
        ("type: decimal, default: 7.55, places: 2, max: 5", "default 7.55"),
        ('type: time, min: "18:00", max: "9:00"', "not an expression: '9:00'"),
        ('type: date, min: "09:00"', "“min” is '09:00' → a day"),
        ('type: time, min: "18:00", max: "09:00"', "min 18:00 is more than max 09:00"),
        ("type: time, min: 2026-04-01", "“min” is '2026-04-01' → a time in quotes"),
        ('type: date, min: "2026-13-01"', "“min” is '2026-13-01' → a day"),
        ("type: date, max: 1 + 1", "gives 2 → a day"),
        ("type: integer, max: today", "→ a whole number"),
        ("type: integer, max: 5 +", "not an expression: '5 +'"),
        ("type: period, max_days: today", "→ a whole number"),
        ("type: text, characters: digits, default: abc", "default abc"),
        ("type: text, min_length: 5, max_length: 3", "min_length 5 is more than max_length 3"),
        ("type: file, accept: [pdf], capture: true", "a camera makes no PDF"),
        ('type: computed, value: "1", format: yen, unit: 円', "a unit beside format “yen”"),
        ("type: group, min_items: 3, max_items: 2, fields: [{id: a, type: text, label: a}]",
         "min_items 3 is more than max_items 2"),
        ("type: group, fields: [{id: a, type: text, label: a, staff_only: true}]",
         "staff_only within rows"),
        ("type: group, fields: [{id: a, type: text, label: a, fixed: true}]", "fixed within rows"),
        ("type: group, fixed: true, fields: [{id: a, type: text, label: a}]",
         "a group that is fixed"),
        ("type: group, min_items: nobody, fields: [{id: a, type: text, label: a}]",
         "unknown name “nobody”"),
        ("type: text, characters: kanji", "“characters” is 'kanji'"),
        ("type: decimal, places: 7", "“places” is 7"),
    ],
)  # fmt: skip
def test_a_wrong_key_is_told_with_its_line(tmp_path: Path, field: str, told: str) -> None:
    with pytest.raises(DefinitionErrors) as caught:
        load(tmp_path, one_section(f"- {{id: x, {field}, label: 欄}}"))
    messages = [str(problem) for problem in caught.value.problems]
    assert any(told in message for message in messages), messages
    assert all(problem.line > 10 for problem in caught.value.problems)
