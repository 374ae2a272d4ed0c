"""A day: an era to choose, then year, month and day as numbers.

Numbers alone need no change of keyboard on a phone, and an era chosen from a list can't be
misspelt. Who prefers to write it in one go may do so in the box of the year, in any form.
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from foundation.wording import Translate
from portal.forms import dates, messages, normalise
from portal.forms.fields import DateField, PeriodField
from portal.forms.functions import moment
from portal.forms.html import ControlHtml, labelled, select, text_input
from portal.forms.kinds import limits
from portal.forms.kinds.base import (
    FOREIGN,
    Complaint,
    Kind,
    Posted,
    Reading,
    Row,
    Situation,
    first,
    show,
    unusable,
)
from portal.forms.kinds.limits import Bounds

WESTERN = "western"


def day_words(day: date, translate: Translate) -> str:
    """2026年4月1日（令和8年）, 2019年5月1日（令和元年）."""
    era, year = dates.era_of(day)
    return translate(messages.DATE) % {
        "year": day.year,
        "month": translate(messages.MONTHS[day.month]),
        "day": day.day,
        "era": translate(era.title),
        "era_year": translate(messages.FIRST_YEAR) if year == 1 else year,
    }


def read_day(posted: Posted, prefix: str = "") -> Reading:
    """An ISO day from the controls era, year, month and day, or from one text."""
    typed = {
        part: normalise.one_line(first(posted, prefix + part)[: normalise.LIMIT + 1])
        for part in ("era", "year", "month", "day")
    }
    whole = normalise.one_line(first(posted, prefix.rstrip("."))[: normalise.LIMIT + 1])
    year_control = prefix + "year"
    if complaint := unusable("".join((whole, *typed.values())), year_control):
        return Reading(None, (complaint,))
    if not whole and not (typed["year"] or typed["month"] or typed["day"]):
        return Reading()
    try:
        found = _day(whole, typed)
    except dates.NotADay:
        empty = next((p for p in ("year", "month", "day") if not typed[p]), "year")
        return Reading(None, (Complaint(messages.BAD_DATE, prefix + empty),))
    except dates.NoSuchDay:
        return Reading(None, (Complaint(messages.NO_SUCH_DAY, prefix + _impossible(typed)),))
    except dates.OutsideEra as outside:
        message = messages.ERA_OVER if outside.over else messages.ERA_NOT_BEGUN
        edge = (outside.era.last if outside.over else None) or outside.era.first
        values = {"day": edge}
        complaint = Complaint(message, year_control, values, {"era": outside.era.title})
        return Reading(None, (complaint,))
    return Reading(found.isoformat())


def _impossible(typed: dict[str, str]) -> str:
    """The part because of which there is no such day; the day where month and day don't agree."""
    month, day = (normalise.width(typed[part]) for part in ("month", "day"))
    if not month:
        return "year"
    if not 1 <= int(month) <= len(messages.MONTHS):
        return "month"
    # In 2000 there was every day that any year has.
    if not 1 <= int(day) <= monthrange(2000, int(month))[1]:
        return "day"
    return "day" if (int(month), int(day)) == (2, 29) else "year"


def _day(whole: str, typed: dict[str, str]) -> date:
    if whole:
        return dates.parse(whole)
    era, year, month, day = (normalise.width(typed[p]) for p in ("era", "year", "month", "day"))
    if not month and not day:
        return dates.parse(year)
    if not (month.isascii() and month.isdigit() and day.isascii() and day.isdigit()):
        raise dates.NotADay(month + day)
    if len(month) > 2 or len(day) > 2:
        raise dates.NotADay(month + day)
    year = year.removesuffix("年")
    written_era = dates.ERA_BY_ID.get(era)
    if written_era is None:
        # No era chosen, but perhaps written: R8 in the box of the year.
        return dates.parse(f"{year}-{month}-{day}")
    if year == "元":
        year = "1"
    if not (year.isascii() and year.isdigit() and len(year) <= 4):
        raise dates.NotADay(year)
    # A western year beside an era is what the person means, whatever the list says.
    return dates.compose(None if len(year) == 4 else written_era, int(year), int(month), int(day))


def shown_day(value: Any, prefix: str = "") -> dict[str, list[str]]:
    """What the four controls say for an ISO day: the western year."""
    day = dates.iso(value)
    if day is None:
        return {}
    parts = {"era": WESTERN, "year": day.year, "month": day.month, "day": day.day}
    return {prefix + name: [str(part)] for name, part in parts.items()}


def era_day(shown: Posted, prefix: str = "") -> dict[str, Sequence[str]]:
    """What the four controls say by the era; an empty day offers today's era."""
    parts = [first(shown, prefix + part) for part in ("year", "month", "day")]
    if not all(parts):
        return {**shown, prefix + "era": [dates.ERAS[0].id]} if not any(parts) else dict(shown)
    era, year = dates.era_of(date(*map(int, parts)))
    return {**shown, prefix + "era": [era.id], prefix + "year": [str(year)]}


