"""Six languages: which one a page speaks, and how it writes days and amounts in it."""

import re
from datetime import UTC, date, datetime

import pytest
from flask import Flask, session
from flask.testing import FlaskClient

from foundation.languages import EASY_JAPANESE, LANGUAGES
from portal import i18n, ruby
from portal.context import Portal

_RUBY = re.compile("<ruby>.*?</ruby>")
_NOT_READ = re.compile(r"<(title|option|textarea|style|script)\b.*?</\1>|<[^>]*>", re.DOTALL)
_KANJI = re.compile("[々㐀-鿿]+")
#: The languages' own names, which everybody finds who looks for them.
_NAMES = {language.name for language in LANGUAGES.values()}


def _reading(app: Flask, language: str) -> FlaskClient:
    client = app.test_client()
    with client.session_transaction() as kept:
        kept["language"] = language
    return client


@pytest.mark.parametrize(
    ("asked", "spoken"),
    [
        *(("ja", "ja"), ("en-GB,en;q=0.8", "en"), ("zh-CN,zh;q=0.9,en;q=0.8", "zh-Hans")),
        *(("zh-TW", "zh-Hans"), ("pt-BR,pt;q=0.9", "pt-BR"), ("es-419,es;q=0.9", "es")),
        *(("fr", "ja"), ("fr,es;q=0.5", "es"), ("", "ja"), ("*;q=x,ja@easy", "ja")),
    ],
)
def test_a_page_speaks_what_the_browser_asks_for(app: Flask, asked: str, spoken: str) -> None:
    page = app.test_client().get("/", headers={"Accept-Language": asked}).text
    assert f'<html lang="{spoken}"' in page
    assert "<ruby>" not in page


@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_choice_goes_before_what_the_browser_asks_for(app: Flask, tag: str) -> None:
    client = app.test_client()
    client.get("/preferences", query_string={"language": tag})
    page = client.get("/", headers={"Accept-Language": "fr,en"}).text
    assert f'<html lang="{LANGUAGES[tag].bcp47}"' in page
    assert re.search(f'aria-current="true">{LANGUAGES[tag].name}<', page)
    assert [name for name in _NAMES if f">{name}</a>" not in page] == []


@pytest.mark.parametrize("tag", [tag for tag in LANGUAGES if tag not in ("ja", "en")])
def test_pages_for_employees_are_japanese_or_english(app: Flask, tag: str) -> None:
    client = _reading(app, tag)
    page = client.get("/staff/sign-in").text
    assert '<html lang="ja"' in page and "<ruby>" not in page
    assert re.findall(r'lang="[\w-]+"[^>]*>([^<]+)</a>', page) == ["日本語", "English"]
    home = client.get("/").text
    assert f'<html lang="{LANGUAGES[tag].bcp47}"' in home


@pytest.mark.parametrize(
    ("tag", "day", "moment", "short", "yen"),
    [
        ("ja", "令和8年11月20日（金）", "令和8年11月20日（金） 06:05", "11/20(金)", "−1,234円"),
        ("en", "20 November 2026", "20 November 2026, 06:05", "Fri 20", "−¥1,234"),
        ("zh", "2026年11月20日（星期五）", "2026年11月20日（星期五） 06:05", "11/20(周五)", ""),
        (
            "pt",
            "20 de novembro de 2026",
            "20 de novembro de 2026, 06:05",
            "sex. 20",
            "−1.234 ienes",
        ),
        ("es", "20 de noviembre de 2026", "20 de noviembre de 2026, 06:05", "vie 20", ""),
    ],
)
def test_days_and_amounts(
    app: Flask, tag: str, day: str, moment: str, short: str, yen: str
) -> None:
    with app.test_request_context("/"):
        session["language"] = tag
        assert i18n.format_date(date(2026, 11, 20)) == day
        assert i18n.format_moment(datetime(2026, 11, 19, 21, 5, tzinfo=UTC)) == moment
        assert i18n.format_short_day(date(2026, 11, 20)) == short
        amount = i18n.show_yen(-1234)
        assert amount == yen or not yen
        assert amount.startswith("−") and ("1,234" in amount or yen)


@pytest.mark.parametrize(
    ("day", "spoken"),
    [
        (
            date(2026, 11, 1),
            "2026年（ねん）11月（がつ）1日（ついたち）（日（にち）曜日（ようび））",
        ),
        (
            date(2026, 11, 20),
            "2026年（ねん）11月（がつ）20日（はつか）（金（きん）曜日（ようび））",
        ),
        (date(2026, 11, 21), "2026年（ねん）11月（がつ）21日（にち）（土（ど）曜日（ようび））"),
    ],
)
def test_a_day_as_it_is_spoken(app: Flask, day: date, spoken: str) -> None:
    with app.test_request_context("/"):
        session["language"] = EASY_JAPANESE
        assert ruby.bracketed(i18n.format_date(day)) == spoken
        assert ruby.plain(i18n.format_short_day(day)).startswith(f"11/{day.day}(")


def _without_furigana(page: str) -> set[str]:
    """The lines of a page in which a kanji has none, but for the languages' names."""
    assert not re.search("[\x04-\x06]", page)
    text = _NOT_READ.sub("\n", _RUBY.sub("", page))
    return {line.strip() for line in text.split("\n") if _KANJI.search(line)} - _NAMES


def test_every_kanji_of_a_page_has_furigana(app: Flask, portal: Portal) -> None:
    client = _reading(app, EASY_JAPANESE)
    catalogue = portal.catalogue
    addresses = [
        *("/", "/search?q=いぬ", "/facilities/", "/sign-in", "/nowhere"),
        *(f"/procedures/{procedure}" for procedure in catalogue.procedures),
        *(f"/life-events/{event.id}" for event in catalogue.life_events),
        *(f"/facilities/{facility}" for facility in catalogue.facilities),
        *(f"/facilities/{f.id}/{f.rooms[0].id}" for f in catalogue.facilities.values()),
    ]
    for address in addresses:
        page = client.get(address, follow_redirects=True).text
        assert _without_furigana(page) == set(), address


def test_every_kanji_of_a_form_and_its_complaints_has_furigana(app: Flask, portal: Portal) -> None:
    client = _reading(app, EASY_JAPANESE)
    begun = 0
    for procedure in portal.catalogue.procedures:
        page = client.post("/applications/", data={"procedure": procedure}, follow_redirects=True)
        if "/sections/" not in page.request.path:
            continue  # it begins with a card
        begun += 1
        refused = client.post(page.request.path).text
        assert "notice--error" in refused
        assert _without_furigana(page.text) | _without_furigana(refused) == set(), procedure
    assert begun > 0
