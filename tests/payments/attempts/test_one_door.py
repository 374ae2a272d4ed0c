"""The one door for evidence: what counts, what does not, and where the money ends up."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from foundation.clock import jst_date
from payments.attempts.evidence import UnknownAttempt
from payments.attempts.models import (
    Attempt,
    Discrepancy,
    Disposition,
    EvidenceRecord,
    EvidenceSource,
    Receipt,
)
from payments.attempts.service import (
    AmountNotOwed,
    NothingOutstanding,
    UnknownProvider,
    cancel,
    gather_evidence,
    start,
)
from payments.attempts.states import AttemptState
from payments.claims.service import cancel_claim
from payments.claims.standing import StandingState, UnknownClaim
from payments.events import AttemptEnded, ClaimSettled, RefundDue, RefundReason
from payments.providers.base import (
    Channel,
    EvidenceStatus,
    ProviderRefused,
    ProviderUnavailable,
)
from payments.reports.daily import daily_report
from tests.payments.desk import ACCOUNTS, Desk, scripted_of
from tests.payments.scripted import paid
from tests.support.clock import FixedClock


def test_start_asks_for_what_is_outstanding(desk: Desk) -> None:
    claim = desk.claim()
    attempt = desk.start(claim)
    assert (attempt.state, attempt.amount, attempt.provider) == ("started", 410, "stripe")
    assert attempt.pay_url == f"https://provider.example/{attempt.id}"
    assert scripted_of(desk).keys == [attempt.idempotency_key]


def test_who_asks_twice_gets_the_same_attempt(desk: Desk, clock: FixedClock) -> None:
    claim = desk.claim()
    first = desk.start(claim)
    assert desk.start(claim).id == first.id
    assert desk.start(claim, "paypay").id != first.id
    clock.advance(timedelta(minutes=29))
    assert desk.start(claim).id != first.id


def test_part_of_a_claim_can_be_paid(desk: Desk) -> None:
    claim = desk.claim()
    attempt = start(
        desk.payments,
        claim.id,
        provider="stripe",
        channel=Channel.COUNTER,
        return_url="",
        operator="staff",
        amount=350,
    )
    scripted_of(desk).is_paid(attempt.id, 350)
    desk.ask(attempt)
    stands = desk.standing(claim)
    assert (stands.state, stands.paid, stands.outstanding) == (StandingState.PART_PAID, 350, 60)
    assert desk.balances(claim)["receivable:postage"] == 60
    assert desk.heard(ClaimSettled) == []
    assert desk.start(claim).amount == 60


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"provider": "nobody"}, UnknownProvider),
        ({"amount": 0}, AmountNotOwed),
        ({"amount": 411}, AmountNotOwed),
    ],
)
def test_what_can_not_be_started(
    desk: Desk, changes: dict[str, Any], error: type[Exception]
) -> None:
    claim = desk.claim()
    usual: dict[str, Any] = {
        "provider": "stripe",
        "channel": Channel.ONLINE,
        "return_url": "",
    }
    with pytest.raises(error):
        start(desk.payments, claim.id, **(usual | changes))
    with pytest.raises(UnknownClaim):
        start(desk.payments, "nothing", **usual)


def test_money_settles_the_claim(desk: Desk) -> None:
    claim = desk.claim()
    attempt = desk.start(claim)
    scripted_of(desk).is_paid(attempt.id, 410)
    assert desk.ask(attempt).state == AttemptState.SUCCEEDED
    assert desk.balances(claim) == {
        "clearing:stripe": 410,
        "revenue:certificate-fee": -300,
        "revenue:postage": -110,
    }
    stands = desk.standing(claim)
    assert (stands.state, stands.paid, stands.outstanding, stands.refundable) == (
        StandingState.PAID,
        410,
        0,
        410,
    )
    (settled,) = desk.heard(ClaimSettled)
    assert (settled.claim_id, settled.attempt_id) == (claim.id, attempt.id)
    with pytest.raises(NothingOutstanding):
        desk.start(claim)
    desk.check_ledger()


def test_evidence_that_comes_again_changes_nothing(desk: Desk) -> None:
    claim = desk.claim()
    attempt = desk.start(claim)
    scripted_of(desk).is_paid(attempt.id, 410)
    for source in EvidenceSource:
        gather_evidence(desk.payments, attempt.id, source)
    assert desk.standing(claim).paid == 410
    assert len(desk.announced) == 2
    with desk.payments.database.reading() as session:
        records = session.scalars(select(EvidenceRecord)).all()
        assert [record.status for record in records] == [EvidenceStatus.SUCCEEDED]


@pytest.mark.parametrize(
    "ending", [EvidenceStatus.FAILED, EvidenceStatus.CANCELLED, EvidenceStatus.EXPIRED]
)
def test_what_has_ended_can_still_become_succeeded(desk: Desk, ending: EvidenceStatus) -> None:
    claim = desk.claim()
    attempt = desk.start(claim)
    scripted_of(desk).says(attempt.id, ending)
    assert desk.ask(attempt).state == ending.value
    assert desk.standing(claim).state == StandingState.UNPAID
    scripted_of(desk).is_paid(attempt.id, 410)
    assert desk.ask(attempt).state == AttemptState.SUCCEEDED
    assert desk.standing(claim).state == StandingState.PAID
    assert [event.state for event in desk.heard(AttemptEnded)] == [
        ending.value,
        AttemptState.SUCCEEDED,
    ]


def test_a_second_success_is_recorded_and_makes_a_refund_due(desk: Desk) -> None:
    claim = desk.claim()
    first, second = desk.start(claim), desk.start(claim, "paypay")
    scripted_of(desk).is_paid(first.id, 410)
    scripted_of(desk, "paypay").is_paid(second.id, 410)
    desk.ask(first)
    assert desk.ask(second).state == AttemptState.SUCCEEDED
    assert desk.balances(claim) == {
        "clearing:stripe": 410,
        "clearing:paypay": 410,
        "revenue:certificate-fee": -300,
        "revenue:postage": -110,
        "suspense": -410,
    }
    stands = desk.standing(claim)
    assert (stands.state, stands.paid, stands.excess) == (StandingState.OVERPAID, 820, 410)
    assert len(desk.heard(ClaimSettled)) == 1
    assert desk.heard(RefundDue) == [
        RefundDue(claim.id, "application:1", 410, RefundReason.DOUBLE_PAYMENT)
    ]
    desk.check_ledger()


def test_too_much_is_divided(desk: Desk) -> None:
    claim = desk.claim()
    whole = desk.start(claim)
    part = start(
        desk.payments,
        claim.id,
        provider="paypay",
        channel=Channel.ONLINE,
        return_url="",
        amount=100,
    )
    scripted_of(desk, "paypay").is_paid(part.id, 100)
    scripted_of(desk).is_paid(whole.id, 410)
    desk.ask(part)
    desk.ask(whole)
    assert desk.standing(claim).excess == 100
    (due,) = desk.heard(RefundDue)
    assert (due.amount, due.reason) == (100, RefundReason.OVERPAYMENT)
    assert len(desk.heard(ClaimSettled)) == 1


def test_money_for_a_cancelled_claim_waits_for_its_refund(desk: Desk) -> None:
    claim = desk.claim()
    attempt = desk.start(claim)
    with desk.payments.database.transaction() as session:
        cancel_claim(session, desk.payments, claim.id, reason="取下げ", now=desk.payments.clock())
    scripted_of(desk).is_paid(attempt.id, 410)
    assert desk.ask(attempt).state == AttemptState.SUCCEEDED
    assert desk.balances(claim) == {"clearing:stripe": 410, "suspense": -410}
    assert desk.heard(ClaimSettled) == []
    (due,) = desk.heard(RefundDue)
    assert due.reason == RefundReason.PAID_AFTER_CANCELLATION


@pytest.mark.parametrize(
    ("changes", "flag", "in_suspense"),
    [
        ({"amount": 400}, Discrepancy.AMOUNT, 400),
        ({"amount": 4100}, Discrepancy.AMOUNT, 4100),
        ({"amount": 0}, Discrepancy.AMOUNT, 0),
        ({"amount": None}, Discrepancy.AMOUNT, 0),
        ({"currency": "USD"}, Discrepancy.CURRENCY, 0),
        ({"merchant": "somebody else"}, Discrepancy.MERCHANT, 0),
        ({"reference": "unknown"}, Discrepancy.REFERENCE, 410),
        ({"reference": None}, Discrepancy.REFERENCE, 410),
        ({"transaction_id": None}, Discrepancy.TRANSACTION_MISSING, 0),
    ],
)
def test_evidence_that_does_not_agree_never_settles(
    desk: Desk, changes: dict[str, Any], flag: Discrepancy, in_suspense: int
) -> None:
    claim = desk.claim()
    attempt = desk.start(claim)
    scripted_of(desk).truth[attempt.id] = replace(paid(attempt.id, 410), **changes)
    for _ in range(2):
        seen = desk.ask(attempt)
    assert (seen.state, seen.flag, seen.next_check_at) == (AttemptState.STARTED, flag, None)
    stands = desk.standing(claim)
    assert (stands.paid, stands.outstanding) == (0, 410)
    assert (stands.excess, stands.refundable) == (in_suspense, in_suspense)
    with desk.payments.database.reading() as session:
        receipts = session.scalars(select(Receipt)).all()
        assert [(r.amount, r.disposition, r.reason) for r in receipts] == (
            [(in_suspense, Disposition.SUSPENSE, flag)] if in_suspense else []
        )
    assert desk.announced == []
    desk.check_ledger()


def test_each_money_movement_that_does_not_agree_waits_in_suspense(desk: Desk) -> None:
    claim = desk.claim()
    attempt = desk.start(claim)
    for transaction, amount in (("txn-1", 400), ("txn-2", 4100)):
        scripted_of(desk).truth[attempt.id] = replace(
            paid(attempt.id, amount), transaction_id=transaction
        )
        for _ in range(2):
            assert desk.ask(attempt).flag == Discrepancy.AMOUNT
    assert desk.balances(claim)["suspense"] == -4500
    assert desk.standing(claim).refundable == 4500
    with desk.payments.database.reading() as session:
        report = daily_report(session, jst_date(desk.payments.clock()), ACCOUNTS)
    assert report.agrees, report.checks
    assert report.gross == 4500
    desk.check_ledger()


def test_a_money_movement_is_booked_for_one_attempt_alone(desk: Desk) -> None:
    first, second = desk.start(desk.claim()), desk.start(desk.claim())
    scripted_of(desk).is_paid(first.id, 410)
    desk.ask(first)
    scripted_of(desk).truth[second.id] = replace(
        paid(second.id, 410), transaction_id=f"txn-{first.id}"
    )
    assert desk.ask(second).flag == Discrepancy.TRANSACTION_BOOKED
    desk.check_ledger()


def test_money_of_another_attempt_is_left_to_that_attempt(desk: Desk) -> None:
    mine, theirs = desk.start(desk.claim()), desk.start(desk.claim())
    scripted_of(desk).is_paid(theirs.id, 410)
    scripted_of(desk).truth[mine.id] = scripted_of(desk).truth[theirs.id]
    assert desk.ask(mine).flag == Discrepancy.REFERENCE
    assert desk.ask(theirs).state == AttemptState.SUCCEEDED
    desk.check_ledger()


def test_a_hint_to_another_payment_is_ignored(desk: Desk) -> None:
    provider = scripted_of(desk)
    provider.is_down = True
    claim = desk.claim()
    with pytest.raises(ProviderUnavailable):
        desk.start(claim)
    provider.is_down = False
    with desk.payments.database.reading() as session:
        cut_off = session.scalars(select(Attempt)).one()
    provider.truth[cut_off.id] = paid("another", 410)
    seen = gather_evidence(
        desk.payments, cut_off.id, EvidenceSource.WEBHOOK, provider_reference="ref-another"
    )
    assert (seen.state, seen.flag) == (AttemptState.CREATED, None)


def test_what_the_provider_takes_back_is_owed_again(desk: Desk) -> None:
    claim = desk.claim()
    attempt = desk.start(claim)
    scripted_of(desk).is_paid(attempt.id, 410)
    desk.ask(attempt)
    scripted_of(desk).gives_back(attempt.id, 150)
    for _ in range(2):
        desk.ask(attempt)
    stands = desk.standing(claim)
    assert (stands.paid, stands.outstanding, stands.refundable) == (260, 150, 260)
    assert desk.balances(claim)["clearing:stripe"] == 260
    scripted_of(desk).gives_back(attempt.id, 260)
    desk.ask(attempt)
    assert desk.standing(claim).state == StandingState.UNPAID
    desk.check_ledger()


def test_a_refused_start_fails_and_another_can_follow(desk: Desk) -> None:
    claim = desk.claim()
    scripted_of(desk).refuses = True
    with pytest.raises(ProviderRefused):
        desk.start(claim)
    (ended,) = desk.heard(AttemptEnded)
    assert ended.state == AttemptState.FAILED
    assert desk.get(Attempt, ended.attempt_id).failure == "no"
    assert desk.start(claim, "paypay").state == AttemptState.STARTED


def test_cancelled_by_us_says_cancelled(desk: Desk) -> None:
    attempt = desk.start(desk.claim())
    assert cancel(desk.payments, attempt.id).state == AttemptState.CANCELLED


def test_what_was_paid_can_not_be_cancelled(desk: Desk) -> None:
    attempt = desk.start(desk.claim())
    scripted_of(desk).is_paid(attempt.id, 410)
    assert cancel(desk.payments, attempt.id).state == AttemptState.SUCCEEDED


def test_there_is_no_such_attempt(desk: Desk) -> None:
    with pytest.raises(UnknownAttempt):
        gather_evidence(desk.payments, "nothing", EvidenceSource.POLLER)
