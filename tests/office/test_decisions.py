"""Decisions: a fee at approval, nothing handed out that is not paid, and the history of it all."""

from datetime import timedelta
from functools import partial

import pytest

from portal.applications.service import history_of
from portal.applications.states import State
from portal.office import service
from portal.office.service import FeeOpen
from tests.applications.test_submission import REPORT
from tests.support.hall import CERTIFICATE, HANAKO, Hall


def test_a_fee_at_approval_is_the_one_that_was_shown(hall: Hall) -> None:
    key = hall.submitted("permit", applicant=HANAKO)
    assert (hall.state(key), hall.claims(key)) == (State.RECEIVED, [])
    hall.clock.advance(timedelta(days=60))  # by now a new permit would cost 900 yen
    hall.decide(key, service.take_up)
    hall.decide(key, service.approve, procedure=True)
    (claim,) = hall.claims(key)
    assert claim.amount == 500
    with pytest.raises(FeeOpen):
        hall.decide(key, service.complete)
    hall.pay(key)
    assert hall.state(key) is State.APPROVED
    hall.decide(key, service.complete)
    assert hall.state(key) is State.COMPLETED
    hall.check_ledger()


def test_a_fee_that_was_paid_is_not_claimed_again_at_approval(hall: Hall) -> None:
    key = hall.submitted(**CERTIFICATE)
    hall.pay(key)
    hall.decide(key, service.take_up)
    hall.decide(key, service.approve, procedure=True)
    assert len(hall.claims(key)) == 1
    assert hall.application(key).decided_at == hall.clock()


def test_the_history_says_who_and_why(hall: Hall) -> None:
    key = hall.submitted("report", **REPORT)
    hall.returned(key, "生年月日を確かめてください。")
    hall.submit(key)
    hall.decide(key, partial(service.reject, reason="対象外です。"))
    chief = hall.staff["chief"]
    with hall.portal.database.reading() as session:
        history = history_of(session, key)
        names = service.names_of_staff(session, history)
    assert [(entry.event, entry.actor_id == chief.id, entry.text) for entry in history] == [
        ("begin", False, ""),
        ("submit", False, ""),
        ("open", True, ""),
        ("return", True, "生年月日を確かめてください。"),
        ("resubmit", False, ""),
        ("reject", True, "対象外です。"),
    ]
    assert names == {chief.id: chief.name}


def test_the_inbox_shows_what_waits_longest_first_and_in_pages(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "PAGE", 2)
    keys = []
    for _ in range(3):
        keys.append(hall.submitted("report", **REPORT))
        hall.clock.advance(timedelta(hours=1))
    hall.decide(keys[0], service.take_up)
    chief = hall.staff["chief"]
    with hall.portal.database.reading() as session:
        pages = [
            [row.id for row in service.inbox(session, chief, [State.RECEIVED], page).rows]
            for page in (1, 2)
        ]
        both = service.inbox(session, chief, [State.RECEIVED, State.IN_REVIEW], 1)
    assert pages == [keys[1:], []]
    assert (both.total, both.pages, [row.id for row in both.rows]) == (3, 2, keys[:2])
