"""Who may do what: asked by the service itself, in the application's own department."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from auth.staff.roles import Role
from portal.applications.states import State
from portal.office import service
from portal.office.service import NotPermitted, ReasonMissing
from tests.applications.test_submission import REPORT
from tests.support.hall import Hall

WORKER, DECIDER = Role.CASE_WORKER, Role.DECISION_MAKER
OUTSIDERS = [
    (),
    ((WORKER, "citizens"), (DECIDER, "citizens")),
    ((Role.COUNTER, None), (Role.FINANCE, None), (Role.ADMINISTRATOR, None)),
]

STEPS: dict[str, Callable[..., None]] = {
    "take_up": service.take_up,
    "send_back": partial(service.send_back, reason="直してください。"),
    "reject": partial(service.reject, reason="対象外です。"),
    "complete": service.complete,
}


@pytest.mark.parametrize("roles", OUTSIDERS)
@pytest.mark.parametrize("step", sorted(STEPS))
def test_outsiders_may_do_nothing(
    hall: Hall, step: str, roles: tuple[tuple[Role, str | None], ...]
) -> None:
    key = hall.submitted("report", **REPORT)
    person = hall.employee("outsider", *roles)
    with pytest.raises(NotPermitted):
        hall.decide(key, STEPS[step], "outsider")
    with pytest.raises(NotPermitted), hall.portal.database.transaction() as session:
        service.case(session, person, key)
    with hall.portal.database.reading() as session:
        assert service.inbox(session, person, list(State), 1).rows == []
        assert service.by_reference(session, person, hall.application(key).reference) is None
    assert hall.state(key) is State.RECEIVED


def test_a_case_worker_prepares_and_does_not_decide(hall: Hall) -> None:
    key = hall.submitted("report", **REPORT)
    person = hall.employee("worker", (WORKER, "welfare"))
    with hall.portal.database.reading() as session:
        assert [row.id for row in service.inbox(session, person, list(State), 1).rows] == [key]
    hall.decide(key, service.take_up, "worker")
    with pytest.raises(NotPermitted):
        hall.decide(key, service.approve, "worker", procedure=True)
    with pytest.raises(NotPermitted):
        hall.decide(key, STEPS["reject"], "worker")
    hall.decide(key, STEPS["send_back"], "worker")
    assert hall.state(key) is State.RETURNED


@pytest.mark.parametrize("reason", ["", "   ", "\n\t　"])
def test_a_return_and_a_rejection_need_a_reason(hall: Hall, reason: str) -> None:
    key = hall.submitted("report", **REPORT)
    hall.decide(key, service.take_up)
    for step in (service.send_back, service.reject):
        with pytest.raises(ReasonMissing):
            hall.decide(key, partial(step, reason=reason))
    application = hall.application(key)
    assert (application.state, application.reason) == (State.IN_REVIEW, None)


def test_a_note_needs_words_and_the_right(hall: Hall) -> None:
    key = hall.submitted("report", **REPORT)
    chief = hall.employee("chief", (DECIDER, None))
    outsider = hall.employee("outsider")

    def note(person: Any, text: str) -> None:
        with hall.portal.database.transaction() as session:
            application = service.case(session, chief, key)
            assert application is not None
            service.add_note(session, application, person, text, hall.clock())

    note(chief, "電話で確認済み")
    with pytest.raises(ReasonMissing):
        note(chief, " ")
    with pytest.raises(NotPermitted):
        note(outsider, "こっそり")


def test_drafts_and_what_waits_for_payment_are_not_the_offices(hall: Hall) -> None:
    draft = hall.begin("report", **REPORT)
    unpaid = hall.submitted()
    chief = hall.employee("chief", (DECIDER, None))
    with hall.portal.database.transaction() as session:
        assert service.case(session, chief, draft) is None
        assert service.case(session, chief, unpaid) is None
        assert service.case(session, chief, "nonsense") is None
        assert service.inbox(session, chief, list(State), 1).total == 0
