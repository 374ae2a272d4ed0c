"""People who look for a room in the sample city, each with a browser of their own."""

from datetime import date
from urllib.parse import urlsplit

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from auth.residents.models import Resident
from portal.applications.models import Application
from portal.context import Portal
from portal.facilities.models import Booking

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
        return self.client.post(room, data={"day": day, "slot": list(slots), "_action": action})


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


def bookings(portal: Portal) -> list[Booking]:
    with portal.database.reading() as session:
        return list(session.scalars(select(Booking).order_by(Booking.created_at, Booking.id)))


def application_of(portal: Portal, answer: TestResponse) -> Application:
    """The application into which an answer leads."""
    assert answer.status_code == 303
    path = urlsplit(answer.location).path
    with portal.database.reading() as session:
        return session.get_one(Application, path.rsplit("/", 1)[-1])
