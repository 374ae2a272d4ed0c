"""The tablet in the resident's hands: they act, and the employee stays the operator."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from auth.staff.roles import Role
from portal.app import create_app
from portal.applications.models import Application
from portal.counter.service import begin_sitting, identify
from tests.documents.reader import read
from tests.support.hall import CERTIFICATE, TILL, Hall


@pytest.fixture
def app(hall: Hall) -> Flask:
    app = create_app(portal=hall.portal)
    app.config["WTF_CSRF_ENABLED"] = False
    return app


def _at_the_window(hall: Hall, app: Flask, *, handed_over: bool) -> FlaskClient:
    clerk = hall.employee("clerk", (Role.COUNTER, None))
    hanako = hall.resident()
    with hall.portal.database.transaction() as session:
        sitting = begin_sitting(session, clerk, TILL, hall.clock())
        identify(sitting, hanako.id, "card")
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie.update(staff_id=clerk.id, sitting_id=sitting.id, handed_over=handed_over)
    return client


@pytest.mark.parametrize("handed_over", [False, True])
def test_whoever_has_the_tablet_begins_with_the_employee_as_operator(
    hall: Hall, app: Flask, handed_over: bool
) -> None:
    client = _at_the_window(hall, app, handed_over=handed_over)
    answer = client.post("/applications/", data={"procedure": "certificate"})
    assert answer.status_code == 303
    with hall.portal.database.reading() as session:
        draft = session.scalars(select(Application)).one()
    assert draft.operator_id == hall.staff["clerk"].id
    assert (draft.applicant_name, draft.channel) == ("見本 花子", "counter")
    assert client.get(answer.location).status_code == 200


def test_staff_pages_are_closed_while_the_resident_has_the_tablet(hall: Hall, app: Flask) -> None:
    client = _at_the_window(hall, app, handed_over=True)
    for address in ("/counter/", "/staff/", "/counter/person"):
        answer = client.get(address)
        assert answer.status_code == 302
        assert answer.location.startswith("/counter/take-back")


def test_a_stranger_to_the_sitting_opens_nothing_of_it(hall: Hall, app: Flask) -> None:
    client = _at_the_window(hall, app, handed_over=False)
    place = client.post("/applications/", data={"procedure": "certificate"}).location
    assert app.test_client().get(place).status_code == 404


@pytest.mark.parametrize("handed_over", [False, True])
def test_what_was_sent_is_printed_for_whoever_has_the_tablet(
    hall: Hall, app: Flask, handed_over: bool
) -> None:
    client = _at_the_window(hall, app, handed_over=handed_over)
    client.post("/applications/", data={"procedure": "certificate"})
    key = hall.see(lambda session: session.scalars(select(Application.id)).one())
    hall.answer(key, **CERTIFICATE)
    hall.submit(key)
    found = read(client.get(f"/applications/{key}/copy.pdf").data)
    assert "窓口（入力した職員：職員 clerk）" in found.text
    assert app.test_client().get(f"/applications/{key}/copy.pdf").status_code == 404


def test_the_own_departments_procedures_come_first(hall: Hall, app: Flask) -> None:
    clerk = hall.employee("welfare-clerk", (Role.COUNTER, "welfare"))
    with hall.portal.database.transaction() as session:
        sitting = begin_sitting(session, clerk, TILL, hall.clock())
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie.update(staff_id=clerk.id, sitting_id=sitting.id)
    page = client.get("/counter/").text
    own = page.index("担当の課の手続き")
    assert own < page.index("被害の届け出") < page.index("引っ越し</h3>")
    assert page.index("引っ越し</h3>") < page.index("証明書の請求")
    assert page.count('value="damage"') == 1
    assert "担当の課の手続き" not in client.get("/counter/?q=証明書").text
