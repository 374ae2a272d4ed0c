"""A facility as bookings see it: rooms, slots, opening days, deadlines. Pure values."""

from dataclasses import dataclass
from datetime import time

from portal.facilities.tariff import Tariff
from portal.forms.calendar import Calendar


@dataclass(frozen=True)
class Slot:
    """A stretch of every open day that is booked as a whole; times in Japan."""

    id: str
    start: time
    end: time


@dataclass(frozen=True)
class Room:
    """What is chosen; what it takes up can be shared with other rooms (the halves of a hall)."""

    id: str
    title: str
    #: persons; None where nobody counts them
    capacity: int | None
    description: str
    tariff: Tariff
    #: the parts of the house that it takes up
    occupies: tuple[str, ...]


@dataclass(frozen=True)
class Facility:
    """One house of the city."""

    id: str
    title: str
    place: str
    summary: str
    slots: tuple[Slot, ...]
    rooms: tuple[Room, ...]
    #: 休館日: when the house is shut
    closed: Calendar
    #: earliest day that can be booked, in days after today
    from_days: int
    #: last day that can be booked, in months after today
    months: int
    #: how long chosen slots wait for the form, and again for the money
    hold_minutes: int

    def room(self, room_id: str) -> Room | None:
        """The room of this id; None where there is none."""
        return next((room for room in self.rooms if room.id == room_id), None)

    def resources(self, room: Room) -> tuple[str, ...]:
        """The keys under which the database guards what the room takes up."""
        return tuple(f"{self.id}/{part}" for part in room.occupies)
