"""Once only: an answer of one application is offered in the next of the same person."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask.testing import FlaskClient

from auth.staff.roles import Role
from portal.app import create_app
from portal.applications.actors import Actor
from portal.applications.earlier import earlier_answers
from portal.applications.models import Application
from portal.applications.service import Applicant, begin
from portal.applications.states import Event
from portal.counter.service import begin_sitting
from portal.forms import ProfileValue
from tests.support.hall import CERTIFICATE, TILL, Hall


def _told(hall: Hall, resident_id: str) -> Mapping[str, ProfileValue]:
    return hall.see(
        lambda db: earlier_answers(db, hall.portal.definitions, resident_id=resident_id)
    )


def test_the_latest_answer_counts_and_drafts_do_too(hall: Hall) -> None:
    hanako = hall.resident()
    first = hall.begin(person=hanako, **CERTIFICATE, email="old@example.com")
    hall.submit(first)
    assert _told(hall, hanako.id)["contact.email"].value == "old@example.com"
    hall.clock.advance(timedelta(minutes=1))
    hall.begin(person=hanako, **CERTIFICATE, email="new@example.com")
    told = _told(hall, hanako.id)["contact.email"]
    assert (told.value, told.source) == ("new@example.com", "earlier")


def test_what_was_taken_back_or_is_somebody_elses_tells_nothing(hall: Hall) -> None:
    hanako, taro = hall.resident(), hall.resident("太郎")
    key = hall.begin(person=hanako, **CERTIFICATE, email="hanako@example.com")
    assert "contact.email" not in _told(hall, taro.id)
    hall.advance(key, Event.WITHDRAW)
    assert "contact.email" not in _told(hall, hanako.id)


def test_a_consent_and_what_names_no_concept_are_asked_again(hall: Hall) -> None:
    hanako = hall.resident()
    hall.begin(person=hanako, **CERTIFICATE)
    assert set(_told(hall, hanako.id)) == {"person"}


def test_an_earlier_answer_that_breaks_a_rule_is_left_out(hall: Hall) -> None:
    told = {"contact.email": _Value("no address", "earlier"), "person": _Value(7, "earlier")}
    assert _begun(hall, told).answers == {}
    known = {"contact.email": _Value("hanako@example.com", "earlier")}
    draft = _begun(hall, known)
    assert draft.answers == {"email": "hanako@example.com"}
    assert draft.sources == {"email": "earlier"}


def test_at_the_counter_nobody_is_asked_twice_in_one_sitting(hall: Hall) -> None:
    clerk = hall.employee("clerk", (Role.COUNTER, None))
    sitting = hall.do(lambda db: begin_sitting(db, clerk, TILL, hall.clock()))
    other = hall.do(
        lambda db: begin_sitting(db, hall.employee("b", (Role.COUNTER, None)), TILL, hall.clock())
    )
    draft = hall.begin(**CERTIFICATE, email="taro@example.com")

    def place(db: Any) -> None:
        db.get_one(Application, draft).sitting_id = sitting.id

    hall.do(place)
    definitions = hall.portal.definitions
    told = hall.see(
        lambda db: earlier_answers(db, definitions, resident_id=None, sitting_id=sitting.id)
    )
    assert told["contact.email"].value == "taro@example.com"
    assert not hall.see(
        lambda db: earlier_answers(db, definitions, resident_id=None, sitting_id=other.id)
    )


def test_the_form_says_where_it_is_from(hall: Hall) -> None:
    hanako = hall.resident()
    hall.begin(person=hanako, **CERTIFICATE, email="hanako@example.com")
    client = _signed_in(hall, hanako.id)
    answer = client.post("/applications/", data={"procedure": "certificate"})
    page = client.get(answer.location).text
    assert "hanako@example.com" in page and "前回の申請から" in page


class _Value:
    def __init__(self, value: Any, source: str) -> None:
        self.value, self.source = value, source


def _begun(hall: Hall, told: Mapping[str, ProfileValue]) -> Application:
    def step(db: Any) -> Application:
        return begin(
            db,
            hall.portal.definitions,
            hall.procedures["certificate"],
            Actor("guest"),
            Applicant(profile=told),
            language="ja",
            now=hall.clock(),
        ).application

    return hall.do(step)


def _signed_in(hall: Hall, resident_id: str) -> FlaskClient:
    app = create_app(portal=hall.portal)
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    with client.session_transaction() as kept:
        kept["resident_id"] = resident_id
    return client
