"""From what the author of a definition wrote to what bookings need."""

from portal.facilities.rooms import Facility, Room, Slot
from portal.facilities.tariff import Compound, Tariff
from portal.forms.calendar import Calendar
from portal.forms.facility import FacilityDefinition, RoomDefinition


def facility_of(definition: FacilityDefinition) -> Facility:
    """The facility of a definition."""
    return Facility(
        id=definition.id,
        title=definition.title,
        place=definition.place,
        summary=definition.summary,
        slots=tuple(Slot(slot.id, slot.start, slot.end) for slot in definition.slots),
        rooms=tuple(_room_of(room) for room in definition.rooms),
        closed=Calendar(definition.closed),
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
