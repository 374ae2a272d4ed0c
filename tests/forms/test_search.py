"""Finding by everyday words."""

from collections.abc import Sequence

import pytest

from foundation.wording import Translate
from portal.forms import Catalogue, load_catalogue
from portal.forms.search import Index
from tests.forms.city import HEAD, write_city

FIELDS = """
sections:
  - id: main
    title: 内容
    fields: [{id: a, type: text, label: 犬の名前}]
"""


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    folder = tmp_path_factory.mktemp("search")
    texts = {
        "move": ("転入届", "[引っ越し, ひっこし, ジュウショ]"),
        "dog": ("犬の登録", "[ペット, 狂犬病]"),
        "residence": ("住民票の写しの交付請求", "[じゅうみんひょう, 引っ越しのあと]"),
    }
    procedures = {
        name: HEAD.replace("procedure: test", f"procedure: {name}")
        .replace("試験の申請", title)
        .replace("[試験, テスト]", keywords)
        + FIELDS
        for name, (title, keywords) in texts.items()
    }
    return load_catalogue(write_city(folder / "city", procedures))


def index(catalogue: Catalogue, also: Sequence[Translate] = ()) -> Index:
    events = {event.id: event.title for event in catalogue.life_events}
    return Index(catalogue.procedures.values(), events, also)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("引っ越し", ["move", "residence", "dog"]),
        ("ひっこし", ["move"]),
        ("ヒッコシ", ["move"]),
        ("ﾋｯｺｼ", ["move"]),
        ("住民票", ["residence"]),
        ("ジュウミンヒョウ", ["residence"]),
        ("じゅうしょ", ["move"]),
        ("犬　登録", ["dog"]),
        ("転入 狂犬病", []),
        ("  ", []),
        ("存在しないことば", []),
        ("\x00%\ud800", []),
    ],
)
def test_search(catalogue: Catalogue, words: str, found: list[str]) -> None:
    assert index(catalogue).search(words, 20)[: len(found) or None] == found


def test_no_more_than_wanted(catalogue: Catalogue) -> None:
    assert len(index(catalogue).search("犬の名前", 2)) == 2


TRANSLATED = {
    "犬の登録": "Registro de cachorro",
    "転入届": "Notificação de mudança (apresentação)",
}
READ_ALOUD = {"犬の登録": "いぬの とうろく", "住民票の写しの交付請求": "じゅうみんひょうの うつし"}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("cachorro", ["dog"]),
        ("CACHORROS", ["dog"]),
        ("ｃａｃｈｏｒｒｏ", ["dog"]),
        ("mudanca", ["move"]),
        ("mudança", ["move"]),
        ("notificação de mudanças", ["move"]),
        ("cao", []),  # a word is found by its beginning: not in notificação
        ("いぬ", ["dog"]),
        ("イヌ", ["dog"]),
        ("うつし", ["residence"]),
        ("犬", ["dog"]),
    ],
)
def test_in_other_languages(catalogue: Catalogue, words: str, found: list[str]) -> None:
    also = (lambda text: TRANSLATED.get(text, text), lambda text: READ_ALOUD.get(text, text))
    assert index(catalogue, also).search(words, 10)[: len(found) or None] == found
