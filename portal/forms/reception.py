"""受付: when, for how many and how often a procedure takes applications. Models and pure rules."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StrictBool, StrictInt, model_validator

from foundation.clock import JST, fiscal_year, jst
from portal.forms.facility import ClockTime, Weekday
from portal.forms.fields import Cel, FieldId, Strict, Text

_MOMENT = re.compile(r"(?:(\d{4})-)?(\d\d)-(\d\d)(?: (\d\d):(\d\d))?")
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Within = Literal["fiscal_year", "year", "month", "ever"]


def _is_moment(written: str) -> str:
    found = _MOMENT.fullmatch(written)
    try:
        if not found:
            raise ValueError
        year, month, day, hour, minute = (int(part) if part else None for part in found.groups())
        date(year or 2000, month or 0, day or 0)
        time(hour or 0, minute or 0)
    except ValueError:
        raise ValueError(
            f"“{written}” is no moment; write "
            '"2026-12-01 09:00", "2026-12-01", or "12-01" for every year'
        ) from None
    return written


#: A day or a moment in Japan; without a year it comes round every year.
Moment = Annotated[str, AfterValidator(_is_moment)]


class Hours(Strict):
    """受付時間 of the online reception, on a clock in Japan."""

    start: ClockTime
    end: ClockTime
    days: Annotated[tuple[Weekday, ...], Field(min_length=1)] = WEEKDAYS

    @model_validator(mode="after")
    def _has_length(self) -> "Hours":
        if self.start >= self.end:
            raise ValueError("the reception ends before it begins; end must be later than start")
        return self


class Reception(Strict):
    """受付期間 and 受付時間; an application that was begun in time may be finished in the hours."""

    opens: Moment | None = None
    #: the last minute; a day alone counts to its end
    closes: Moment | None = None
    #: residents of the city come first, everybody else from here
    others_from: Moment | None = None
    hours: Hours | None = None
    #: what to do meanwhile
    closed_text: Text | None = None

    @model_validator(mode="after")
    def _fits_together(self) -> "Reception":
        given = [each for each in (self.opens, self.closes, self.others_from) if each]
        if len({_yearly(each) for each in given}) > 1:
            raise ValueError("some moments have a year and others come round; write all alike")
        dated = self.opens and self.closes and not _yearly(self.opens)
        if dated and _begin(self.opens or "", 0) > _end(self.closes or "", 0):
            raise ValueError("closes before it opens; closes must be later than opens")
        return self


class Places(Strict):
    """How many places each option of a choice has."""

    by: FieldId
    places: Annotated[dict[str, Annotated[StrictInt, Field(ge=0)]], Field(min_length=1)]


class Capacity(Strict):
    """定員: how many can take part, and what happens to those beyond."""

    places: Annotated[StrictInt, Field(ge=1)] | Places
    #: the places that one application takes; one, where nothing is said
    takes: Cel | None = None
    #: length of the waiting list (キャンセル待ち)
    waiting: Annotated[StrictInt, Field(ge=0, le=1000)] = 0
    #: 抽選: drawn after the reception closes, instead of first come, first served
    lottery: StrictBool = False


class Limit(Strict):
    """How often the same person, or the same child, may be applied for."""

    times: Annotated[StrictInt, Field(ge=1, le=100)] = 1
    within: Within = "ever"
    #: the fields whose answers say for whom it is; the applicant, where nothing is said
    of: tuple[FieldId, ...] = ()


Closed = Literal["not_yet", "over", "residents_first", "out_of_hours"]


@dataclass(frozen=True)
class ReceptionState:
    """Whether a procedure takes applications at a moment; if not, why and from when again."""

    closed: Closed | None = None
    #: when it opens next, where that is known
    opens: datetime | None = None
    #: when the period that runs, or the next one, ends
    closes: datetime | None = None
    #: when the period that runs began, where it has a beginning
    since: datetime | None = None

    @property
    def open(self) -> bool:
        return self.closed is None


def reception_at(reception: Reception | None, now: datetime, *, of_city: bool) -> ReceptionState:
    """The reception at a moment (any time zone) for a resident of the city, or for others."""
    if reception is None:
        return ReceptionState()
    local = jst(now)
    period = _period(reception, local)
    if period.closed is not None:
        return period
    if reception.others_from and not of_city:
        others = _others_from(reception, local, period)
        if local < others:
            return ReceptionState("residents_first", others, period.closes)
    if reception.hours is not None and not _within(reception.hours, local):
        return ReceptionState("out_of_hours", _next_hours(reception.hours, local), period.closes)
    return period


def edition_at(reception: Reception | None, now: datetime) -> str:
    """受付期間 by the ISO day on which it opens (or closes); "" where there is but one for ever.

    A reception that comes round every year has a new edition each time, with all its places;
    between two of them it is the one that comes.
    """
    written = reception and (reception.opens or reception.closes)
    if reception is None or not written:
        return ""
    if not _yearly(written):
        return _begin(written, 0).date().isoformat()
    period = _period(reception, jst(now))
    first = period.since or period.opens or period.closes
    return "" if first is None else jst(first).date().isoformat()


def has_sense(reception: Reception) -> bool:
    """Whether the moment from which others may apply lies within the reception."""
    written = reception.others_from
    if not written:
        return True
    if not _yearly(written):
        after = not reception.opens or _begin(reception.opens, 0) <= _begin(written, 0)
        return after and (not reception.closes or _begin(written, 0) <= _end(reception.closes, 0))
    if not (reception.opens and reception.closes):
        return True
    year = 2024  # a leap year, so that 29 February is a day
    opens, closes = _begin(reception.opens, year), _end(reception.closes, year)
    others = _begin(written, year)
    if closes < opens:  # it crosses the new year
        return others >= opens or others <= closes
    return opens <= others <= closes


def period_start(within: Within, day: date) -> date | None:
    """The first day of the stretch in which ``limit`` and free quotas count; None for ever."""
    if within == "ever":
        return None
    if within == "fiscal_year":
        return date(fiscal_year(day), 4, 1)
    return date(day.year, 1, 1) if within == "year" else day.replace(day=1)


def _period(reception: Reception, local: datetime) -> ReceptionState:
    """The period that runs at a moment, or the next, or the one that is over for good."""
    state = ReceptionState()
    for offset in _years(reception, local):
        opens = _begin(reception.opens, offset) if reception.opens else None
        closes = _end(reception.closes, offset) if reception.closes else None
        if opens and closes and closes < opens:
            closes = _end(reception.closes or "", offset + 1)  # it crosses the new year
        if opens and local < opens:
            return ReceptionState("not_yet", opens, closes)
        if closes is None or local <= closes:
            return ReceptionState(None, None, closes, opens)
        state = ReceptionState("over", None, closes)
    return state


def _years(reception: Reception, local: datetime) -> Iterator[int]:
    """The years for which the moments are read; what has a year of its own is read once."""
    some = reception.opens or reception.closes
    if some is None or not _yearly(some):
        yield 0
    elif not (reception.opens and reception.closes):
        yield local.year
    else:
        yield from (local.year - 1, local.year, local.year + 1)


def _others_from(reception: Reception, local: datetime, period: ReceptionState) -> datetime:
    """The moment of this period: in one that crosses the new year it may lie on either side."""
    written = reception.others_from or ""
    this_year = _begin(written, local.year)
    if period.since is None or this_year >= period.since:
        return this_year
    return _begin(written, local.year + 1)


def _within(hours: Hours, local: datetime) -> bool:
    return WEEKDAYS[local.weekday()] in hours.days and hours.start <= local.time() < hours.end


def _next_hours(hours: Hours, local: datetime) -> datetime:
    days = (local.date() + timedelta(days=number) for number in range(8))
    starts = (
        datetime.combine(day, hours.start, JST)
        for day in days
        if WEEKDAYS[day.weekday()] in hours.days
    )
    return next(start for start in starts if start > local)


def _yearly(written: str) -> bool:
    return not re.match(r"\d{4}-", written)


def _begin(written: str, year: int) -> datetime:
    """The moment as it is; a day alone from its first minute. 29 February may be 1 March."""
    return _read(written, year)[0]


def _end(written: str, year: int) -> datetime:
    """The last moment that still counts; a day alone counts to its end."""
    moment, whole_day = _read(written, year)
    length = timedelta(days=1) if whole_day else timedelta(minutes=1)
    return moment + length - timedelta(microseconds=1)


def _read(written: str, year: int) -> tuple[datetime, bool]:
    found = _MOMENT.fullmatch(written)
    if found is None:
        raise ValueError(f"“{written}” is no moment")
    own, month, day, hour, minute = found.groups()
    first = date(int(own) if own else year, int(month), 1)
    whole = first + timedelta(days=int(day) - 1)
    return datetime.combine(whole, time(int(hour or 0), int(minute or 0)), JST), hour is None
