"""The language of a page: what the person chose, else what the browser asks for, else Japanese."""

from collections.abc import Callable
from datetime import date, datetime
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from babel import dates
from babel.support import Translations
from flask import Flask, Response, request, session
from flask_babel import Babel, get_domain, get_locale, gettext, refresh

from foundation.clock import jst
from foundation.languages import EASY_JAPANESE, JAPANESE, LANGUAGES, TRANSLATED, Language
from foundation.wording import Translate
from portal import ruby
from portal.audience import languages_of_pages
from portal.forms.dates import era_of
from portal.forms.figures import in_yen
from portal.forms.kinds.days import day_words
from portal.forms.line_names import kept_words, line_words
from portal.forms.messages import FIRST_YEAR

#: Monday first; 曜日 follows.
_WEEKDAYS = (
    *("｜月《げつ》", "｜火《か》", "｜水《すい》", "｜木《もく》"),
    *("｜金《きん》", "｜土《ど》", "｜日《にち》"),
)


def choose_language() -> str:
    """What the page is written in, among the languages in which it is offered."""
    offered = offered_languages()
    chosen = session.get("language")
    if chosen in LANGUAGES:
        return str(chosen) if chosen in offered else JAPANESE
    asked = [tag for tag in offered if tag != EASY_JAPANESE]
    return request.accept_languages.best_match(asked, default=JAPANESE) or JAPANESE


def offered_languages() -> tuple[str, ...]:
    """The tags of the languages in which this page can be read, in the order of the menu."""
    return languages_of_pages(request.blueprint)


def prefer_language(tag: str | None) -> bool:
    """Remember the reader's choice in this browser, if it is one; this answer speaks it already."""
    if tag not in LANGUAGES:
        return False
    session["language"] = tag
    refresh()
    return True


def current_language() -> str:
    """The tag of the page's language, one of LANGUAGES."""
    return str(get_locale() or JAPANESE)


def page_language() -> Language:
    """The page's language with its ways to write."""
    return LANGUAGES[current_language()]


class DefinitionTexts:
    """The catalogues of the city's own definitions (``forms_defs/translations/<tag>.mo``)."""

    def __init__(self, folder: Path) -> None:
        self._catalogues: dict[str, GNUTranslations | NullTranslations] = {
            JAPANESE: NullTranslations()
        }
        for tag in TRANSLATED:
            compiled = folder / f"{tag}.mo"
            if compiled.exists():
                with compiled.open("rb") as file:
                    self._catalogues[tag] = Translations(file)

    def translate(self, text: str) -> str:
        """A definition's or the form engine's text in the page's language."""
        if not text:
            return ""
        translated = self.in_language(text, current_language())
        return translated if translated != text else gettext(text)

    def reader(self) -> Translate:
        """``translate`` for one page with many texts: its language is looked up only once."""
        definitions = self._catalogues.get(current_language(), NullTranslations())
        program = get_domain().get_translations()

        def translate(text: str) -> str:
            if not text:
                return ""
            translated = definitions.gettext(text)
            return translated if translated != text else str(program.gettext(text))

        return translate

    def in_language(self, text: str, language: str) -> str:
        """A definition's text where there is no page, as in mail; Japanese where it has none."""
        catalogue = self._catalogues.get(language)
        return catalogue.gettext(text) if catalogue is not None and text else text


def format_date(day: date) -> str:
    """``令和8年11月20日（金）``, ``20 November 2026``: as people write days in their language."""
    language = page_language()
    if language.tag == EASY_JAPANESE:
        return _easy_date(day)
    written = dates.format_date(day, language.day, locale=language.tag)
    return japanese_year(day) + written if language.tag == JAPANESE else written


def _easy_date(day: date) -> str:
    """The western year, which everybody knows; ``ruby`` says the day as it is spoken."""
    weekday = f"{_WEEKDAYS[day.weekday()]}｜曜日《ようび》"
    return ruby.marked(
        f"{day.year}｜年《ねん》{day.month}｜月《がつ》{day.day}｜日《にち》（{weekday}）"
    )


def format_short_day(day: date) -> str:
    """A day where there is little room: ``6/5(金)``, ``Fri 5``."""
    if current_language() == EASY_JAPANESE:
        return ruby.marked(f"{day.month}/{day.day}({_WEEKDAYS[day.weekday()]})")
    language = page_language()
    return str(dates.format_date(day, language.short_day, locale=language.tag))


def format_moment(moment: datetime) -> str:
    """A moment on a Japanese wall clock, to the minute."""
    local = jst(moment)
    return f"{format_date(local.date())}{page_language().before_time}{local:%H:%M}"


def format_limit(moment: datetime) -> str:
    """When something begins or ends: a midnight, or the last moment of a day, is that day."""
    local = jst(moment)
    if (local.hour, local.minute) in ((0, 0), (23, 59)):
        return format_date(local.date())
    return format_moment(moment)


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
        languages=LANGUAGES,
        offered_languages=offered_languages,
        current_language=current_language,
        page_language=page_language,
        t=translate,
        line_words=line_words,
        kept_words=kept_words,
    )
    app.jinja_env.filters.update(
        yen=show_yen,
        day=format_date,
        short_day=format_short_day,
        isoday=format_iso_day,
        moment=format_moment,
        limit=format_limit,
        birthday=lambda day: day_words(day, translate),
        clock=format_clock,
    )
    app.after_request(_show_furigana)


def _show_furigana(answer: Response) -> Response:
    """Only readers of やさしい日本語 have any, and only what is text as a whole can hold it."""
    if current_language() != EASY_JAPANESE or answer.is_streamed or answer.direct_passthrough:
        return answer
    if answer.mimetype == "text/html":
        answer.set_data(ruby.page(answer.get_data(as_text=True)))
    return answer


def show_yen(amount: int) -> str:
    """``1,234円``, ``¥1,234``, as the page's language writes yen."""
    return in_yen(amount, gettext)
