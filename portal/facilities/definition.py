"""From what the author of a definition wrote to what bookings need."""

from portal.facilities.rooms import ClosedDays, Facility, Period, Room, Slot
from portal.facilities.tariff import Compound, Tariff
from portal.forms.facility import FacilityDefinition, RoomDefinition

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def facility_of(definition: FacilityDefinition) -> Facility:
    """The facility of a definition."""
    closed = definition.closed
    return Facility(
        id=definition.id,
        title=definition.title,
        place=definition.place,
        summary=definition.summary,
        slots=tuple(Slot(slot.id, slot.start, slot.end) for slot in definition.slots),
        rooms=tuple(_room_of(room) for room in definition.rooms),
        closed=ClosedDays(
            weekdays=frozenset(_WEEKDAYS.index(weekday) for weekday in closed.weekdays),
            holidays=closed.holidays,
            periods=tuple(Period(period.first, period.last) for period in closed.periods),
            dates=frozenset(closed.dates),
        ),
        from_days=definition.from_days,
        months=definition.months,
        hold_minutes=definition.hold_minutes,
    )


def _room_of(room: RoomDefinition) -> Room:
    return Room(
        id=room.id,
        title=room.title,
        capacity=room.capacity,
        description=room.description,
        tariff=Tariff(
            room.prices,
            tuple(Compound(frozenset(each.slots), each.price) for each in room.compounds),
        ),
        occupies=room.occupies or (room.id,),
    )
