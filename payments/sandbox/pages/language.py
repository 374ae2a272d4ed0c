"""Japanese or English, and how a page says it.

The sandbox is no part of the portal and carries its few texts itself, so that it has no
catalogue to build.
"""

from datetime import datetime
from enum import StrEnum

from flask import Flask, request

from foundation.clock import jst
from foundation.money import format_yen
from payments.sandbox.pages.texts import TEXTS


class Language(StrEnum):
    JAPANESE = "ja"
    ENGLISH = "en"


def page_language(wished: str | None = None) -> Language:
    """``?lang=`` first, then what the merchant asked for, then the browser's."""
    for choice in (request.args.get("lang"), wished):
        if choice in tuple(Language):
            return Language(choice)
    best = request.accept_languages.best_match([language.value for language in Language])
    return Language(best or Language.JAPANESE)


def say(key: str, language: Language) -> str:
    """The text of a page in its language."""
    japanese, english = TEXTS[key]
    return english if language is Language.ENGLISH else japanese


def show_moment(moment: datetime | None) -> str:
    """Date and time in Japan, or nothing."""
    return "" if moment is None else f"{jst(moment):%Y-%m-%d %H:%M:%S}"


def show_amount(amount: int, language: Language) -> str:
    """``1,234円`` or ``¥1,234``."""
    if language is Language.ENGLISH:
        return f"{'−' if amount < 0 else ''}¥{abs(amount):,}"
    return format_yen(amount)


def install(app: Flask) -> None:
    """Give the templates these readers."""
    app.jinja_env.globals["say"] = say
    app.jinja_env.filters["moment"] = show_moment
    app.jinja_env.filters["amount"] = show_amount
