"""Claims are established and cancelled; where they stand follows from the facts."""

from datetime import date

import pytest

from payments.claims.models import Claim, ClaimState
from payments.claims.service import (
    EmptyClaim,
    LineDraft,
    UnknownClaim,
    UnknownRevenueAccount,
    cancel_claim,
    claims_of,
    reduce_claim,
)
from payments.claims.standing import Standing, StandingState, standings
from payments.events import ClaimSettled, RefundDue, RefundReason
from tests.payments.desk import Desk, scripted_of


def cancel(desk: Desk, claim: Claim) -> Claim:
    with desk.payments.database.transaction() as session:
        return cancel_claim(
            session, desk.payments, claim.id, reason="申請の取下げ", now=desk.payments.clock()
        )


def reduce(desk: Desk, claim: Claim, account: str, amount: int) -> int:
    with desk.payments.database.transaction() as session:
        return reduce_claim(
            session,
            desk.payments,
            claim.id,
            account=account,
            amount=amount,
            reason="補正",
            now=desk.payments.clock(),
        )


def test_a_claim_is_booked_by_account(desk: Desk) -> None:
    claim = desk.claim()
    assert (claim.amount, claim.fiscal_year, claim.established_on) == (
        410,
        2026,
        date(2026, 6, 3),
    )
    assert desk.balances(claim) == {
        "receivable:certificate-fee": 300,
        "receivable:postage": 110,
        "revenue:certificate-fee": -300,
        "revenue:postage": -110,
    }
    assert desk.standing(claim) == Standing(410, 0, 0, 0, 410, 0, 0, StandingState.UNPAID)
    desk.check_ledger()


def test_an_exempted_line_stands_on_the_claim_at_zero(desk: Desk) -> None:
    claim = desk.claim([LineDraft("postage", "郵送料", 110), LineDraft("postage", "免除", 0)])
    assert [line.amount for line in desk.get(Claim, claim.id).lines] == [110, 0]
    assert desk.standing(claim).outstanding == 110


@pytest.mark.parametrize(
    ("lines", "error"),
    [
        ([], EmptyClaim),
        ([LineDraft("postage", "郵送料", 0)], EmptyClaim),
        ([LineDraft("postage", "郵送料", 110), LineDraft("postage", "割引", -10)], EmptyClaim),
        ([LineDraft("nowhere", "?", 100)], UnknownRevenueAccount),
    ],
)
def test_what_can_not_be_claimed(
    desk: Desk, lines: list[LineDraft], error: type[Exception]
) -> None:
    with pytest.raises(error):
        desk.claim(lines)


def test_an_unpaid_claim_is_cancelled_without_a_trace_in_the_balances(desk: Desk) -> None:
    claim = desk.claim()
    assert cancel(desk, claim).state == ClaimState.CANCELLED
    assert desk.balances(claim) == {}
    assert desk.standing(claim).state == StandingState.CANCELLED
    assert desk.heard(RefundDue) == []
    cancel(desk, claim)
    desk.check_ledger()


def test_a_paid_claim_that_is_cancelled_makes_a_refund_due(desk: Desk) -> None:
    claim = desk.claim()
    attempt = desk.start(claim)
    scripted_of(desk).is_paid(attempt.id, 410)
    desk.ask(attempt)
    cancel(desk, claim)
    assert desk.balances(claim) == {"clearing:stripe": 410, "suspense": -410}
    stands = desk.standing(claim)
    assert (stands.excess, stands.refundable, stands.outstanding) == (410, 410, 0)
    assert desk.heard(RefundDue) == [
        RefundDue(claim.id, "application:1", 410, RefundReason.CLAIM_CANCELLED)
    ]
    desk.check_ledger()


def test_less_is_owed_of_an_unpaid_claim_that_is_reduced(desk: Desk) -> None:
    claim = desk.claim()
    assert reduce(desk, claim, "certificate-fee", 100) == 100
    assert reduce(desk, claim, "postage", 200) == 110
    assert desk.standing(claim) == Standing(410, 0, 0, 0, 200, 0, 0, StandingState.UNPAID)
    assert desk.heard(RefundDue) == []
    attempt = desk.start(claim)
    scripted_of(desk).is_paid(attempt.id, 200)
    desk.ask(attempt)
    assert [event.claim_id for event in desk.heard(ClaimSettled)] == [claim.id]
    assert desk.standing(claim).state == StandingState.PAID
    desk.check_ledger()


def test_a_paid_claim_that_is_reduced_makes_a_refund_due(desk: Desk) -> None:
    claim = desk.claim()
    attempt = desk.start(claim)
    scripted_of(desk).is_paid(attempt.id, 410)
    desk.ask(attempt)
    assert reduce(desk, claim, "certificate-fee", 100) == 100
    stands = desk.standing(claim)
    assert (stands.state, stands.excess, stands.outstanding) == (StandingState.OVERPAID, 100, 0)
    assert desk.heard(RefundDue) == [
        RefundDue(claim.id, "application:1", 100, RefundReason.CLAIM_REDUCED)
    ]
    desk.check_ledger()


def test_many_claims_stand_at_once(desk: Desk) -> None:
    first, second = desk.claim(), desk.claim([LineDraft("postage", "郵送料", 110)])
    with desk.payments.database.reading() as session:
        found = standings(session, [first.id, second.id])
        assert {key: value.outstanding for key, value in found.items()} == {
            first.id: 410,
            second.id: 110,
        }
        assert [claim.id for claim in claims_of(session, "application:1")] == [
            first.id,
            second.id,
        ]
        with pytest.raises(UnknownClaim):
            standings(session, ["nothing"])
