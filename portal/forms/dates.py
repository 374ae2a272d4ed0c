"""Days as people in Japan write them: 和暦 and 西暦, in any width, and nothing impossible."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta

from foundation.eras import FIRST_DAYS
from portal.forms import messages

#: First year that any form takes. Japan counts by the Gregorian calendar since 1873.
FIRST_YEAR, LAST_YEAR = 1868, 2199


@dataclass(frozen=True)
class Era:
    """元号."""

    id: str
    title: str
    letter: str
    first: date
    #: None while it lasts
    last: date | None


def _eras() -> tuple[Era, ...]:
    """Each era ends on the day before the next begins; the latest comes first."""
    beginnings = list(FIRST_DAYS.items())
    ends = [None, *(first - timedelta(days=1) for _, first in beginnings[:-1])]
    return tuple(
        # The letter by which people abbreviate it is the first of its name: R8.4.1.
        Era(id_, messages.ERAS[id_], id_[0].upper(), first, last)
        for (id_, first), last in zip(beginnings, ends, strict=True)
    )


ERAS = _eras()
ERA_BY_ID = {era.id: era for era in ERAS}

_ERA_WORDS = {word: era for era in ERAS for word in (era.title, era.title[0], era.letter)}
_WRITTEN = re.compile(
    r"(?P<era>明治|大正|昭和|平成|令和|[明大昭平令]|[MTSHR])?\.?"
    r"(?P<year>元|[0-9]{1,4})[-年./](?P<month>[0-9]{1,2})[-月./](?P<day>[0-9]{1,2})日?"
)
_COMPACT = re.compile(r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})")
_SQUARED = str.maketrans({"㋿": "令和", "㍻": "平成", "㍼": "昭和", "㍽": "大正", "㍾": "明治"})
_HYPHENS = str.maketrans(dict.fromkeys("‐‑‒–—―−ー－", "-"))


class NotADay(Exception):
    """What was written can't be read as a day."""


class NoSuchDay(Exception):
    """The 30th of February and the like."""


class OutsideEra(Exception):
    """A year that its era never had. ``begun`` tells whether it is after the end."""

    def __init__(self, era: Era, *, over: bool) -> None:
        super().__init__(era.title)
        self.era, self.over = era, over


def parse(written: str) -> date:
    """A day from text: 2026年4月1日, 2026-04-01, 20260401, 令和8年4月1日, R8.4.1, 平成元年….

    Raises NotADay, NoSuchDay or OutsideEra.
    """
    text = unicodedata.normalize("NFKC", written.translate(_SQUARED))
    text = "".join(text.split()).translate(_HYPHENS).upper()
    match = _WRITTEN.fullmatch(text) or _COMPACT.fullmatch(text)
    if match is None:
        raise NotADay(written)
    parts = match.groupdict()
    era = _ERA_WORDS[parts["era"]] if parts.get("era") else None
    if era is None and len(parts["year"]) != 4:
        raise NotADay(written)
    year = 1 if parts["year"] == "元" else int(parts["year"])
    return compose(era, year, int(parts["month"]), int(parts["day"]))


def compose(era: Era | None, year: int, month: int, day: int) -> date:
    """A day from its parts. Raises NoSuchDay or OutsideEra."""
    western = year if era is None else era.first.year + year - 1
    if year < 1 or not FIRST_YEAR <= western <= LAST_YEAR:
        raise NoSuchDay(f"{western}-{month}-{day}")
    try:
        found = date(western, month, day)
    except ValueError:
        raise NoSuchDay(f"{western}-{month}-{day}") from None
    if era is not None and found < era.first:
        raise OutsideEra(era, over=False)
    if era is not None and era.last is not None and found > era.last:
        raise OutsideEra(era, over=True)
    return found


def era_of(day: date) -> tuple[Era, int]:
    """The era of a day and the year in it, from 1."""
    era = next((era for era in ERAS if day >= era.first), ERAS[-1])
    return era, day.year - era.first.year + 1


def within_calendar(day: date | None) -> bool:
    """Whether it is a day that a form may take at all."""
    return day is not None and FIRST_YEAR <= day.year <= LAST_YEAR


def iso(text: object) -> date | None:
    """A stored answer as a day; None where it isn't one."""
    if not isinstance(text, str) or len(text) != 10:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
