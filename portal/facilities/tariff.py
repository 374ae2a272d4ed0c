"""What chosen slots cost before the factors of the procedure. Pure.

Slots have prices; some sets of slots have a price of their own below the sum (a whole day, 9–17).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache

from foundation.money import Yen


@dataclass(frozen=True)
class Compound:
    """A set of slots that has a price of its own, in yen."""

    slots: frozenset[str]
    price: int


@dataclass(frozen=True)
class Tariff:
    """The prices of one room in yen: by slot, and by sets of slots."""

    prices: Mapping[str, int]
    compounds: tuple[Compound, ...] = ()


def base_price(tariff: Tariff, slots: Collection[str]) -> Yen:
    """The lowest price in yen at which the tariff covers each chosen slot exactly once.

    Raises KeyError for a slot that the tariff doesn't price.
    """
    for slot in slots:
        tariff.prices[slot]

    @cache
    def cheapest(open_slots: frozenset[str]) -> int:
        if not open_slots:
            return 0
        first = min(open_slots)
        alone = tariff.prices[first] + cheapest(open_slots - {first})
        together = (
            compound.price + cheapest(open_slots - compound.slots)
            for compound in tariff.compounds
            if first in compound.slots and compound.slots <= open_slots
        )
        return min((alone, *together))

    return Yen(cheapest(frozenset(slots)))
