"""Every word of the mock's pages has its English."""

import re
from pathlib import Path

import pytest

from auth.oidc.mock.texts import language_of, translator

TEMPLATES = Path(__file__).resolve().parents[4] / "auth" / "oidc" / "mock" / "templates"
WORDS = sorted(
    {
        text
        for template in TEMPLATES.rglob("*.html")
        for text in re.findall(r"_\('([^']+)'\)", template.read_text())
    }
)


@pytest.mark.parametrize("text", WORDS)
def test_translated(text: str) -> None:
    assert translator("en")(text).isascii() or "“" in translator("en")(text)
    assert translator("ja")(text) == text
    places = re.compile(r"%\(\w+\)s")
    assert places.findall(translator("en")(text)) == places.findall(text)


@pytest.mark.parametrize(
    ("wanted", "language"),
    [("", "ja"), ("en", "en"), ("en-GB ja", "en"), ("fr en", "en"), ("JA_jp", "ja"), ("%", "ja")],
)
def test_the_first_language_that_is_spoken(wanted: str, language: str) -> None:
    assert language_of(wanted) == language
