"""Cash: taken, given back, counted."""

import pytest

from foundation.states import IllegalTransition
from payments.attempts.service import NothingOutstanding
from payments.attempts.states import AttemptState
from payments.attempts.sweeper import SweepReport, sweep
from payments.claims.models import Claim
from payments.claims.standing import StandingState
from payments.events import AttemptEnded, ClaimSettled, RefundSettled
from payments.refunds.service import approve, submit
from payments.refunds.states import RefundState
from payments.till.service import (
    CashTaken,
    NotCash,
    TenderedTooLittle,
    UnknownTill,
    count,
    drawer,
    ensure_till,
    pay_out,
    take_cash,
)
from tests.payments.desk import Desk, scripted_of


@pytest.fixture
def cash_desk(desk: Desk) -> Desk:
    with desk.payments.database.transaction() as session:
        ensure_till(session, "1", "市民課")
        ensure_till(session, "1", "市民課 1番窓口")
    return desk


def take(desk: Desk, claim: Claim, tendered: int, till: str = "1") -> CashTaken:
    with desk.payments.database.transaction() as session:
        return take_cash(
            session, desk.payments, claim.id, tendered=tendered, till=till, operator="clerk"
        )


def in_drawer(desk: Desk) -> int:
    with desk.payments.database.reading() as session:
        return drawer(session, "1")


def test_cash_settles_the_claim_and_gives_change(cash_desk: Desk) -> None:
    claim = cash_desk.claim()
    taken = take(cash_desk, claim, 1000)
    assert (taken.change, taken.attempt.state) == (590, AttemptState.SUCCEEDED)
    assert (taken.attempt.operator, taken.attempt.amount) == ("clerk", 410)
    assert cash_desk.standing(claim).state == StandingState.PAID
    assert in_drawer(cash_desk) == 410
    assert len(cash_desk.heard(ClaimSettled)) == len(cash_desk.heard(AttemptEnded)) == 1
    assert cash_desk.ask(taken.attempt).state == AttemptState.SUCCEEDED
    with pytest.raises(NothingOutstanding):
        take(cash_desk, claim, 1000)
    assert sweep(cash_desk.payments) == SweepReport(0, 0)
    cash_desk.check_ledger()


def test_too_little_and_nowhere(cash_desk: Desk) -> None:
    claim = cash_desk.claim()
    with pytest.raises(TenderedTooLittle):
        take(cash_desk, claim, 409)
    with pytest.raises(UnknownTill):
        take(cash_desk, claim, 410, till="2")
    assert cash_desk.standing(claim).paid == 0


def test_cash_goes_back_out_of_the_drawer(cash_desk: Desk) -> None:
    claim = cash_desk.claim()
    attempt = take(cash_desk, claim, 410).attempt
    with cash_desk.payments.database.transaction() as session:
        refund = cash_desk.ask_for_refund(session, attempt, 410)
    with pytest.raises(IllegalTransition), cash_desk.payments.database.transaction() as session:
        pay_out(session, cash_desk.payments, refund.id, till="1", operator="clerk")
    with cash_desk.payments.database.transaction() as session:
        approve(session, cash_desk.payments, refund.id, approved_by="second")
    assert submit(cash_desk.payments, refund.id).state == RefundState.APPROVED
    with cash_desk.payments.database.transaction() as session:
        done = pay_out(session, cash_desk.payments, refund.id, till="1", operator="clerk")
    assert (done.state, done.till_id) == (RefundState.SUCCEEDED, "1")
    assert in_drawer(cash_desk) == 0
    assert cash_desk.balances(claim) == {}
    assert len(cash_desk.heard(RefundSettled)) == 1
    with pytest.raises(IllegalTransition), cash_desk.payments.database.transaction() as session:
        pay_out(session, cash_desk.payments, refund.id, till="1", operator="clerk")
    cash_desk.check_ledger()


def test_what_came_by_card_does_not_go_back_in_cash(cash_desk: Desk) -> None:
    attempt = cash_desk.start(cash_desk.claim())
    scripted_of(cash_desk).is_paid(attempt.id, 410)
    cash_desk.ask(attempt)
    refund = cash_desk.refund(attempt, 410)
    with pytest.raises(NotCash), cash_desk.payments.database.transaction() as session:
        pay_out(session, cash_desk.payments, refund.id, till="1", operator="clerk")


def test_a_count_stands_beside_what_should_be_there(cash_desk: Desk) -> None:
    take(cash_desk, cash_desk.claim(), 500)
    with cash_desk.payments.database.transaction() as session:
        made = count(session, cash_desk.payments, "1", counted=400, counted_by="clerk")
    assert (made.expected, made.counted, made.day.isoformat()) == (410, 400, "2026-06-03")
