"""開庁日: the days on which the city hall is open, and how they are counted. Days in Japan."""

from datetime import date, timedelta
from typing import get_args

import jpholiday

from portal.forms.facility import ClosedDefinition, PeriodDefinition, Weekday

#: mon … sun, as ``date.weekday()`` counts them.
WEEKDAYS: tuple[str, ...] = get_args(Weekday)

#: What holds where a city says nothing: the days of 地方自治法 第4条の2.
USUAL = ClosedDefinition(
    weekdays=("sat", "sun"),
    holidays=True,
    periods=(PeriodDefinition(first="12-29", last="01-03"),),
)

#: No city hall is shut longer than this; a calendar without any open day is a mistake.
MOST_CLOSED_DAYS = 366

#: Most open days that are counted from a day: ten years.
MOST_OPEN_DAYS = 2_500


class NeverOpen(ValueError):
    """The calendar has no open day within a year."""


class Calendar:
    """When the city hall is open. Immutable, but for the holidays that it remembers."""

    def __init__(self, closed: ClosedDefinition | None) -> None:
        rule = USUAL if closed is None else closed
        self._weekdays = frozenset(WEEKDAYS.index(weekday) for weekday in rule.weekdays)
        self._holidays = rule.holidays
        self._periods = tuple((period.first, period.last) for period in rule.periods)
        self._dates = frozenset(rule.dates)
        self._holiday: dict[date, bool] = {}

    def is_open(self, day: date) -> bool:
        return not (
            day.weekday() in self._weekdays
            or day in self._dates
            or (self._holidays and self.is_holiday(day))
            or any(_within(f"{day:%m-%d}", *period) for period in self._periods)
        )

    def is_holiday(self, day: date) -> bool:
        """国民の祝日, those in lieu included."""
        if day not in self._holiday:
            self._holiday[day] = jpholiday.is_holiday(day)
        return self._holiday[day]

    def next_open(self, day: date) -> date:
        """The day itself if open, else the first open one after it. Raises NeverOpen."""
        return self._towards(day, 1)

    def previous_open(self, day: date) -> date:
        """The day itself if open, else the last open one before it. Raises NeverOpen."""
        return self._towards(day, -1)

    def add_open(self, day: date, count: int) -> date:
        """The ``count``-th open day after a day (before it, where negative); 0 is the day itself.

        Raises ValueError beyond ten years.
        """
        if abs(count) > MOST_OPEN_DAYS:
            raise ValueError(f"{count} open days are more than {MOST_OPEN_DAYS}")
        step = 1 if count > 0 else -1
        for _ in range(abs(count)):
            day = self._towards(day + timedelta(days=step), step)
        return day

    def open_between(self, start: date, end: date) -> int:
        """Open days after ``start`` up to and with ``end``; negative where the end comes first.

        Raises ValueError beyond ten years.
        """
        if end < start:
            return -self.open_between(end, start)
        days = (end - start).days
        if days > MOST_CLOSED_DAYS * 10:
            raise ValueError(f"{start} to {end} is too long to be counted in open days")
        return sum(self.is_open(start + timedelta(days=offset)) for offset in range(1, days + 1))

    def _towards(self, day: date, step: int) -> date:
        for _ in range(MOST_CLOSED_DAYS):
            if self.is_open(day):
                return day
            day += timedelta(days=step)
        raise NeverOpen(f"no open day within a year of {day}")


def _within(here: str, first: str, last: str) -> bool:
    """Whether ``MM-DD`` lies in a stretch of the year that may cross the new year."""
    if first <= last:
        return first <= here <= last
    return here >= first or here <= last
