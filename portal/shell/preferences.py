"""How somebody likes to read: the language and the type size, remembered in the browser."""

from collections.abc import Mapping

from flask import session

from portal.i18n import prefer_language


def keep_preferences(chosen: Mapping[str, str]) -> bool:
    """Remember what was chosen (``language``, ``type``); False where that is nothing we know.

    The answer to this request follows it already.
    """
    size = chosen.get("type")
    is_size = size in ("normal", "large")
    if is_size:
        session["large_type"] = size == "large"
    return prefer_language(chosen.get("language")) or is_size


def keep_calendar(form: Mapping[str, str]) -> None:
    """Remember whether days were just given by their era (和暦) or by the western year."""
    eras = [
        era
        for name, era in form.items()
        if name.endswith(".era") and era and form.get(name.removesuffix("era") + "year")
    ]
    if eras:
        session["wareki"] = any(era != "western" for era in eras)


def prefers_wareki() -> bool:
    """Whether days are offered by their era."""
    return session.get("wareki") is True


def keep_preference(button: str) -> bool:
    """The same for a button of a form: ``language=en``."""
    name, _, value = button.partition("=")
    return keep_preferences({name: value})
