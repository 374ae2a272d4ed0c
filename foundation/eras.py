"""元号: when each began."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

#: The first day of each era since Japan counts in one era for each emperor, the latest first.
FIRST_DAYS: Mapping[str, date] = MappingProxyType(
    {
        "reiwa": date(2019, 5, 1),
        "heisei": date(1989, 1, 8),
        "showa": date(1926, 12, 25),
        "taisho": date(1912, 7, 30),
        "meiji": date(1868, 1, 25),
    }
)


def era_on(day: date) -> str | None:
    """The id of the era of a day; None before 明治."""
    return next((era for era, first in FIRST_DAYS.items() if day >= first), None)
