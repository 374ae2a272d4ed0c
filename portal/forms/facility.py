"""A facility as its author wrote it: rooms, slots, prices, closed days. Frozen.

What a price means and which days can be booked is decided by ``portal.facilities``.
"""

from collections.abc import Iterable
from datetime import date, time
from typing import Annotated, Any, Literal

from pydantic import (
    BeforeValidator,
    Field,
    StrictBool,
    StrictInt,
    StringConstraints,
    model_validator,
)

from portal.forms.fields import Key, Strict, Text

MonthDay = Annotated[str, StringConstraints(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
#: yen
Price = Annotated[StrictInt, Field(ge=0, le=10_000_000)]


def _clock_time(written: Any) -> Any:
    """``"09:00"`` as a time; a number (YAML's reading of an unquoted 9:00) is refused."""
    if isinstance(written, str):
        try:
            return time.fromisoformat(written)
        except ValueError:
            pass
    raise ValueError(f'“{written}” is not a time; write it in quotes: "09:00"')


ClockTime = Annotated[time, BeforeValidator(_clock_time)]


class SlotDefinition(Strict):
    """A stretch of every open day that is booked as a whole; times in Japan."""

    id: Key
    start: ClockTime
    end: ClockTime

    @model_validator(mode="after")
    def _has_length(self) -> "SlotDefinition":
        if self.start >= self.end:
            raise ValueError(
                f"slot “{self.id}” ends before it begins; end must be later than start"
            )
        return self


class CompoundDefinition(Strict):
    """Slots that together have a price of their own, in yen."""

    slots: Annotated[tuple[Key, ...], Field(min_length=2)]
    price: Price


class RoomDefinition(Strict):
    """What can be booked. Rooms that share a part (the halves of a hall) exclude each other."""

    id: Key
    title: Text
    capacity: Annotated[StrictInt, Field(ge=1)] | None = None
    description: Text = ""
    #: the parts of the house that it takes up; itself, where nothing is said
    occupies: tuple[Key, ...] = ()
    #: yen by slot
    prices: dict[Key, Price]
    compounds: tuple[CompoundDefinition, ...] = ()


class PeriodDefinition(Strict):
    """A stretch of every year, both days included; it may cross the new year."""

    first: MonthDay
    last: MonthDay


class ClosedDefinition(Strict):
    """休館日"""

    weekdays: tuple[Weekday, ...] = ()
    #: whether the house is shut on national holidays
    holidays: StrictBool = False
    periods: tuple[PeriodDefinition, ...] = ()
    dates: tuple[date, ...] = ()


class FacilityDefinition(Strict):
    """One house of the city."""

    facility: Key
    title: Text
    place: Text
    summary: Text
    slots: Annotated[tuple[SlotDefinition, ...], Field(min_length=1, max_length=48)]
    rooms: Annotated[tuple[RoomDefinition, ...], Field(min_length=1)]
    closed: ClosedDefinition = ClosedDefinition()
    #: the first day that can be booked, in days after today
    from_days: Annotated[StrictInt, Field(ge=0, le=365)] = 1
    #: the last day that can be booked, in months after today
    months: Annotated[StrictInt, Field(ge=1, le=24)] = 3
    #: minutes that chosen slots wait for the form, and once more for the payment
    hold_minutes: Annotated[StrictInt, Field(ge=5, le=1440)] = 15

    @property
    def id(self) -> str:
        return self.facility

    @model_validator(mode="after")
    def _fits_together(self) -> "FacilityDefinition":
        ids = _unique("slot", (slot.id for slot in self.slots))
        _unique("room", (room.id for room in self.rooms))
        for earlier, later in zip(self.slots, self.slots[1:], strict=False):
            if later.start < earlier.end:
                raise ValueError(
                    f"slot “{later.id}” begins before “{earlier.id}” ends; "
                    "slots stand in the order of the day and don't overlap"
                )
        for room in self.rooms:
            _same(f"prices of room “{room.id}”", set(room.prices), ids)
            for compound in room.compounds:
                _known(f"compound of room “{room.id}”", compound.slots, ids)
        return self


def _unique(what: str, ids: Iterable[str]) -> set[str]:
    seen: set[str] = set()
    for each in ids:
        if each in seen:
            raise ValueError(f"two {what}s are called “{each}”; give each {what} an id of its own")
        seen.add(each)
    return seen


def _same(where: str, found: set[str], right: set[str]) -> None:
    _known(where, found, right)
    if missing := sorted(right - found):
        raise ValueError(f"{where}: no price for {', '.join(missing)}; every slot needs one")


def _known(where: str, found: Iterable[str], right: set[str]) -> None:
    if unknown := sorted(set(found) - right):
        raise ValueError(
            f"{where}: there is no slot {', '.join(unknown)}; slots are {', '.join(sorted(right))}"
        )
