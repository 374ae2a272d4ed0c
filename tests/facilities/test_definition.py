"""A facility's file: how it is read, and what its author is told about mistakes."""

from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError
from ruamel.yaml import YAML

from portal.facilities.calendar import closed
from portal.facilities.definition import facility_of
from portal.facilities.rooms import Facility
from portal.forms.facility import FacilityDefinition

CULTURE_HALL = Path(__file__).parents[2] / "forms_defs" / "facilities" / "culture-hall.yaml"
WRITTEN: dict[str, Any] = YAML(typ="safe").load(CULTURE_HALL)


def read(written: dict[str, Any]) -> Facility:
    return facility_of(FacilityDefinition.model_validate(written))


def test_the_halves_of_the_gymnasium_are_parts_of_the_whole() -> None:
    hall = read(WRITTEN)
    parts = {room.id: set(hall.resources(room)) for room in hall.rooms}
    assert parts["gymnasium"] == parts["gymnasium-half-a"] | parts["gymnasium-half-b"]
    assert not parts["gymnasium-half-a"] & parts["gymnasium-half-b"]
    assert parts["activity"] == {"culture-hall/activity"}


def test_closed_days_are_read() -> None:
    hall = read(WRITTEN)
    assert closed(hall, date(2026, 6, 8))
    assert closed(hall, date(2027, 1, 2))
    assert not closed(hall, date(2026, 6, 9))
    more = {**WRITTEN, "closed": {"holidays": True, "dates": [date(2026, 6, 10)]}}
    assert closed(read(more), date(2026, 11, 3))
    assert closed(read(more), date(2026, 6, 10))


def _changed(path: tuple[str | int, ...], value: Any) -> dict[str, Any]:
    written = deepcopy(WRITTEN)
    place: Any = written
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return written


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        (("slots", 0, "start"), 540, "write it in quotes"),
        (("slots", 0, "start"), "25:00", "is not a time"),
        (("slots", 0, "end"), "08:00", "ends before it begins"),
        (("slots", 1, "start"), "11:00", "begins before “s09” ends"),
        (("slots", 1, "id"), "s09", "two slots are called “s09”"),
        (("rooms", 1, "id"), "activity", "two rooms are called “activity”"),
        (("rooms", 0, "prices"), {"s09": 900}, "no price for s12, s13"),
        (("rooms", 0, "prices", "s21"), 900, "there is no slot s21"),
        (("rooms", 0, "compounds", 0, "slots"), ["s09", "s99"], "there is no slot s99"),
        (("rooms", 0, "prices", "s09"), 900.5, "valid integer"),
        (("rooms", 0, "prices", "s09"), -1, "greater than or equal to 0"),
        (("closed", "weekdays"), ["Monday"], "'mon'"),
        (("closed", "periods", 0, "first"), "13-01", "match pattern"),
        (("hold_minutes",), 0, "greater than or equal to 5"),
        (("colour",), "blue", "Extra inputs"),
    ],
)
def test_a_mistake_is_named(path: tuple[str | int, ...], value: Any, told: str) -> None:
    with pytest.raises(ValidationError, match=told):
        read(_changed(path, value))
