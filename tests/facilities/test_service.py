"""Holding, submitting, confirming, lapsing, cancelling: on both databases."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from foundation.database import Database
from foundation.events import Events
from foundation.states import IllegalTransition
from portal.facilities import service
from portal.facilities.calendar import Unavailable
from portal.facilities.events import BookingReleased
from portal.facilities.models import BookingSlot
from portal.facilities.rooms import Facility
from portal.facilities.service import Held, LostSlots, NotOffered, Secured, Taken
from portal.facilities.states import BookingState
from tests.facilities.desk import HALF_AN_HOUR, KENTA, SANAE, Desk
from tests.facilities.house import FRIDAY
from tests.support.clock import FixedClock


@pytest.fixture
def desk(database: Database, events: Events, plaza: Facility, clock: FixedClock) -> Iterator[Desk]:
    yield Desk(database, events, plaza, clock)


ALL = ["morning", "noon", "afternoon-1", "afternoon-2", "evening-1", "evening-2"]


def test_a_day_shows_every_slot_with_its_price(desk: Desk, plaza: Facility) -> None:
    with desk.database.reading() as session:
        views = service.day_slots(session, plaza, plaza.rooms[0], [FRIDAY], desk.clock())[FRIDAY]
    assert [(view.id, view.price) for view in views] == [
        ("morning", 900),
        ("noon", 300),
        ("afternoon-1", 600),
        ("afternoon-2", 600),
        ("evening-1", 600),
        ("evening-2", 600),
    ]
    assert all(view.free for view in views)
    assert views[0].start.isoformat() == "2026-06-05T09:00:00+09:00"


def test_a_hold_takes_its_slots_at_the_price_that_was_shown(desk: Desk) -> None:
    outcome = desk.hold("morning", "noon")
    assert isinstance(outcome, Held)
    assert outcome.booking.base_price == 1200
    assert outcome.booking.held_until == desk.clock() + HALF_AN_HOUR
    assert desk.free() == ALL[2:]


def test_the_whole_day_costs_less_than_its_slots(desk: Desk) -> None:
    outcome = desk.hold(*ALL)
    assert isinstance(outcome, Held)
    assert outcome.booking.base_price == 3000


def test_who_comes_second_hears_which_slots_are_gone_and_takes_none(desk: Desk) -> None:
    desk.held("noon", "afternoon-1")
    assert desk.hold("morning", "noon", owner=KENTA) == Taken(("noon",))
    assert desk.free() == ["morning", *ALL[3:]]
    assert isinstance(desk.hold("morning", owner=KENTA), Held)


def test_the_database_itself_refuses_a_second_owner_of_a_slot(desk: Desk) -> None:
    booking = desk.held("morning")
    with desk.database.reading() as session:
        row = session.scalars(select(BookingSlot)).one()
    with pytest.raises(IntegrityError), desk.database.transaction() as session:
        session.execute(
            insert(BookingSlot).values(
                resource=row.resource,
                slot_start=row.slot_start,
                slot_end=row.slot_end,
                booking_id=booking,
            )
        )


def test_the_same_slot_of_another_room_or_day_is_another_thing(desk: Desk) -> None:
    desk.held("morning")
    assert isinstance(desk.hold("morning", owner=KENTA, room="gym"), Held)
    assert isinstance(desk.hold("morning", owner=KENTA, day=FRIDAY + timedelta(days=1)), Held)


def test_a_hall_and_its_halves_exclude_each_other(desk: Desk) -> None:
    desk.held("morning", room="gym-a")
    assert desk.hold("morning", owner=KENTA, room="gym") == Taken(("morning",))
    assert isinstance(desk.hold("morning", owner=KENTA, room="gym-b"), Held)
    desk.held("noon", room="gym")
    assert desk.hold("noon", owner=KENTA, room="gym-a") == Taken(("noon",))
    assert "noon" not in desk.free("gym-b")


def test_slots_that_were_cut_otherwise_since_still_exclude_each_other(
    desk: Desk, plaza: Facility
) -> None:
    desk.held("afternoon-1")
    with desk.database.transaction() as session:
        row = session.scalars(select(BookingSlot)).one()
        row.slot_start += timedelta(minutes=30)
    assert "afternoon-1" not in desk.free()
    assert desk.hold("afternoon-1", owner=KENTA) == Taken(("afternoon-1",))


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (date(2026, 6, 2), Unavailable.PAST),
        (date(2026, 6, 3), Unavailable.TOO_SOON),
        (date(2026, 6, 8), Unavailable.CLOSED),
        (date(2026, 12, 4), Unavailable.TOO_FAR),
    ],
)
def test_a_day_that_is_not_offered_can_not_be_held(
    desk: Desk, day: date, reason: Unavailable
) -> None:
    assert desk.free(day=day) == []
    assert desk.hold("morning", day=day) == NotOffered(reason)


@pytest.mark.parametrize("slots", [(), ("night",), ("morning", "night")])
def test_an_empty_or_unknown_choice_is_refused(desk: Desk, slots: tuple[str, ...]) -> None:
    assert desk.hold(*slots) == NotOffered(None)
    assert desk.free() == ALL


def test_choosing_again_replaces_the_own_choice(desk: Desk) -> None:
    first = desk.held("morning", "noon")
    assert desk.free(owner=SANAE) == ALL
    desk.held("noon", "afternoon-1")
    assert desk.state(first) == BookingState.CANCELLED
    assert desk.free() == ["morning", *ALL[3:]]


def test_choosing_again_in_vain_keeps_the_own_choice(desk: Desk) -> None:
    desk.held("afternoon-1", owner=KENTA)
    first = desk.held("noon")
    assert desk.hold("noon", "afternoon-1") == Taken(("afternoon-1",))
    assert desk.state(first) == BookingState.HELD
    assert desk.free() == ["morning", *ALL[3:]]


def test_two_choices_side_by_side_stay_both(desk: Desk) -> None:
    first = desk.held("morning")
    desk.held("noon")
    assert desk.state(first) == BookingState.HELD


def test_what_was_submitted_is_not_replaced(desk: Desk) -> None:
    first = desk.held("morning")
    desk.pending(first)
    assert desk.hold("morning") == Taken(("morning",))


def test_submission_starts_a_fresh_deadline_and_payment_ends_it(desk: Desk) -> None:
    booking = desk.held("morning")
    desk.clock.advance(timedelta(minutes=20))
    submitted = desk.pending(booking)
    assert isinstance(submitted, Secured)
    assert submitted.booking.held_until == desk.clock() + HALF_AN_HOUR
    assert isinstance(desk.confirm(booking), Secured)
    desk.clock.advance(timedelta(hours=5))
    assert desk.release_expired() == []
    assert desk.state(booking) == BookingState.CONFIRMED
    assert "morning" not in desk.free()


def test_submission_and_payment_may_be_told_twice(desk: Desk) -> None:
    booking = desk.held("morning")
    assert isinstance(desk.pending(booking), Secured)
    assert isinstance(desk.pending(booking), Secured)
    assert isinstance(desk.confirm(booking), Secured)
    assert isinstance(desk.confirm(booking), Secured)
    assert isinstance(desk.pending(booking), Secured)
    assert desk.state(booking) == BookingState.CONFIRMED


def test_a_booking_without_a_fee_is_confirmed_at_once(desk: Desk) -> None:
    booking = desk.held("morning")
    assert isinstance(desk.confirm(booking), Secured)


def test_an_expired_hold_is_released_and_announced(desk: Desk) -> None:
    draft, submitted = desk.held("morning"), desk.held("noon")
    with desk.database.transaction() as session:
        service.attach(session, submitted, "application-1")
    desk.pending(submitted)
    desk.clock.advance(HALF_AN_HOUR - timedelta(seconds=1))
    assert desk.release_expired() == []
    desk.clock.advance(timedelta(seconds=1))
    assert sorted(desk.release_expired()) == sorted([draft, submitted])
    assert desk.free() == ALL
    assert desk.release_expired() == []
    assert set(desk.released) == {
        BookingReleased(draft, None, awaiting_payment=False),
        BookingReleased(submitted, "application-1", awaiting_payment=True),
    }


def test_an_expired_hold_gives_way_without_any_worker(desk: Desk) -> None:
    lapsed = desk.held("morning")
    desk.clock.advance(HALF_AN_HOUR)
    assert desk.free() == ALL
    assert isinstance(desk.hold("morning", owner=KENTA), Held)
    assert desk.state(lapsed) == BookingState.RELEASED
    assert [event.booking_id for event in desk.released] == [lapsed]


def test_money_after_the_deadline_still_gets_slots_that_nobody_took(desk: Desk) -> None:
    booking = desk.held("morning")
    desk.pending(booking)
    desk.clock.advance(HALF_AN_HOUR)
    desk.release_expired()
    assert isinstance(desk.confirm(booking), Secured)
    assert "morning" not in desk.free()


def test_money_after_the_deadline_for_slots_of_another_is_due_back(desk: Desk) -> None:
    booking = desk.held("morning", "noon")
    desk.pending(booking)
    desk.clock.advance(HALF_AN_HOUR)
    desk.held("noon", owner=KENTA)
    outcome = desk.confirm(booking)
    assert isinstance(outcome, LostSlots)
    assert outcome.slots == ("noon",)
    assert desk.state(booking) == BookingState.RELEASED
    assert "morning" in desk.free()


def test_a_late_submission_takes_the_slots_again(desk: Desk) -> None:
    booking = desk.held("morning")
    desk.clock.advance(timedelta(hours=2))
    desk.release_expired()
    outcome = desk.pending(booking)
    assert isinstance(outcome, Secured)
    assert outcome.booking.held_until == desk.clock() + HALF_AN_HOUR


def test_a_late_submission_hears_that_another_was_quicker(desk: Desk) -> None:
    booking = desk.held("morning")
    desk.clock.advance(HALF_AN_HOUR)
    desk.held("morning", owner=KENTA)
    outcome = desk.pending(booking)
    assert isinstance(outcome, LostSlots)
    assert outcome.slots == ("morning",)


@pytest.mark.parametrize("step", ["held", "pending", "confirmed", "released"])
def test_cancelling_frees_the_slots_whatever_came_before(desk: Desk, step: str) -> None:
    booking = desk.held("morning")
    if step in ("pending", "confirmed"):
        desk.pending(booking)
    if step == "confirmed":
        desk.confirm(booking)
    if step == "released":
        desk.clock.advance(HALF_AN_HOUR)
        desk.release_expired()
    assert desk.cancel(booking).state == BookingState.CANCELLED
    assert desk.cancel(booking).state == BookingState.CANCELLED
    assert desk.free() == ALL


def test_money_for_a_cancelled_booking_is_due_back(desk: Desk) -> None:
    booking = desk.held("morning")
    desk.cancel(booking)
    outcome = desk.confirm(booking)
    assert isinstance(outcome, LostSlots)
    assert outcome.slots == ("morning",)
    assert desk.free() == ALL


def test_a_day_that_is_over_is_used_and_can_not_be_cancelled(desk: Desk) -> None:
    booking = desk.held("morning")
    desk.confirm(booking)
    desk.clock.advance(timedelta(days=3))
    with desk.database.transaction() as session:
        assert [one.id for one in service.mark_used(session, desk.clock())] == [booking]
    with pytest.raises(IllegalTransition):
        desk.cancel(booking)


def test_what_the_form_may_know(desk: Desk) -> None:
    outcome = desk.hold("morning", "noon", "afternoon-2")
    assert isinstance(outcome, Held)
    known = service.form_context(outcome.booking)
    assert known == {
        "id": outcome.booking.id,
        "facility": "plaza",
        "facility_title": "共生プラザ",
        "room": "studio",
        "room_title": "studio",
        "day": "2026-06-05",
        "start": "09:00",
        "end": "17:00",
        "times": "09:00–13:00 / 15:00–17:00",
        "slots": 3,
        "base": 1800,
    }


def test_the_deadline_of_an_application_is_that_of_its_booking(desk: Desk) -> None:
    booking = desk.held("morning")
    with desk.database.transaction() as session:
        service.attach(session, booking, "application-1")

    def deadline() -> datetime | None:
        with desk.database.reading() as session:
            return service.deadline(session, "application-1")

    first = desk.clock()
    assert deadline() == first + HALF_AN_HOUR
    desk.clock.advance(timedelta(minutes=10))
    desk.pending(booking)
    assert deadline() == first + timedelta(minutes=40)
    desk.confirm(booking)
    assert deadline() is None


def test_an_application_has_one_booking_and_the_newest_counts(desk: Desk) -> None:
    first, second = desk.held("morning"), desk.held("noon")
    with desk.database.transaction() as session:
        service.attach(session, first, "application-1")
        service.attach(session, second, "application-1")
        found = service.of_application(session, "application-1")
        assert found is not None
        assert found.id == second


def test_a_booking_is_found_by_its_application(desk: Desk) -> None:
    booking = desk.held("morning")
    with desk.database.transaction() as session:
        service.attach(session, booking, "application-1")

    def found(session: Session, application: str) -> str | None:
        one = service.of_application(session, application)
        return one.id if one else None

    with desk.database.reading() as session:
        assert found(session, "application-1") == booking
        assert found(session, "application-2") is None
