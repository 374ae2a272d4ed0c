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
