"""The language of a page: what the person chose, else what the browser asks for, else Japanese."""

from collections.abc import Callable
from datetime import date, datetime
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from babel.support import Translations
from flask import Flask, request, session
from flask_babel import Babel, get_locale, gettext

from foundation.clock import jst
from foundation.money import format_yen
from portal.forms.dates import era_of
from portal.forms.messages import FIRST_YEAR

#: Language tag → its own name for itself, in the order of the menu.
LANGUAGES = {"ja": "日本語", "en": "English"}

_WEEKDAYS = "月火水木金土日"


def choose_language() -> str:
    chosen = session.get("language")
    if chosen in LANGUAGES:
        return str(chosen)
    return request.accept_languages.best_match(list(LANGUAGES), default="ja") or "ja"


def current_language() -> str:
    """The tag of the page's language, one of LANGUAGES."""
    return str(get_locale() or "ja")


class DefinitionTexts:
    """The catalogues of the city's own definitions (``forms_defs/translations/<tag>.mo``)."""

    def __init__(self, folder: Path) -> None:
        self._catalogues: dict[str, GNUTranslations | NullTranslations] = {"ja": NullTranslations()}
        for tag in LANGUAGES:
            compiled = folder / f"{tag}.mo"
            if tag != "ja" and compiled.exists():
                with compiled.open("rb") as file:
                    self._catalogues[tag] = Translations(file)

    def translate(self, text: str) -> str:
        """A definition's or the form engine's text in the page's language."""
        if not text:
            return ""
        translated = self.in_language(text, current_language())
        return translated if translated != text else gettext(text)

    def in_language(self, text: str, language: str) -> str:
        """A definition's text where there is no page, as in mail; Japanese where it has none."""
        catalogue = self._catalogues.get(language)
        return catalogue.gettext(text) if catalogue is not None and text else text


def format_date(day: date) -> str:
    """``2026年11月20日（金）`` with the Japanese year for Japanese; ``20 November 2026`` else."""
    if current_language() == "ja":
        return f"{japanese_year(day)}{day.month}月{day.day}日（{_WEEKDAYS[day.weekday()]}）"
    return f"{day.day} {day:%B %Y}"


def format_moment(moment: datetime) -> str:
    """A moment on a Japanese wall clock, to the minute."""
    local = jst(moment)
    if current_language() == "ja":
        return f"{format_date(local.date())} {local:%H:%M}"
    return f"{format_date(local.date())}, {local:%H:%M}"


def format_iso_day(day: str) -> str:
    """A day as answers and bookings hold it, ``YYYY-MM-DD``."""
    return format_date(date.fromisoformat(day))


def format_clock(moment: datetime) -> str:
    """The time of day in Japan, to the minute: ``09:05``."""
    return f"{jst(moment):%H:%M}"


def japanese_year(day: date) -> str:
    """``令和8年``, and ``令和元年`` for a first year; the western year before 明治."""
    era, year = era_of(day)
    if day < era.first:
        return f"{day.year}年"
    return f"{era.title}{FIRST_YEAR if year == 1 else year}年"


def install(app: Flask, translate: Callable[[str], str]) -> None:
    """Give templates the languages, ``t`` for texts of definitions, and ways to show values."""
    Babel(app, locale_selector=choose_language, default_domain="messages")
    app.jinja_env.globals.update(
        languages=LANGUAGES, current_language=current_language, t=translate
    )
    app.jinja_env.filters.update(
        yen=show_yen,
        day=format_date,
        isoday=format_iso_day,
        moment=format_moment,
        clock=format_clock,
    )


def show_yen(amount: int) -> str:
    """``1,234円``, or ``¥1,234`` for readers of other languages."""
    if current_language() == "ja":
        return format_yen(amount)
    sign = "−" if amount < 0 else ""
    return f"{sign}¥{abs(amount):,}"
