"""Sittings: one person after another, and nothing of one shows in the next."""

from datetime import timedelta

import pytest
from flask import session as cookie

from auth.staff.roles import Role, StaffIdentity
from portal.app import create_app
from portal.applications.actors import Actor
from portal.applications.service import Applicant, begin
from portal.counter.models import Sitting
from portal.counter.service import (
    NotAtCounter,
    applications_of_sitting,
    begin_sitting,
    card_was_read,
    end_sitting,
    identify,
    open_sitting,
)
from portal.counter.tablet import remember_sitting
from tests.support.hall import TILL, Hall


@pytest.fixture
def clerk(hall: Hall) -> StaffIdentity:
    return hall.employee("clerk", (Role.COUNTER, None))


def _sit(hall: Hall, person: StaffIdentity) -> str:
    return hall.do(lambda session: begin_sitting(session, person, TILL, hall.clock()).id)


def _sitting(hall: Hall, key: str) -> Sitting:
    return hall.see(lambda session: session.get_one(Sitting, key))


def _end(hall: Hall, key: str) -> None:
    hall.do(lambda session: end_sitting(session.get_one(Sitting, key), hall.clock()))


def _apply(hall: Hall, clerk: StaffIdentity, sitting: str) -> str:
    return hall.do(
        lambda session: (
            begin(
                session,
                hall.portal.definitions,
                hall.procedures["certificate"],
                Actor("staff", clerk.id, sitting=sitting, operator=clerk.id),
                Applicant(),
                language="ja",
                now=hall.clock(),
            ).application.id
        )
    )


def test_only_the_counter_holds_sittings(hall: Hall) -> None:
    worker = hall.employee("worker", (Role.CASE_WORKER, None), (Role.FINANCE, None))
    with pytest.raises(NotAtCounter):
        _sit(hall, worker)


def test_the_next_person_ends_the_sitting_before(hall: Hall, clerk: StaffIdentity) -> None:
    colleague = hall.employee("colleague", (Role.COUNTER, None))
    theirs, first = _sit(hall, colleague), _sit(hall, clerk)
    hanako = hall.resident()
    hall.do(lambda session: identify(session.get_one(Sitting, first), hanako.id, "register"))
    hall.clock.advance(timedelta(minutes=10))
    second = _sitting(hall, _sit(hall, clerk))
    assert _sitting(hall, first).ended_at == hall.clock()
    assert (second.applicant_id, second.identified_by, second.ended_at) == (None, "typed", None)
    assert _sitting(hall, theirs).ended_at is None


def test_nobody_opens_the_sitting_of_another_or_one_that_is_over(
    hall: Hall, clerk: StaffIdentity
) -> None:
    colleague = hall.employee("colleague", (Role.COUNTER, None))
    key = _sit(hall, clerk)
    with hall.portal.database.reading() as session:
        assert open_sitting(session, key, clerk).id == key
        for sitting, person in ((key, colleague), ("nonsense", clerk)):
            with pytest.raises(NotAtCounter):
                open_sitting(session, sitting, person)
    _end(hall, key)
    with hall.portal.database.reading() as session, pytest.raises(NotAtCounter):
        open_sitting(session, key, clerk)


def test_what_was_begun_in_one_sitting_is_closed_in_the_next(
    hall: Hall, clerk: StaffIdentity
) -> None:
    first = _sit(hall, clerk)
    keys = [_apply(hall, clerk, first), _apply(hall, clerk, first)]
    second = _sit(hall, clerk)
    with hall.portal.database.reading() as session:
        assert [a.id for a in applications_of_sitting(session, first)] == keys
        assert applications_of_sitting(session, second) == []
    now = Actor("staff", clerk.id, sitting=second, operator=clerk.id)
    assert not any(now.may_open(hall.application(key)) for key in keys)


def test_a_card_identifies_the_person_of_the_sitting_that_is_on(
    hall: Hall, clerk: StaffIdentity
) -> None:
    app = create_app(portal=hall.portal)
    key, hanako, taro = _sit(hall, clerk), hall.resident("花子"), hall.resident("太郎")

    def read_card(person: str) -> None:
        hall.do(lambda session: card_was_read(session, person))

    with app.test_request_context():
        read_card(hanako.id)  # no sitting in this browser
        assert _sitting(hall, key).applicant_id is None
        remember_sitting(key)
        assert cookie["sitting_id"] == key
        read_card(hanako.id)
        found = _sitting(hall, key)
        assert (found.applicant_id, found.identified_by) == (hanako.id, "card")
        _end(hall, key)
        read_card(taro.id)
        assert _sitting(hall, key).applicant_id == hanako.id
