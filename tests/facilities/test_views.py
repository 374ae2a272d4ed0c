"""The pages of rooms, in the sample city."""

from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from werkzeug.test import TestResponse

from auth.residents.models import Resident
from portal.app import create_app
from portal.applications.models import Application
from portal.building import build_portal
from portal.context import EXTENSION, Portal
from portal.facilities.models import Booking
from portal.facilities.service import release_expired
from portal.facilities.states import BookingState
from tests.support.clock import FixedClock
from tests.support.portal import portal_config

ROOM = "/facilities/culture-hall/activity"
FRIDAY = "2026-06-05"


class Visitor:
    """Somebody with a browser of their own."""

    def __init__(self, app: Flask, resident_id: str | None = None) -> None:
        self.client: FlaskClient = app.test_client()
        if resident_id is not None:
            with self.client.session_transaction() as session:
                session["resident_id"] = resident_id

    def page(self, address: str = f"{ROOM}?day={FRIDAY}") -> str:
        answer = self.client.get(address)
        assert answer.status_code == 200
        return answer.text

    def choose(
        self, *slots: str, day: str = FRIDAY, room: str = ROOM, action: str = "hold"
    ) -> TestResponse:
        return self.client.post(room, data={"day": day, "slot": slots, "_action": action})


@pytest.fixture
def portal(tmp_path: Path, database_url: str, clock: FixedClock) -> Portal:
    return build_portal(portal_config(tmp_path, database_url), clock)


@pytest.fixture
def app(portal: Portal) -> Flask:
    app = create_app(portal=portal)
    app.config["WTF_CSRF_ENABLED"] = False
    assert app.extensions[EXTENSION] is portal
    return app


def resident(portal: Portal, family_name: str) -> str:
    person = Resident(
        family_name=family_name,
        given_name="早苗",
        birth_date=date(1988, 4, 2),
        address="見本県見本市本町1丁目1番1号",
        of_city=True,
        created_at=portal.clock(),
    )
    with portal.database.transaction() as session:
        session.add(person)
    return person.id


@pytest.fixture
def sanae(app: Flask, portal: Portal) -> Visitor:
    return Visitor(app, resident(portal, "見本"))


@pytest.fixture
def kenta(app: Flask, portal: Portal) -> Visitor:
    return Visitor(app, resident(portal, "手本"))


@pytest.fixture
def guest(app: Flask) -> Visitor:
    return Visitor(app)


def bookings(portal: Portal) -> list[Booking]:
    with portal.database.reading() as session:
        return list(session.scalars(select(Booking).order_by(Booking.created_at, Booking.id)))


def application_of(portal: Portal, answer: TestResponse) -> Application:
    """The application into which an answer leads."""
    assert answer.status_code == 303
    path = urlsplit(answer.location).path
    with portal.database.reading() as session:
        return session.get_one(Application, path.rsplit("/", 1)[-1])


def test_the_houses_and_their_rooms_can_be_looked_at_by_anybody(guest: Visitor) -> None:
    assert "見本市文化会館" in guest.page("/facilities/")
    hall = guest.page("/facilities/culture-hall")
    for words in ("活動室", "定員 20人", "09:00–<wbr>12:00", "900円", "3,000円", "10,000円"):
        assert words in hall


@pytest.mark.parametrize(
    "address",
    ["/facilities/nowhere", "/facilities/nowhere/activity", "/facilities/culture-hall/attic"],
)
def test_what_is_not_there_is_not_found(guest: Visitor, address: str) -> None:
    assert guest.client.get(address).status_code == 404


def test_a_day_lists_its_slots_with_price_and_state(guest: Visitor, sanae: Visitor) -> None:
    sanae.choose("s12")
    page = guest.page()
    assert page.count('type="checkbox"') == 6
    assert page.count("disabled") == page.count("予約済み") == 1
    assert "12:00–13:00" in page
    assert "令和8年6月5日（金）" in page


@pytest.mark.parametrize("day", ["", "tomorrow", "0001-01-01", "9999-12-31", "2026-06-31", "\0"])
def test_whatever_day_is_asked_for_there_is_a_page(guest: Visitor, day: str) -> None:
    answer = guest.client.get(ROOM, query_string={"day": day})
    assert answer.status_code == 200


def test_a_closed_day_offers_nothing(guest: Visitor) -> None:
    page = guest.page(f"{ROOM}?day=2026-06-08")
    assert "この日は休館日です" in page
    assert 'type="checkbox"' not in page


def test_the_price_of_the_choice_comes_from_the_server(guest: Visitor) -> None:
    answer = guest.choose("s09", "s13", action="total")
    assert answer.status_code == 303
    page = guest.page(answer.location)
    assert page.count(" checked") == 2
    assert "1,500円" in page
    everything = ("s09", "s12", "s13", "s15", "s17", "s19")
    assert "3,000円" in guest.page(guest.choose(*everything, action="total").location)


def test_a_hold_begins_the_form_with_the_price_of_the_slots(portal: Portal, sanae: Visitor) -> None:
    application = application_of(portal, sanae.choose("s09", "s13"))
    (booking,) = bookings(portal)
    assert booking.state == BookingState.HELD
    assert booking.application_id == application.id
    assert application.booking is not None
    assert application.booking["base"] == 1500
    assert application.booking["times"] == "09:00–12:00、13:00–15:00"
    form = sanae.client.get(f"/applications/{application.id}", follow_redirects=True)
    assert form.status_code == 200
    assert "10:15" in form.text
    assert "活動室" in form.text


def test_a_guest_can_book_where_the_procedure_needs_no_card(portal: Portal, guest: Visitor) -> None:
    application = application_of(portal, guest.choose("s09"))
    assert application.applicant_id is None
    form = guest.client.get(f"/applications/{application.id}", follow_redirects=True)
    assert form.status_code == 200


def test_who_comes_second_is_told_and_keeps_the_rest_of_the_choice(
    portal: Portal, sanae: Visitor, kenta: Visitor
) -> None:
    sanae.choose("s12", "s13")
    answer = kenta.choose("s09", "s12", "s19")
    assert answer.status_code == 200
    assert "12:00–13:00 は、たった今ほかのかたが予約しました" in answer.text
    assert answer.text.count(" checked") == 2
    assert "1,500円" in answer.text
    assert len(bookings(portal)) == 1
    application_of(portal, kenta.choose("s09", "s19"))


def test_choosing_nothing_is_answered_with_what_to_do(guest: Visitor) -> None:
    answer = guest.choose()
    assert answer.status_code == 200
    assert "使う時間を1つ以上えらんでください" in answer.text


@pytest.mark.parametrize(
    ("day", "slot", "told"),
    [
        ("2026-06-08", "s09", "この日は休館日です"),
        ("2026-06-01", "s09", "過ぎた日は予約できません"),
        ("2027-06-04", "s09", "この日の受付はまだ始まっていません"),
        (FRIDAY, "s99", "えらんだ時間が見つかりません"),
    ],
)
def test_what_is_not_offered_is_refused_in_words(
    portal: Portal, guest: Visitor, day: str, slot: str, told: str
) -> None:
    answer = guest.choose(slot, day=day)
    assert answer.status_code == 200
    assert told in answer.text
    assert bookings(portal) == []


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


texts = st.text(max_size=20)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(day=texts, slots=st.lists(texts, max_size=5), action=texts)
def test_any_post_gets_a_page(guest: Visitor, day: str, slots: list[str], action: str) -> None:
    assert guest.choose(*slots, day=day, action=action).status_code in (200, 303)
