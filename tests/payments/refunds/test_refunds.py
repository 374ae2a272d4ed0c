"""Refunds: two persons, one idempotency key, and money that is booked once."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from foundation.outbox import OutboxMessage, work_once
from foundation.states import IllegalTransition
from payments.attempts.models import Attempt
from payments.attempts.sweeper import SweepReport, sweep
from payments.claims.models import Claim
from payments.claims.standing import StandingState
from payments.events import RefundDue, RefundSettled
from payments.providers.base import JPY, ProviderUnavailable, RefundEvidence, RefundStatus
from payments.refunds.models import Refund
from payments.refunds.service import (
    SUBMIT_TOPIC,
    NotRefundable,
    RefundableChanged,
    SamePerson,
    UnknownRefund,
    approve,
    decline,
    gather_refund_evidence,
    handle_submit,
    refundable,
    refunds_of,
    request,
    submit,
)
from payments.refunds.states import RefundState
from tests.payments.desk import Desk, scripted_of
from tests.support.clock import FixedClock


@pytest.fixture
def paid_claim(desk: Desk) -> Claim:
    claim = desk.claim()
    attempt = desk.start(claim)
    scripted_of(desk).is_paid(attempt.id, 410)
    desk.ask(attempt)
    return claim


def attempt_of(desk: Desk, claim: Claim) -> Attempt:
    with desk.payments.database.reading() as session:
        return session.scalars(select(Attempt).where(Attempt.claim_id == claim.id)).one()


def test_from_request_to_payer(desk: Desk, paid_claim: Claim) -> None:
    attempt = attempt_of(desk, paid_claim)
    refund = desk.refund(attempt, 150)
    # 戻出: the last line first, then the one before.
    assert desk.balances(paid_claim) == {
        "clearing:stripe": 410,
        "refunds-payable": -150,
        "revenue:certificate-fee": -260,
    }
    assert desk.standing(paid_claim).refunding == 150
    handlers = {SUBMIT_TOPIC: lambda payload: handle_submit(desk.payments, payload)}
    assert work_once(desk.payments.database, handlers, desk.payments.clock)
    assert desk.get(Refund, refund.id).state == RefundState.SUCCEEDED
    assert desk.balances(paid_claim) == {
        "clearing:stripe": 260,
        "revenue:certificate-fee": -260,
    }
    stands = desk.standing(paid_claim)
    assert (stands.refunded, stands.refundable, stands.outstanding) == (150, 260, 0)
    assert stands.state == StandingState.PAID
    assert desk.heard(RefundSettled) == [
        RefundSettled(refund.id, paid_claim.id, "application:1", 150)
    ]
    with desk.payments.database.reading() as session:
        assert [found.id for found in refunds_of(session, paid_claim.id)] == [refund.id]
    desk.check_ledger()


def test_a_double_payment_goes_back_out_of_suspense(desk: Desk) -> None:
    claim = desk.claim()
    first, second = desk.start(claim), desk.start(claim, "paypay")
    for attempt in (first, second):
        scripted_of(desk, attempt.provider).is_paid(attempt.id, 410)
        desk.ask(attempt)
    assert len(desk.heard(RefundDue)) == 1
    submit(desk.payments, desk.refund(second, 410).id)
    stands = desk.standing(claim)
    assert (stands.state, stands.excess, stands.outstanding) == (StandingState.PAID, 0, 0)
    assert desk.balances(claim) == {
        "clearing:stripe": 410,
        "revenue:certificate-fee": -300,
        "revenue:postage": -110,
    }


def test_one_person_is_not_enough(desk: Desk, paid_claim: Claim) -> None:
    attempt = attempt_of(desk, paid_claim)
    with desk.payments.database.transaction() as session:
        refund = desk.ask_for_refund(session, attempt, 410)
    with pytest.raises(SamePerson), desk.payments.database.transaction() as session:
        approve(session, desk.payments, refund.id, approved_by="first")
    with pytest.raises(SamePerson), desk.payments.database.transaction() as session:
        decline(session, desk.payments, refund.id, declined_by="first", reason="")
    assert desk.get(Refund, refund.id).state == RefundState.REQUESTED


def test_a_decision_is_made_once(desk: Desk, paid_claim: Claim) -> None:
    attempt = attempt_of(desk, paid_claim)
    with desk.payments.database.transaction() as session:
        refund = desk.ask_for_refund(session, attempt, 410)
        decline(session, desk.payments, refund.id, declined_by="second", reason="誤り")
    with pytest.raises(IllegalTransition), desk.payments.database.transaction() as session:
        approve(session, desk.payments, refund.id, approved_by="second")
    with pytest.raises(UnknownRefund), desk.payments.database.transaction() as session:
        approve(session, desk.payments, "nothing", approved_by="second")
    assert desk.standing(paid_claim).refundable == 410
    assert submit(desk.payments, refund.id).state == RefundState.DECLINED


def test_who_saw_another_amount_is_asked_to_look_again(desk: Desk, paid_claim: Claim) -> None:
    attempt = attempt_of(desk, paid_claim)
    with desk.payments.database.transaction() as session:
        desk.ask_for_refund(session, attempt, 400)
    with pytest.raises(RefundableChanged) as caught, desk.payments.database.transaction() as s:
        request(
            s,
            desk.payments,
            attempt_id=attempt.id,
            amount=400,
            reason="",
            requested_by="third",
            expected_refundable=410,
        )
    assert (caught.value.expected, caught.value.actual) == (410, 10)


@pytest.mark.parametrize("amount", [-1, 0, 411])
def test_what_can_not_be_refunded(desk: Desk, paid_claim: Claim, amount: int) -> None:
    attempt = attempt_of(desk, paid_claim)
    with pytest.raises(NotRefundable), desk.payments.database.transaction() as session:
        desk.ask_for_refund(session, attempt, amount)


def test_money_that_the_provider_took_back_can_not_be_refunded(
    desk: Desk, paid_claim: Claim
) -> None:
    attempt = attempt_of(desk, paid_claim)
    with desk.payments.database.transaction() as session:
        refund = desk.ask_for_refund(session, attempt, 410)
    scripted_of(desk).gives_back(attempt.id, 100)
    desk.ask(attempt)
    with pytest.raises(NotRefundable), desk.payments.database.transaction() as session:
        approve(session, desk.payments, refund.id, approved_by="second")


@pytest.mark.parametrize("reached", [False, True])
def test_a_submission_without_an_answer_is_finished_by_the_sweeper(
    desk: Desk, paid_claim: Claim, clock: FixedClock, reached: bool
) -> None:
    provider = scripted_of(desk)
    refund = desk.refund(attempt_of(desk, paid_claim), 410)
    provider.is_down, provider.loses_answers = not reached, reached
    with pytest.raises(ProviderUnavailable):
        submit(desk.payments, refund.id)
    provider.is_down = provider.loses_answers = False
    clock.advance(timedelta(minutes=3))
    assert sweep(desk.payments) == SweepReport(0, 1)
    assert desk.get(Refund, refund.id).state == RefundState.SUCCEEDED
    assert desk.standing(paid_claim).refunded == 410
    assert len(provider.refunds) == 1
    desk.ask(attempt_of(desk, paid_claim))
    desk.check_ledger()


def test_the_sweeper_submits_what_the_worker_forgot(
    desk: Desk, paid_claim: Claim, clock: FixedClock
) -> None:
    refund = desk.refund(attempt_of(desk, paid_claim), 410)
    with desk.payments.database.transaction() as session:
        session.delete(session.scalars(select(OutboxMessage)).one())
    clock.advance(timedelta(minutes=3))
    sweep(desk.payments)
    assert desk.get(Refund, refund.id).state == RefundState.SUCCEEDED


@pytest.mark.parametrize("refused", [False, True])
def test_a_refund_that_failed_waits_in_suspense_and_can_be_tried_again(
    desk: Desk, paid_claim: Claim, refused: bool
) -> None:
    attempt = attempt_of(desk, paid_claim)
    provider = scripted_of(desk)
    provider.refuses, provider.refund_outcome = refused, RefundStatus.FAILED
    refund = desk.refund(attempt, 410)
    assert submit(desk.payments, refund.id).state == RefundState.FAILED
    assert desk.balances(paid_claim) == {"clearing:stripe": 410, "suspense": -410}
    provider.refuses, provider.refund_outcome = False, RefundStatus.SUCCEEDED
    submit(desk.payments, desk.refund(attempt, 410).id)
    assert desk.balances(paid_claim) == {}
    desk.check_ledger()


def test_a_refusal_because_it_was_done_already_is_none(desk: Desk, paid_claim: Claim) -> None:
    provider = scripted_of(desk)
    refund = desk.refund(attempt_of(desk, paid_claim), 410)
    provider.refuses = True
    provider.refunds[refund.id] = RefundEvidence(
        RefundStatus.SUCCEEDED, "succeeded", f"re-{refund.id}", amount=410, currency=JPY
    )
    assert submit(desk.payments, refund.id).state == RefundState.SUCCEEDED
    assert desk.balances(paid_claim) == {}


def test_a_refund_that_comes_back(desk: Desk, paid_claim: Claim) -> None:
    attempt = attempt_of(desk, paid_claim)
    provider = scripted_of(desk)
    refund = desk.refund(attempt, 410)
    submit(desk.payments, refund.id)
    assert gather_refund_evidence(desk.payments, refund.id).state == RefundState.SUCCEEDED
    provider.refund_outcome = RefundStatus.FAILED
    provider.refunds.clear()
    assert gather_refund_evidence(desk.payments, refund.id).state == RefundState.SUCCEEDED
    provider.refunds[refund.id] = failed_refund(refund)
    assert gather_refund_evidence(desk.payments, refund.id).state == RefundState.FAILED
    assert desk.balances(paid_claim) == {"clearing:stripe": 410, "suspense": -410}
    with desk.payments.database.reading() as session:
        assert refundable(session, attempt.id) == 410
    desk.check_ledger()


def test_a_pending_refund_is_asked_about_again(
    desk: Desk, paid_claim: Claim, clock: FixedClock
) -> None:
    provider = scripted_of(desk)
    provider.refund_outcome = RefundStatus.PENDING
    refund = desk.refund(attempt_of(desk, paid_claim), 410)
    assert submit(desk.payments, refund.id).state == RefundState.SUBMITTED
    clock.advance(timedelta(minutes=3))
    assert sweep(desk.payments).refunds == 1
    later = desk.get(Refund, refund.id).next_check_at
    assert later is not None
    assert later > clock()


def test_another_amount_than_asked_is_not_taken_for_done(desk: Desk, paid_claim: Claim) -> None:
    provider = scripted_of(desk)
    provider.refund_outcome = RefundStatus.PENDING
    refund = desk.refund(attempt_of(desk, paid_claim), 410)
    submit(desk.payments, refund.id)
    provider.refunds[refund.id] = succeeded_refund(refund, amount=400)
    seen = submit(desk.payments, refund.id)
    assert (seen.state, seen.failure, seen.next_check_at) == ("submitted", "400 JPY", None)


def failed_refund(refund: Refund) -> RefundEvidence:
    return RefundEvidence(
        RefundStatus.FAILED, "failed", amount=refund.amount, currency=JPY, message="closed account"
    )


def succeeded_refund(refund: Refund, *, amount: int) -> RefundEvidence:
    return RefundEvidence(RefundStatus.SUCCEEDED, "succeeded", amount=amount, currency=JPY)
