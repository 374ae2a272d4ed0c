"""The culture hall charges what 豊明市 charges, slot by slot and for the whole day."""

import pytest

from portal.facilities.definition import facility_of
from portal.facilities.rooms import Facility
from portal.facilities.tariff import base_price
from portal.forms import Catalogue

#: room: 9–12, 12–13, each of the four slots of two hours from 13 to 21, all day
TARIFF = {
    "activity": (900, 300, 600, 3000),
    "training": (1350, 450, 900, 4500),
    "multipurpose": (1350, 450, 900, 4500),
    "cooking": (1800, 600, 1200, 6000),
    "sound": (1200, 400, 800, 4000),
    "gymnasium": (3000, 1000, 2000, 10000),
    "gymnasium-half-a": (1500, 500, 1000, 5000),
    "gymnasium-half-b": (1500, 500, 1000, 5000),
}


@pytest.fixture(scope="module")
def hall(catalogue: Catalogue) -> Facility:
    return facility_of(catalogue.facilities["culture-hall"])


def test_the_slots_fill_the_day(hall: Facility) -> None:
    hours = [(slot.start.hour, slot.end.hour) for slot in hall.slots]
    assert hours == [(9, 12), (12, 13), (13, 15), (15, 17), (17, 19), (19, 21)]


def test_every_room_is_in_the_table(hall: Facility) -> None:
    assert {room.id for room in hall.rooms} == set(TARIFF)


@pytest.mark.parametrize("room_id", TARIFF)
def test_prices(hall: Facility, room_id: str) -> None:
    room = hall.room(room_id)
    assert room is not None
    morning, noon, two_hours, all_day = TARIFF[room_id]
    slots = [slot.id for slot in hall.slots]
    by_slot = [base_price(room.tariff, [slot]) for slot in slots]
    assert by_slot == [morning, noon, *[two_hours] * 4]
    assert base_price(room.tariff, slots) == all_day


def test_the_halves_of_the_gymnasium_exclude_the_whole(hall: Facility) -> None:
    whole, east, west = (
        hall.room(room_id) for room_id in ("gymnasium", "gymnasium-half-a", "gymnasium-half-b")
    )
    assert whole and east and west
    assert set(whole.occupies) == {*east.occupies, *west.occupies}
    assert not set(east.occupies) & set(west.occupies)
