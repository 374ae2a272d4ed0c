"""Which days of a facility can be booked, and where its slots lie on them. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from foundation.clock import JST
from portal.facilities.rooms import Facility, Slot


class Unavailable(StrEnum):
    """Why a whole day can't be booked."""

    PAST = "past"
    TOO_SOON = "too_soon"
    TOO_FAR = "too_far"
    CLOSED = "closed"


@dataclass(frozen=True)
class Window:
    """The days that can be booked today, both included."""

    first: date
    last: date


def window(facility: Facility, today: date) -> Window:
    """From so many days to so many months ahead of ``today`` (a day in Japan)."""
    return Window(today + timedelta(days=facility.from_days), _months_later(today, facility.months))


def unavailable(facility: Facility, day: date, today: date) -> Unavailable | None:
    """Why ``day`` can't be booked on ``today``; None where it can."""
    span = window(facility, today)
    if day < today:
        return Unavailable.PAST
    if day < span.first:
        return Unavailable.TOO_SOON
    if day > span.last:
        return Unavailable.TOO_FAR
    return Unavailable.CLOSED if closed(facility, day) else None


def closed(facility: Facility, day: date) -> bool:
    """Whether the house is shut: a weekday, a holiday, 年末年始 or a single day."""
    return not facility.closed.is_open(day)


def moments(slot: Slot, day: date) -> tuple[datetime, datetime]:
    """The slot's beginning and end on a day in Japan."""
    return at(day, slot.start), at(day, slot.end)


def days(first: date, count: int) -> Iterator[date]:
    """``count`` days in a row."""
    return (first + timedelta(days=offset) for offset in range(count))


def at(day: date, clock_time: time) -> datetime:
    """The moment of a clock time on a day in Japan."""
    return datetime.combine(day, clock_time, tzinfo=JST)


def _months_later(day: date, months: int) -> date:
    """The same day of the month, or the month's last where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    begin = date(day.year + years, month + 1, 1)
    following = (begin + timedelta(days=31)).replace(day=1)
    return min(begin + timedelta(days=day.day - 1), following - timedelta(days=1))
