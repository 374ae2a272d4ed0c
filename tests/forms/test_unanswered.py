"""Conditions that hold only because something beside them isn't answered yet."""

from datetime import date
from pathlib import Path

import pytest

from portal.config import ROOT
from portal.forms.checking import Checked, check
from tests.forms.city import one_section, write_city

TODAY = date(2026, 6, 10)
GUIDE = "guide: {cost: 無料, time: 5分, after: 確かめます。, needs: [カード]}\n"
ASKED = """
- {id: kind, type: choice, label: 種類, options: {new: 新規, end: 終了}}
- {id: usual, type: choice, label: ふだん, default: yes, options: {yes: はい, no: いいえ}}
- {id: wish, type: choice, label: 希望, required: false, options: {a: あ, b: い}}
- {id: way, type: choice, label: 方法, when: kind == "new", options: {post: 郵送, desk: 窓口}}
- {id: more, type: text, label: もっと, when: CONDITION}
"""


def _warnings(folder: Path, condition: str, fields: str = ASKED, rest: str = "") -> list[str]:
    text = one_section(fields.replace("CONDITION", condition), GUIDE + rest)
    found: Checked = check(write_city(folder / "city", {"test": text}), TODAY)
    assert not found.problems
    return [str(each) for each in found.hints if "is answered" in str(each)]


@pytest.mark.parametrize(
    ("condition", "too_early"),
    [
        ('kind != "end"', "kind"),
        ("'!(kind in [\"end\"])'", "kind"),
        ('usual == "yes" && kind != "end"', "kind"),
        # While it is hidden nothing waits for it, but there is a while when it isn't.
        ('way != "post"', "way"),
        ('kind == "new"', None),
        ('answered(kind) && kind != "end"', None),
        ('kind != null && kind != "end"', None),
        # What is offered at first counts from the beginning; what may stay empty is no answer.
        ('usual != "no"', None),
        ('wish != "a"', None),
        ('usual == "no" || kind == "new"', None),
    ],
)
def test_a_condition_may_wait_for_an_answer(
    tmp_path: Path, condition: str, too_early: str | None
) -> None:
    warnings = _warnings(tmp_path, condition)
    if too_early is None:
        assert warnings == []
    else:
        (told,) = warnings
        assert f"before “{too_early}” is answered" in told and f"answered({too_early})" in told


def test_a_question_of_an_earlier_page_is_answered_by_then(tmp_path: Path) -> None:
    fields = "- {id: kind, type: choice, label: 種類, options: {new: 新規, end: 終了}}"
    later = (
        "  - id: later\n    title: あと\n    fields:\n"
        '      - {id: more, type: text, label: もっと, when: kind != "end"}\n'
    )
    sections = one_section(fields, later + GUIDE)
    city = write_city(tmp_path / "city", {"test": sections})
    assert not [each for each in check(city, TODAY).hints if "is answered" in str(each)]
    (city / "procedures" / "test.yaml").write_text(sections + "layout: one_page\n", "utf-8")
    (told,) = [each for each in check(city, TODAY).hints if "is answered" in str(each)]
    assert "kind" in str(told)


def test_in_a_row_the_row_counts(tmp_path: Path) -> None:
    fields = """
    - id: guardians
      type: group
      label: 保護者
      fields:
        - {id: who, type: choice, label: だれ, options: {me: わたし, other: ほかの人}}
        - {id: phone, type: text, label: 電話, when: CONDITION}
    """
    (told,) = _warnings(tmp_path, 'who != "me"', fields)
    assert "before “who” is answered" in told


def test_no_procedure_of_the_city_asks_too_early() -> None:
    hints = check(ROOT / "forms_defs", TODAY).hints
    assert not [str(each) for each in hints if "is answered" in str(each)]