def days_around(today: date) -> tuple[date, ...]:
    """Days that people mean on a day: soon, lately, each day of the next week, a birthday."""
    near = (0, *range(1, 15), 21, 30, 45, 60, 90, 180, 365, -1, -7, -14, -30, -90, -365)
    ages = (1, 3, 7, 12, 20, 35, 70)
    return (
        *(today + timedelta(days=days) for days in near),
        *((today.replace(day=1) + timedelta(days=32 * n)).replace(day=1) for n in (1, 2, 3)),
        *(today.replace(day=1).replace(year=today.year - years) for years in ages),
    )


def day_controls(prefix: str = "") -> tuple[str, ...]:
    return tuple(prefix + part for part in ("year", "month", "day", "era"))


def day_html(
    control: ControlHtml, translate: Translate, prefix: str = "", *, birthday: bool = False
) -> str:
    """The four controls in one row."""
    eras = [(WESTERN, translate(messages.WESTERN))]
    eras += [(era.id, translate(era.title)) for era in dates.ERAS]
    parts = [
        labelled(
            control,
            prefix + "era",
            translate(messages.ERA),
            select(control, prefix + "era", eras, ""),
        )
    ]
    # The box of the year also takes a whole day, so it is not limited to four digits.
    for name, label, length in (
        ("year", messages.YEAR, "40"),
        ("month", messages.MONTH, "4"),
        ("day", messages.DAY, "4"),
    ):
        extra = {
            "inputmode": "numeric",
            "maxlength": length,
            "autocomplete": f"bday-{name}" if birthday else "off",
        }
        field = text_input(replace(control, width="short"), prefix + name, extra=extra)
        parts.append(labelled(control, prefix + name, translate(label), field))
    return f'<div class="date">{"".join(parts)}</div>'


def day_slots(posted: Posted, prefix: str = "") -> dict[str, str]:
    filled = {
        f"v:{prefix}{part}": show(first(posted, prefix + part)) for part in ("year", "month", "day")
    }
    era = first(posted, prefix + "era")
    if era in dates.ERA_BY_ID:
        filled[f"o:{prefix}era:{era}"] = " selected"
    whole = first(posted, prefix.rstrip("."))
    if whole and not filled[f"v:{prefix}year"]:
        filled[f"v:{prefix}year"] = show(whole)
    return filled


def day_bounds(definition: DateField | PeriodField) -> Bounds[date]:
    """The earliest and latest day."""
    sentences = (messages.TOO_EARLY, messages.TOO_LATE)
    return Bounds(definition, dates.iso, limits.day, sentences)


def day_samples(bounds: Bounds[date]) -> tuple[date, ...]:
    """Ordinary days, within the limits as far as these are fixed."""
    low, high = bounds.low.fixed, bounds.high.fixed
    wanted = (date(2020, 4, 1), date(1960, 12, 31))
    return tuple(min(max(day, low or day), high or max(day, low or day)) for day in wanted)


class DayKind(Kind):
    """date, with the earliest and latest day that makes sense."""

    controls = day_controls()
    picked = frozenset({"era"})
    composed = True

    def __init__(self, definition: DateField) -> None:
        self._bounds = day_bounds(definition)
        self.expressions = self._bounds.expressions
        self._birthday = (definition.concept or "").endswith("birth_date")

    def read(self, posted: Posted, situation: Situation) -> Reading:
        reading = read_day(posted)
        if reading.value is None:
            return reading
        complaints = self.check(reading.value, situation)
        return Reading(None if complaints else reading.value, complaints)

    def check(self, value: Any, situation: Situation) -> tuple[Complaint, ...]:
        day = dates.iso(value)
        if day is None or not dates.within_calendar(day):
            return FOREIGN
        return self._bounds.complaints(day, situation, "year", words=lambda limit: limit)

    def shown(self, value: Any) -> dict[str, list[str]]:
        return shown_day(value)

    def in_wareki(self, shown: Posted) -> Posted:
        return era_day(shown)

    def html(self, control: ControlHtml, translate: Translate) -> str:
        return day_html(control, translate, birthday=self._birthday)

    def slots(self, posted: Posted) -> dict[str, str]:
        return day_slots(posted)

    def rows(self, value: Any, translate: Translate) -> tuple[Row, ...]:
        return (Row("", day_words(date.fromisoformat(value), translate)),)

    def seen(self, value: Any) -> Any:
        day = dates.iso(value)
        return None if day is None else moment(day)

    def samples(self) -> tuple[Any, ...]:
        return tuple(day.isoformat() for day in day_samples(self._bounds))

    def samples_on(self, today: date) -> tuple[Any, ...]:
        return (*self.samples(), *(day.isoformat() for day in days_around(today)))
