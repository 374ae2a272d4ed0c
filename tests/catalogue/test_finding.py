"""Everyday words of each language lead to the sample city's procedures."""

import pytest
from flask.testing import FlaskClient

from portal.app import create_app
from portal.catalogue.finding import Finder
from portal.config import ROOT
from portal.forms import load_catalogue
from portal.i18n import DefinitionTexts
from portal.translation import compile_translations
from tests.support.hall import Hall

DEFINITIONS = ROOT / "forms_defs"
#: What people type, and what they are looking for.
SEARCHES = (
    ("住民票", "certificates.residence-record"),
    ("じゅうみんひょう", "certificates.residence-record"),
    ("引っ越し", "moving.move-out"),
    ("犬", "pets.dog-registration"),
    ("保育園", "childcare.nursery"),
    ("学童", "childcare.after-school"),
    ("実印", "certificates.seal-registration"),
    ("体育館", "facilities.room-use"),
    ("台風", "disaster.damage-certificate"),
    ("ソファ", "environment.bulky-waste"),
    ("がん検診", "health.checkup-booking"),
    ("家庭菜園", "agriculture.allotment"),
    ("ヨガ", "learning.course"),
    ("足場", "business.road-occupation"),
    ("カフェ", "business.food-business"),
    ("後援", "city.event-support"),
    ("街灯", "environment.graffiti-or-road-report"),
    ("child allowance", "childcare.child-allowance"),
)


@pytest.fixture(scope="module")
def finder() -> Finder:
    compile_translations(DEFINITIONS / "translations")
    return Finder(load_catalogue(DEFINITIONS), DefinitionTexts(DEFINITIONS / "translations"))


@pytest.mark.parametrize(
    ("language", "words", "first"),
    [
        ("ja", "いぬ", "pets.dog-registration"),
        ("ja", "すいどう", "water.water-start"),
        ("ja", "ｽｲﾄﾞｳ", "water.water-start"),
        ("ja", "ソダイゴミ", "environment.bulky-waste"),
        ("ja@easy", "ごみ", "environment.bulky-waste"),
        ("en", "dogs", "pets.dog-registration"),
        ("en", "trash", "environment.bulky-waste"),
        ("pt", "cachorro", "pets.dog-registration"),
        ("pt", "lixo", "environment.bulky-waste"),
        ("pt", "agua", "water.water-start"),
        ("es", "perro", "pets.dog-registration"),
        ("es", "basura", "environment.bulky-waste"),
        ("zh", "狗", "pets.dog-registration"),
        ("zh", "大件垃圾", "environment.bulky-waste"),
        # Who reads Portuguese may have a Japanese word from a letter.
        ("pt", "児童手当", "childcare.child-allowance"),
    ],
)
def test_everyday_words(finder: Finder, language: str, words: str, first: str) -> None:
    found = [procedure.id for procedure in finder.find(words, language, 3)]
    assert first in found[:2]


@pytest.mark.parametrize(("words", "procedure"), SEARCHES)
def test_everyday_words_of_japanese_readers(finder: Finder, words: str, procedure: str) -> None:
    assert procedure in [found.id for found in finder.find(words, "ja", 3)]


@pytest.fixture
def client(hall: Hall) -> FlaskClient:
    return create_app(portal=hall.portal).test_client()


def test_suggestions_are_a_list_of_links(client: FlaskClient) -> None:
    page = client.get("/search/suggestions?q=証明").text
    assert 'href="/procedures/certificate"' in page
    assert "<html" not in page
    assert client.get("/search/suggestions?q=").text.strip() == ""
    assert "<li>" not in client.get("/search/suggestions?q=%00%F0%9F").text


def test_every_procedure_stands_once_in_the_list_of_all(hall: Hall, client: FlaskClient) -> None:
    page = client.get("/procedures").text
    for procedure in hall.portal.catalogue.procedures:
        assert page.count(f'href="/procedures/{procedure}"') == 1
