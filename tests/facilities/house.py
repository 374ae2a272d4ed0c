"""A small house: one room, and a hall that can be had whole or by halves."""

from datetime import date, time

from portal.facilities.rooms import Facility, Room, Slot
from portal.facilities.tariff import Compound, Tariff
from portal.forms.calendar import Calendar
from portal.forms.facility import ClosedDefinition, PeriodDefinition

SLOTS = (
    Slot("morning", time(9), time(12)),
    Slot("noon", time(12), time(13)),
    Slot("afternoon-1", time(13), time(15)),
    Slot("afternoon-2", time(15), time(17)),
    Slot("evening-1", time(17), time(19)),
    Slot("evening-2", time(19), time(21)),
)
ALL = frozenset(slot.id for slot in SLOTS)
#: A Friday that can be booked from the usual moment of the tests (Wednesday 3 June 2026).
FRIDAY = date(2026, 6, 5)


def toyoake(morning: int, noon: int, two_hours: int, all_day: int) -> Tariff:
    """A line of 豊明市's table."""
    prices = {slot.id: two_hours for slot in SLOTS} | {"morning": morning, "noon": noon}
    return Tariff(prices, (Compound(ALL, all_day),))


def room(room_id: str, tariff: Tariff, *occupies: str) -> Room:
    return Room(room_id, room_id, 30, "", tariff, occupies or (room_id,))


def plaza_house() -> Facility:
    half = toyoake(1500, 500, 1000, 5000)
    return Facility(
        id="plaza",
        title="共生プラザ",
        place="本町",
        summary="",
        slots=SLOTS,
        rooms=(
            room("studio", toyoake(900, 300, 600, 3000)),
            room("gym", toyoake(3000, 1000, 2000, 10000), "gym-a", "gym-b"),
            room("gym-a", half),
            room("gym-b", half),
        ),
        closed=Calendar(
            ClosedDefinition(
                weekdays=("mon",), periods=(PeriodDefinition(first="12-29", last="01-03"),)
            )
        ),
        from_days=1,
        months=3,
        hold_minutes=30,
    )
