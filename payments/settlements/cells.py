"""Readers of single cells. Each gives a value or raises Unreadable; none guesses."""

import re
from datetime import date, datetime, tzinfo

from foundation.wording import N_, Message
from payments.settlements.values import Unreadable

#: Whole yen: a provider that writes cents writes only zeros there for JPY.
_YEN = re.compile(r"-?[0-9]{1,12}(\.0{1,2})?")
_YEN_GROUPED = re.compile(r"-?[0-9]{1,3}(,[0-9]{3}){1,3}")


def yen(field: str, found: str) -> int:
    """``300``, ``-300``, ``300.00``, ``1,300`` as whole yen."""
    text = found.strip()
    if _YEN_GROUPED.fullmatch(text):
        return int(text.replace(",", ""))
    if _YEN.fullmatch(text):
        return int(text.partition(".")[0])
    raise Unreadable(field, found, Message(N_("金額は円単位の整数で書かれている必要があります。")))


def moment(field: str, found: str, pattern: str, zone: tzinfo) -> datetime:
    """A date and time in a zone that the format fixes."""
    # The format has no zone in it; the aware value is made in the same breath.
    return _parsed(field, found, found.strip(), pattern).replace(tzinfo=zone)


def day(field: str, found: str, pattern: str) -> date:
    """The day of a date, or of a date and time whose time doesn't matter."""
    return _parsed(field, found, found.strip()[:10], pattern).date()


def _parsed(field: str, found: str, text: str, pattern: str) -> datetime:
    """The naive value. A year outside of this century is a slip, and breaks arithmetic."""
    try:
        value = datetime.strptime(text, pattern)  # noqa: DTZ007 - the callers know the zone
    except ValueError:
        value = None
    if value is None or not 2000 <= value.year < 2100:
        raise Unreadable(
            field,
            found,
            Message(N_("日付・日時は %(form)s の形です。"), {"form": _readable(pattern)}),
        )
    return value


def identifier(field: str, found: str) -> str:
    """A cell that must not be empty."""
    text = found.strip()
    if not text:
        raise Unreadable(field, found, Message(N_("空欄にできない項目です。")))
    return text


def optional(found: str) -> str | None:
    """A cell that may be empty."""
    return found.strip() or None


def _readable(pattern: str) -> str:
    for code, letters in (
        ("%Y", "YYYY"),
        ("%m", "MM"),
        ("%d", "DD"),
        ("%H", "HH"),
        ("%M", "MM"),
        ("%S", "SS"),
    ):
        pattern = pattern.replace(code, letters)
    return pattern
