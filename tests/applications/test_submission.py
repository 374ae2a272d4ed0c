"""Sending an application: what is claimed is what was shown, and a payment moves it on."""

from typing import Any

import pytest

from foundation.database import Work
from foundation.states import IllegalTransition
from payments.providers.base import EvidenceStatus
from portal.applications.drafts import Draft, NotEditable, find_draft, keep_answers
from portal.applications.service import context_of, history_of
from portal.applications.states import State
from portal.applications.submission import Incomplete, PriceChanged, Submitted
from portal.finance.refunds import SYSTEM
from tests.support.hall import CERTIFICATE, HANAKO, Hall

REPORT: dict[str, Any] = {"child": {"family": "海野", "given": "太郎"}, "notifier": HANAKO}


def test_what_is_missing_is_named_and_nothing_is_claimed(hall: Hall) -> None:
    key = hall.begin(applicant=HANAKO)
    outcome = hall.submit(key)
    assert isinstance(outcome, Incomplete)
    assert outcome.section == "request"
    assert hall.state(key) is State.DRAFT
    assert hall.claims(key) == []


@pytest.mark.parametrize("shown", [-1, 0, 1009, 1011])
def test_nobody_is_charged_what_they_were_not_shown(hall: Hall, shown: int) -> None:
    key = hall.begin(**CERTIFICATE)
    outcome = hall.submit(key, shown_total=shown)
    assert isinstance(outcome, PriceChanged)
    assert outcome.price.total == 1010
    assert (hall.state(key), hall.claims(key)) == (State.DRAFT, [])


def test_the_claim_is_the_price_that_was_shown_line_by_line(hall: Hall) -> None:
    key = hall.begin(**CERTIFICATE)
    assert hall.submit(key) == Submitted(State.AWAITING_PAYMENT)
    (claim,) = hall.claims(key)
    assert [(line.account, line.label, line.amount) for line in claim.lines] == [
        ("certificate-fee", "証明書", 900),
        ("postage", "郵便料金", 110),
    ]
    kept = hall.application(key).price
    assert kept is not None
    assert kept["total"] == claim.amount == 1010
    assert [line["id"] for line in kept["lines"] if line["amount"]] == ["certificate", "postage"]
    assert (claim.payer_name, claim.due_on.isoformat()) == ("見本 花子", "2026-06-17")
    hall.check_ledger()


def test_without_a_fee_it_is_received_at_once(hall: Hall) -> None:
    key = hall.begin("report", **REPORT)
    assert hall.submit(key) == Submitted(State.RECEIVED)
    assert hall.claims(key) == []


def test_the_applicant_is_who_the_form_asks_for_first(hall: Hall) -> None:
    # PostgreSQL keeps the keys of a JSON document in an order of its own: "child" comes first.
    key = hall.submitted("report", **REPORT)
    assert hall.application(key).applicant_name == "見本 花子"


def test_answers_to_questions_that_are_no_longer_asked_are_not_sent(hall: Hall) -> None:
    key = hall.submitted(**{**CERTIFICATE, "post": False, "express": True})
    assert "express" not in hall.application(key).answers
    assert [claim.amount for claim in hall.claims(key)] == [900]


def test_a_payment_moves_it_on(hall: Hall) -> None:
    key = hall.submitted(**CERTIFICATE)
    hall.pay(key)
    assert hall.state(key) is State.RECEIVED
    with hall.portal.database.reading() as session:
        steps = [(entry.event, entry.actor_kind) for entry in history_of(session, key)]
    assert steps == [("begin", "guest"), ("submit_with_fee", "resident"), ("paid", "system")]
    hall.check_ledger()


def test_a_second_payment_changes_nothing_but_asks_to_be_given_back(hall: Hall) -> None:
    key = hall.submitted(**CERTIFICATE)
    (claim,) = hall.claims(key)
    first, second = hall.start(claim), hall.start(claim)
    assert first == second  # the same page again
    hall.card.says(first, EvidenceStatus.FAILED)
    hall.evidence(first)
    second = hall.start(claim)
    for attempt in (second, first):
        hall.card.is_paid(attempt, 1010)
        hall.evidence(attempt)
    assert hall.state(key) is State.RECEIVED
    (refund,) = hall.refunds()
    assert (refund.amount, refund.requested_by, refund.state) == (1010, SYSTEM, "requested")
    hall.check_ledger()


def _draft(work: Work, key: str) -> Draft:
    draft = find_draft(work, key, lock=True)
    assert draft is not None
    return draft


def test_what_was_sent_can_neither_be_changed_nor_sent_again(hall: Hall) -> None:
    key = hall.submitted(**CERTIFICATE)
    application = hall.application(key)
    procedure = hall.procedures["certificate"]
    post = procedure.read_section(
        "request", {"copies": ["9"]}, application.answers, context_of(application, hall.clock())
    )
    with pytest.raises(NotEditable), hall.portal.database.working() as work:
        keep_answers(work, _draft(work, key), post.answers, post.sources, hall.clock())
    with pytest.raises(IllegalTransition):
        hall.submit(key)
    assert len(hall.claims(key)) == 1


def test_what_is_saved_stays_also_where_the_rest_is_wrong(hall: Hall) -> None:
    key = hall.begin(applicant=HANAKO)
    application = hall.application(key)
    post = hall.procedures["certificate"].read_section(
        "request",
        {"copies": ["11"], "post": ["yes"]},
        application.answers,
        context_of(application, hall.clock()),
    )
    assert post.errors
    with hall.portal.database.working() as work:
        keep_answers(work, _draft(work, key), post.answers, post.sources, hall.clock())
    answers = hall.application(key).answers
    assert answers["post"] is True
    assert answers["copies"] is None
    assert answers["applicant"] == HANAKO
