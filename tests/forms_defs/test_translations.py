"""Every text of the sample city can be read in every language."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.pofile import read_po

from foundation.languages import TRANSLATED
from portal.forms import Catalogue, messages
from portal.forms.translation import update
from tests.forms_defs.complete_answers import ANSWERS
from tests.forms_defs.test_journeys import CONTEXT


@pytest.fixture(scope="module")
def english(definitions: Path) -> Catalog:
    with (definitions / "translations" / "en.po").open("rb") as stream:
        return read_po(stream, locale="en")


def _japanese(text: str) -> bool:
    return any("\u3040" <= character <= "\u30ff" or character >= "\u4e00" for character in text)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, frozenset):
        for item in value:
            yield from _texts(item)


@pytest.mark.parametrize("tag", TRANSLATED)
def test_nothing_is_missing_and_nothing_is_left_over(
    catalogue: Catalogue, definitions: Path, tag: str
) -> None:
    state = update(catalogue, definitions / "translations" / f"{tag}.po", write=False)
    assert state.missing == ()
    assert state.obsolete == 0


def test_english_is_english(english: Catalog) -> None:
    # 出生予定 is what a person is to type.
    left = [m.string for m in english if m.id and _japanese(str(m.string).replace("出生予定", ""))]
    assert left == []


@pytest.mark.parametrize("procedure_id", ANSWERS)
def test_every_text_on_a_page_is_known(
    catalogue: Catalogue, english: Catalog, procedure_id: str
) -> None:
    asked: set[str] = set()

    def translate(text: str) -> str:
        asked.add(text)
        return text

    procedure, answers = catalogue.procedures[procedure_id], ANSWERS[procedure_id]
    for section in procedure.journey(answers, CONTEXT, translate=translate).sections:
        procedure.render_section(section.id, answers, CONTEXT, translate=translate)
    procedure.summary(answers, CONTEXT, translate=translate)
    # The engine's own words are in the portal's catalogue.
    own = {text for value in vars(messages).values() for text in _texts(value)}
    unknown = {text for text in asked - own if _japanese(text) and text not in english}
    assert unknown == set()
