"""やさしい日本語: every kanji can be read by somebody who has learnt kana alone."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from foundation.languages import EASY_JAPANESE
from portal.config import ROOT
from portal.translation import FOLDER

CATALOGUES = (
    FOLDER / EASY_JAPANESE / "LC_MESSAGES" / "messages.po",
    ROOT / "forms_defs" / "translations" / f"{EASY_JAPANESE}.po",
)
_FURIGANA = re.compile("｜([^｜《》]+)《([^｜《》]+)》")
_KANJI = re.compile("[々〆㐀-鿿豈-﫿𠀀-𯿿]")
_NOTATION = re.compile("[｜《》]")
_KANA = re.compile("[ぁ-ゖァ-ヺー]+")
#: What is compared by its shape, or typed as it stands.
_SHAPES = ("髙", "高", "出生予定")


def _translations(file: Path) -> Iterator[str]:
    with file.open("rb") as stream:
        for message in read_po(stream, locale=EASY_JAPANESE):
            if message.id and message.string:
                yield str(message.string)


def _bare(text: str) -> str:
    """The text without its furigana and without what is compared by its shape."""
    for shape in _SHAPES:
        text = text.replace(f"「{shape}」", "")
    return _FURIGANA.sub("", text)


@pytest.mark.parametrize("file", CATALOGUES, ids=lambda file: file.stem)
def test_every_kanji_has_furigana(file: Path) -> None:
    without = [text for text in _translations(file) if _KANJI.search(_bare(text))]
    assert without == []


@pytest.mark.parametrize("file", CATALOGUES, ids=lambda file: file.stem)
def test_the_notation_is_whole(file: Path) -> None:
    for text in _translations(file):
        assert not _NOTATION.search(_bare(text)), text
        for base, reading in _FURIGANA.findall(text):
            assert _KANA.fullmatch(reading), text
            assert _KANJI.search(base) and not re.search("[ぁ-ゖァ-ヺ]", base), text
