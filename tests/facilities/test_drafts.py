"""From held slots into the form: on both databases."""

from datetime import timedelta

import pytest
from flask import Flask

from portal.applications.models import Application
from portal.context import Portal
from portal.facilities.service import release_expired
from portal.facilities.states import BookingState
from tests.facilities.visitors import Visitor, application_of, bookings
from tests.support.clock import FixedClock


@pytest.fixture
def portal_url(database_url: str) -> str:
    return database_url


def test_a_hold_begins_the_form_with_the_price_of_the_slots(portal: Portal, sanae: Visitor) -> None:
    application = application_of(portal, sanae.choose("s09", "s13"))
    (booking,) = bookings(portal)
    assert booking.state == BookingState.HELD
    assert booking.application_id == application.id
    assert application.booking is not None
    assert application.booking["base"] == 1500
    assert application.booking["times"] == "09:00–12:00 / 13:00–15:00"
    form = sanae.client.get(f"/applications/{application.id}", follow_redirects=True)
    assert form.status_code == 200
    assert "10:15" in form.text
    assert "活動室" in form.text


def test_a_guest_can_book_where_the_procedure_needs_no_card(portal: Portal, guest: Visitor) -> None:
    application = application_of(portal, guest.choose("s09"))
    assert application.applicant_id is None
    form = guest.client.get(f"/applications/{application.id}", follow_redirects=True)
    assert form.status_code == 200


def test_choosing_other_slots_goes_on_with_the_same_form(portal: Portal, sanae: Visitor) -> None:
    first = application_of(portal, sanae.choose("s09", "s12"))
    second = application_of(portal, sanae.choose("s12", "s13"))
    assert second.id == first.id
    assert second.booking is not None
    assert second.booking["base"] == 900
    assert [booking.state for booking in bookings(portal)] == [
        BookingState.CANCELLED,
        BookingState.HELD,
    ]


def test_two_rooms_are_two_forms(portal: Portal, sanae: Visitor) -> None:
    first = application_of(portal, sanae.choose("s09"))
    second = application_of(portal, sanae.choose("s09", room="/facilities/culture-hall/sound"))
    assert second.id != first.id


def test_who_lost_the_slots_keeps_the_answers(
    portal: Portal, clock: FixedClock, sanae: Visitor, kenta: Visitor
) -> None:
    begun = application_of(portal, sanae.choose("s09"))
    with portal.database.transaction() as session:
        draft = session.get_one(Application, begun.id)
        draft.answers = {**draft.answers, "purpose": "コーラスの練習"}
    clock.advance(timedelta(minutes=16))
    with portal.database.transaction() as session:
        release_expired(session, portal.events, clock())
    kenta.choose("s09")
    again = application_of(portal, sanae.choose("s13"))
    assert again.id == begun.id
    assert again.answers["purpose"] == "コーラスの練習"
    assert again.booking is not None
    assert again.booking["times"] == "13:00–15:00"


def test_the_form_of_one_person_is_never_another_persons(
    portal: Portal, clock: FixedClock, app: Flask
) -> None:
    one, other = Visitor(app), Visitor(app)
    first = application_of(portal, one.choose("s09"))
    clock.advance(timedelta(minutes=16))
    second = application_of(portal, other.choose("s09"))
    assert second.id != first.id
