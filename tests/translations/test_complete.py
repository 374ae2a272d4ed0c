"""Every text of the pages has its translation, and no translation is left over."""

import re
import shutil
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.pofile import read_po
from click.testing import CliRunner

from foundation.languages import TRANSLATED
from portal.cli import portal
from portal.forms.translation import Updated, merge
from portal.translation import catalogues, extracted, needed_in, update_all

_PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]")
_JAPANESE = re.compile("[ぁ-ゖァ-ヺ一-鿿]")
_KANA = re.compile("[ぁ-ゖァ-ヺ]")
#: What no text of a language may hold; Chinese has characters of its own.
_FOREIGN = {"en": _JAPANESE, "zh": _KANA, "pt": _JAPANESE, "es": _JAPANESE}
#: Two ways to write one family name, which the text is about.
_NAMES = re.compile("[髙高]")


def _read(tag: str) -> Catalog:
    with dict(catalogues())[tag].open("rb") as stream:
        return read_po(stream, locale=tag)


def _pairs(catalogue: Catalog) -> list[tuple[str, str]]:
    return [(str(message.id), str(message.string)) for message in catalogue if message.id]


@pytest.mark.parametrize("updated", update_all(write=False), ids=lambda each: each.file.parts[-3])
def test_nothing_is_missing_and_nothing_is_left_over(updated: Updated) -> None:
    assert updated.missing == () and updated.obsolete == 0


def test_employees_alone_have_texts_in_two_languages() -> None:
    needed = {tag: len(needed_in(tag, extracted())) for tag in TRANSLATED}
    english = needed.pop("en")
    assert len(set(needed.values())) == 1 and 400 < needed["pt"] < english * 2 / 3


def test_the_command_says_so() -> None:
    result = CliRunner().invoke(portal, ["translate", "--check"])
    assert result.output.count(" 0 untranslated, 0 no longer needed") == len(TRANSLATED)
    assert result.exit_code == 0


@pytest.mark.parametrize(("tag", "file"), list(catalogues()))
def test_a_second_update_changes_nothing(tag: str, file: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copyfile(file, tmp_path / "messages.po"))
    template = needed_in(tag, extracted())
    merge(template, copy, tag, write=True)
    once = copy.read_bytes()
    merge(template, copy, tag, write=True)
    assert copy.read_bytes() == once


@pytest.mark.parametrize("tag", TRANSLATED)
def test_the_same_values_are_filled_in(tag: str) -> None:
    for text, translation in ((old, new) for old, new in _pairs(_read(tag)) if new):
        values = set(_PLACEHOLDER.findall(text))
        assert set(_PLACEHOLDER.findall(translation)) == values, text


@pytest.mark.parametrize("tag", TRANSLATED)
def test_no_lone_percent_sign_breaks_a_page(tag: str) -> None:
    """Templates fill values into every text: ``10% c…`` would be read as one."""
    left = [new for _old, new in _pairs(_read(tag)) if "%" in _PLACEHOLDER.sub("", new)]
    assert left == []


@pytest.mark.parametrize("tag", _FOREIGN)
def test_no_japanese_is_left(tag: str) -> None:
    left = [new for _old, new in _pairs(_read(tag)) if _FOREIGN[tag].search(_NAMES.sub("", new))]
    assert left == []


def test_the_mocks_bring_their_own_texts() -> None:
    places = {place for message in extracted() for place, _line in message.locations}
    assert any(place.startswith("portal/templates/") for place in places)
    assert any(place.startswith("payments/reconciliation/") for place in places)
    assert not any("/mock/" in place or "/sandbox/" in place for place in places)


def test_what_the_program_no_longer_says_is_dropped(tmp_path: Path) -> None:
    file = tmp_path / "messages.po"
    merge(_template("新しい", "古い"), file, "en", write=True)
    file.write_text(file.read_text(encoding="utf-8").replace('msgstr ""\n\n', 'msgstr "x"\n\n'))
    found = merge(_template("新しい"), file, "en", write=False)
    assert found.obsolete == 1 and "古い" in file.read_text(encoding="utf-8")
    merge(_template("新しい"), file, "en", write=True)
    once = file.read_bytes()
    again = merge(_template("新しい"), file, "en", write=True)
    assert again.obsolete == 0 and file.read_bytes() == once and "古い" not in once.decode()


def _template(*texts: str) -> Catalog:
    template = Catalog(charset="utf-8")
    for text in texts:
        template.add(text, locations=[("a.py", 1)])
    return template
