"""What changed between two versions of a definition."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from portal.forms.cli import forms
from portal.forms.versions import Change, changes
from tests.forms.city import one_section, procedure, write_city

BEFORE = """
- {id: copies, type: integer, label: 通数, max: 10}
- {id: way, type: choice, label: 方法, options: {post: 郵送, counter: 窓口}}
- {id: old, type: text, label: なくなる質問}
"""
AFTER = """
- {id: way, type: choice, label: 受け取り方, options: {counter: 窓口, locker: ロッカー, post: 郵送}}
- {id: copies, type: integer, label: 通数, max: 20}
- {id: fresh, type: yes_no, label: 新しい質問}
"""


@pytest.fixture
def told(tmp_path: Path) -> tuple[Change, ...]:
    before = procedure(tmp_path / "a", BEFORE).definition
    return changes(before, procedure(tmp_path / "b", AFTER).definition)


def test_each_thing_is_told_where_it_stands(told: tuple[Change, ...]) -> None:
    here = ("sections", "main")
    assert told == (
        Change((*here, "way", "label"), "方法", "受け取り方"),
        Change((*here, "way", "locker"), None, "ロッカー"),
        Change((*here, "way", "order"), "post counter", "counter post"),
        Change((*here, "copies", "max"), "10", "20"),
        Change((*here, "fresh"), None, "新しい質問"),
        Change((*here, "old"), "なくなる質問", None),
        Change((*here, "order"), "copies way", "way copies"),
    )


def test_the_same_version_has_no_difference(tmp_path: Path) -> None:
    one = procedure(tmp_path / "a", BEFORE).definition
    assert changes(one, procedure(tmp_path / "b", BEFORE).definition) == ()


def test_the_command_compares_two_folders(tmp_path: Path) -> None:
    old = write_city(tmp_path / "old", {"test": one_section(BEFORE)})
    new = write_city(tmp_path / "new", {"test": one_section(AFTER)})
    result = CliRunner().invoke(forms, ["diff", "test", "--before", str(old), "--folder", str(new)])
    assert result.exit_code == 0
    assert "sections › main › copies › max: 10 → 20" in result.output
    assert "+ sections › main › fresh: 新しい質問" in result.output
    assert "- sections › main › old: なくなる質問" in result.output
    same = CliRunner().invoke(forms, ["diff", "test", "--before", str(new), "--folder", str(new)])
    assert same.output == "test: no difference\n"


def test_of_a_new_procedure_all_texts_are_told(tmp_path: Path) -> None:
    old = write_city(tmp_path / "old", {})
    new = write_city(tmp_path / "new", {"test": one_section(AFTER)})
    result = CliRunner().invoke(forms, ["diff", "test", "--before", str(old), "--folder", str(new)])
    assert result.exit_code == 0
    assert result.output.startswith("test is new.\n+ ") and "+ 新しい質問\n" in result.output
