"""What the pages of rooms show, put together from the definition and the service. No request."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from foundation.clock import jst_date
from foundation.money import Yen
from portal.facilities.calendar import Unavailable, Window, closed, days, unavailable, window
from portal.facilities.rooms import Facility, Room
from portal.facilities.service import SlotView, day_slots
from portal.facilities.tariff import base_price

#: Days of the overview strip, the shown one among them.
_STRIP = 7


@dataclass(frozen=True)
class TariffRow:
    """One room's prices in yen, in the order of the columns; None where it has none."""

    room: Room
    prices: tuple[int | None, ...]


@dataclass(frozen=True)
class TariffTable:
    """料金表: a column for each slot, then one for each set of slots with its own price."""

    #: ``("09:00", "12:00")``
    columns: tuple[tuple[str, str], ...]
    #: how many of the columns are sets of slots
    compound_columns: int
    rows: tuple[TariffRow, ...]


@dataclass(frozen=True)
class DayOverview:
    """A day of the strip: how much of it is free, or why nothing is."""

    day: date
    free: int
    total: int
    reason: Unavailable | None


@dataclass(frozen=True)
class RoomDay:
    """A room on a day, with what is chosen of it so far."""

    day: date
    window: Window
    reason: Unavailable | None
    slots: tuple[SlotView, ...]
    #: ids of the slots that are ticked
    chosen: frozenset[str]
    #: base price of the ticked slots in yen
    total: Yen
    strip: tuple[DayOverview, ...]

    @property
    def before(self) -> date | None:
        """The day before, where it can be looked at."""
        return self.day - timedelta(days=1) if self.day > self.window.first else None

    @property
    def after(self) -> date | None:
        """The day after, where it can be looked at."""
        return self.day + timedelta(days=1) if self.day < self.window.last else None


def tariff_table(facility: Facility) -> TariffTable:
    """The prices of all rooms before the factors of the procedure."""
    order = [slot.id for slot in facility.slots]
    sets = {compound.slots for room in facility.rooms for compound in room.tariff.compounds}
    compounds = sorted(sets, key=lambda slots: (len(slots), min(map(order.index, slots))))
    columns = [frozenset({slot}) for slot in order] + compounds

    def price(room: Room, slots: frozenset[str]) -> int | None:
        alone = len(slots) == 1
        own = alone or any(compound.slots == slots for compound in room.tariff.compounds)
        return base_price(room.tariff, slots) if own else None

    return TariffTable(
        columns=tuple(_hours(facility, slots) for slots in columns),
        compound_columns=len(compounds),
        rows=tuple(
            TariffRow(room, tuple(price(room, slots) for slots in columns))
            for room in facility.rooms
        ),
    )


def cheapest(room: Room) -> int:
    """What the room costs at least, in yen."""
    return min(room.tariff.prices.values())


def room_day(
    session: Session,
    facility: Facility,
    room: Room,
    wanted: date | None,
    now: datetime,
    *,
    owner: str,
    chosen: Collection[str] = (),
) -> RoomDay:
    """The page of a room on the day nearest to the wanted one; else on the first open day.

    Of what was chosen, only what is still free stays ticked.
    """
    today = jst_date(now)
    span = window(facility, today)
    day = min(max(wanted, span.first), span.last) if wanted else _first_open(facility, span)
    around = _strip_of(day, span)
    slots = day_slots(session, facility, room, around, now, owner=owner)
    ticked = frozenset(slot.id for slot in slots[day] if slot.free and slot.id in chosen)
    return RoomDay(
        day=day,
        window=span,
        reason=unavailable(facility, day, today),
        slots=slots[day],
        chosen=ticked,
        total=base_price(room.tariff, ticked),
        strip=tuple(
            DayOverview(
                each,
                free=sum(slot.free for slot in slots[each]),
                total=len(slots[each]),
                reason=unavailable(facility, each, today),
            )
            for each in around
        ),
    )


def _hours(facility: Facility, slots: frozenset[str]) -> tuple[str, str]:
    inside = [slot for slot in facility.slots if slot.id in slots]
    return f"{inside[0].start:%H:%M}", f"{inside[-1].end:%H:%M}"


def _first_open(facility: Facility, span: Window) -> date:
    every = days(span.first, (span.last - span.first).days + 1)
    return next((day for day in every if not closed(facility, day)), span.first)


def _strip_of(day: date, span: Window) -> Sequence[date]:
    """Days in a row around one of them, moved so that all can be booked."""
    latest_first = max(span.first, span.last - timedelta(days=_STRIP - 1))
    first = min(max(span.first, day - timedelta(days=_STRIP // 2)), latest_first)
    return [each for each in days(first, _STRIP) if each <= span.last]
