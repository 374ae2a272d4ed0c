"""All answers in words: what each is called, and what of it can be changed."""

from pathlib import Path

from portal.forms import messages
from tests.forms.city import CONTEXT, procedure

FIELDS = """
- {id: count, type: integer, label: 通数}
- {id: twice, type: computed, label: 2倍, value: count * 2}
- {id: note, type: text, label: メモ, required: false}
- {id: agreed, type: yes_no, label: 同意}
- {id: name, concept: fixed}
- id: things
  type: group
  label: もの
  item_label: ひとつ
  fields:
    - {id: what, type: text, label: なに}
- id: rows
  type: group
  label: ほか
  fields:
    - {id: what, type: text, label: なに}
"""
ANSWERS = {
    "count": 2,
    "agreed": False,
    "name": {"family": "見本", "given": "花子"},
    "things": [{"what": "机"}],
    "rows": [{"what": "椅子"}],
}


def test_each_row_has_one_heading_and_only_what_can_be_changed_a_link(tmp_path: Path) -> None:
    words = {"ひとつ": "Thing", "もの": "Things"}
    compiled = procedure(tmp_path, FIELDS)
    (section,) = compiled.summary(
        ANSWERS,
        CONTEXT,
        translate=lambda text: words.get(text, text),
        sources={"name": "card"},
    )
    assert [(row.label, row.text, row.changeable) for row in section.rows] == [
        ("通数", "2", True),
        ("2倍", "4", False),
        ("メモ", "", True),
        ("同意", messages.NO, True),
        ("氏名", "見本　花子", False),
        ("Thing 1", "なに: 机", True),
        ("ほか 1", "なに: 椅子", True),
    ]


def test_a_fixed_name_that_somebody_typed_can_be_changed(tmp_path: Path) -> None:
    (section,) = procedure(tmp_path, FIELDS).summary(ANSWERS, CONTEXT)
    assert all(row.changeable for row in section.rows if row.label == "氏名")


def test_the_link_says_in_the_brackets_of_the_language_what_it_changes(tmp_path: Path) -> None:
    compiled = procedure(tmp_path, "- {id: name, concept: person}")
    person = {"name": ANSWERS["name"], "birth_date": "1990-01-02", "kana": None}
    answers = {"name": {**person, "address": {"postcode": "", "text": "見本市1-1"}}}
    english = {messages.BRACKETED: " (%(text)s)", messages.CHANGE: "Change"}
    html = compiled.render_section(
        "main",
        answers,
        CONTEXT,
        sources={"name": "earlier"},
        translate=lambda text: english.get(text, text),
    )
    assert 'Change<span class="visually-hidden"> (申請する人)</span>' in html


def test_short_choices_stand_in_one_line_and_long_ones_each_in_their_own(tmp_path: Path) -> None:
    fields = """
- {id: days, type: choices, label: 曜日, options: {mon: 月曜, tue: 火曜, wed: 水曜}}
- {id: ways, type: choices, label: 方法, options: {a: 住民票の写しを出す, b: 見せる}}
"""
    (section,) = procedure(tmp_path, fields).summary(
        {"days": ["mon", "wed"], "ways": ["a", "b"]},
        CONTEXT,
        translate=lambda text: {"、": ", "}.get(text, text),
    )
    assert [row.text for row in section.rows] == ["月曜, 水曜", "住民票の写しを出す\n見せる"]
