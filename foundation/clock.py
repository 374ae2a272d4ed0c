"""One way to ask what time it is, so that tests and the simulator can decide."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, timezone

#: Japan keeps no summer time: a fixed offset is exact, and needs no time zone database.
JST = timezone(timedelta(hours=9), "JST")

#: Gives the present moment, aware, in UTC.
Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """The present moment in UTC."""
    return datetime.now(UTC)


def jst(moment: datetime) -> datetime:
    """The same moment on a wall clock in Japan."""
    return moment.astimezone(JST)


def jst_date(moment: datetime) -> date:
    """The calendar day in Japan: what a tariff, a deadline or a cash book means by a day."""
    return jst(moment).date()


def jst_midnight(day: date) -> datetime:
    """The moment at which a day begins in Japan."""
    return datetime.combine(day, time(), JST)


def fiscal_year(day: date) -> int:
    """会計年度: the western year in which it began, 1 April to 31 March."""
    return day.year if day.month >= 4 else day.year - 1
