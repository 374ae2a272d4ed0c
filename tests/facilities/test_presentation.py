"""What the pages of rooms show."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from foundation.database import Database
from foundation.events import Events
from portal.facilities.calendar import Unavailable
from portal.facilities.presentation import RoomDay, cheapest, room_day, tariff_table
from portal.facilities.rooms import Facility
from portal.facilities.service import hold
from portal.facilities.tariff import Compound
from tests.facilities.house import ALL, FRIDAY
from tests.support.clock import FixedClock


def look(
    database: Database,
    house: Facility,
    clock: FixedClock,
    wanted: date | None,
    chosen: tuple[str, ...] = (),
) -> RoomDay:
    with database.reading() as session:
        return room_day(
            session, house, house.rooms[0], wanted, clock(), owner="resident:sanae", chosen=chosen
        )


def test_the_tariff_has_a_column_for_each_slot_and_for_the_day(plaza: Facility) -> None:
    table = tariff_table(plaza)
    assert table.columns[0] == ("09:00", "12:00")
    assert table.columns[-1] == ("09:00", "21:00")
    assert table.compound_columns == 1
    assert table.rows[0].prices == (900, 300, 600, 600, 600, 600, 3000)
    assert table.rows[1].prices == (3000, 1000, 2000, 2000, 2000, 2000, 10000)
    assert cheapest(plaza.rooms[0]) == 300


def test_a_room_without_a_price_for_a_set_of_slots_has_a_gap(plaza: Facility) -> None:
    studio = plaza.rooms[0]
    nine_to_five = Compound(ALL - {"evening-1", "evening-2"}, 2000)
    more = replace(studio.tariff, compounds=(*studio.tariff.compounds, nine_to_five))
    table = tariff_table(replace(plaza, rooms=(replace(studio, tariff=more), *plaza.rooms[1:])))
    assert table.columns[-2:] == (("09:00", "17:00"), ("09:00", "21:00"))
    assert table.rows[0].prices[-2:] == (2000, 3000)
    assert table.rows[1].prices[-2:] == (None, 10000)


def test_a_page_without_a_day_shows_the_first_open_one(
    database: Database, plaza: Facility, clock: FixedClock
) -> None:
    assert look(database, plaza, clock, None).day == date(2026, 6, 4)
    clock.advance(timedelta(days=4))  # a Sunday: tomorrow is closed
    assert look(database, plaza, clock, None).day == date(2026, 6, 9)


@pytest.mark.parametrize(
    ("wanted", "shown"),
    [
        (date.min, date(2026, 6, 4)),
        (date(2026, 6, 3), date(2026, 6, 4)),
        (date(2026, 6, 8), date(2026, 6, 8)),
        (date.max, date(2026, 9, 3)),
    ],
)
def test_a_day_that_can_not_be_booked_gives_the_nearest(
    database: Database, plaza: Facility, clock: FixedClock, wanted: date, shown: date
) -> None:
    assert look(database, plaza, clock, wanted).day == shown


def test_a_closed_day_says_so(database: Database, plaza: Facility, clock: FixedClock) -> None:
    view = look(database, plaza, clock, date(2026, 6, 8))
    assert view.reason is Unavailable.CLOSED
    assert not any(slot.free for slot in view.slots)


def test_only_days_of_the_window_are_neighbours(
    database: Database, plaza: Facility, clock: FixedClock
) -> None:
    first = look(database, plaza, clock, date(2026, 6, 4))
    assert (first.before, first.after) == (None, FRIDAY)
    last = look(database, plaza, clock, date(2026, 9, 3))
    assert (last.before, last.after) == (date(2026, 9, 2), None)


@pytest.mark.parametrize("wanted", [date(2026, 6, 4), FRIDAY, date(2026, 7, 1), date(2026, 9, 3)])
def test_the_strip_has_seven_days_that_can_be_looked_at(
    database: Database, plaza: Facility, clock: FixedClock, wanted: date
) -> None:
    view = look(database, plaza, clock, wanted)
    strip = [each.day for each in view.strip]
    assert len(strip) == 7
    assert view.day in strip
    assert view.window.first <= strip[0] and strip[-1] <= view.window.last


def test_the_strip_counts_what_is_free(
    database: Database, plaza: Facility, events: Events, clock: FixedClock
) -> None:
    with database.transaction() as session:
        hold(
            session,
            events,
            plaza,
            plaza.rooms[0],
            FRIDAY,
            ["morning", "noon"],
            owner="resident:kenta",
            now=clock(),
        )
    overview = {each.day: each for each in look(database, plaza, clock, FRIDAY).strip}
    assert (overview[FRIDAY].free, overview[FRIDAY].total) == (4, 6)
    assert overview[date(2026, 6, 8)].reason is Unavailable.CLOSED


def test_only_what_is_still_free_stays_ticked_and_is_counted(
    database: Database, plaza: Facility, events: Events, clock: FixedClock
) -> None:
    with database.transaction() as session:
        hold(
            session,
            events,
            plaza,
            plaza.rooms[0],
            FRIDAY,
            ["noon"],
            owner="resident:kenta",
            now=clock(),
        )
    view = look(database, plaza, clock, FRIDAY, ("morning", "noon", "night"))
    assert view.chosen == {"morning"}
    assert view.total == 900
