"""Withdrawn, lapsed, or without its room: nothing is owed any more, and what was paid goes back."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from foundation.states import IllegalTransition
from payments.claims.models import ClaimState
from payments.events import RefundReason
from portal.applications.actors import Actor
from portal.applications.deadlines import lapse_unpaid
from portal.applications.service import Applicant, begin
from portal.applications.states import Event, State
from portal.applications.submission import PAYMENT_DAYS, Submitted
from portal.facilities import service as facilities
from portal.facilities.definition import facility_of
from portal.facilities.models import Booking
from portal.facilities.service import Held, LostSlots, attach, form_context, hold
from portal.finance.refunds import REASONS, SYSTEM
from tests.facilities.house import FRIDAY
from tests.support.hall import CERTIFICATE, Hall


def test_what_is_withdrawn_before_payment_is_not_owed(hall: Hall) -> None:
    key = hall.submitted(**CERTIFICATE)
    hall.advance(key, Event.WITHDRAW)
    (claim,) = hall.claims(key)
    assert claim.state == ClaimState.CANCELLED
    assert hall.standing(claim).outstanding == 0
    assert hall.refunds() == []
    hall.check_ledger()


def test_what_is_withdrawn_after_payment_waits_for_a_person_to_give_it_back(hall: Hall) -> None:
    key = hall.submitted(**CERTIFICATE)
    hall.pay(key)
    hall.advance(key, Event.WITHDRAW)
    (refund,) = hall.refunds()
    assert (refund.amount, refund.requested_by, refund.state) == (1010, SYSTEM, "requested")
    assert refund.reason == REASONS[RefundReason.CLAIM_CANCELLED]
    hall.check_ledger()


def test_money_that_comes_after_the_withdrawal_goes_back(hall: Hall) -> None:
    key = hall.submitted(**CERTIFICATE)
    (claim,) = hall.claims(key)
    attempt = hall.start(claim)
    hall.advance(key, Event.WITHDRAW)
    hall.card.is_paid(attempt, 1010)
    hall.evidence(attempt)
    assert hall.state(key) is State.WITHDRAWN
    (refund,) = hall.refunds()
    assert (refund.amount, refund.reason) == (1010, REASONS[RefundReason.PAID_AFTER_CANCELLATION])
    hall.check_ledger()


def test_a_fee_may_stay_open_until_its_day_is_over_in_japan(hall: Hall) -> None:
    key = hall.submitted(**CERTIFICATE)
    hall.clock.advance(timedelta(days=PAYMENT_DAYS, hours=13, minutes=59))
    assert lapse_unpaid(hall.portal.payments) == 0
    hall.clock.advance(timedelta(minutes=1))
    assert lapse_unpaid(hall.portal.payments) == 1
    assert hall.state(key) is State.LAPSED
    assert [claim.state for claim in hall.claims(key)] == [ClaimState.CANCELLED]
    assert lapse_unpaid(hall.portal.payments) == 0
    hall.check_ledger()


def test_what_is_paid_never_lapses(hall: Hall) -> None:
    key = hall.submitted(**CERTIFICATE)
    hall.pay(key)
    hall.clock.advance(timedelta(days=400))
    assert lapse_unpaid(hall.portal.payments) == 0
    assert hall.state(key) is State.RECEIVED


def test_what_is_decided_is_not_withdrawn(hall: Hall) -> None:
    key = hall.submitted(**CERTIFICATE)
    hall.pay(key)
    for event in (Event.OPEN, Event.REJECT):
        hall.advance(key, event)
    with pytest.raises(IllegalTransition):
        hall.advance(key, Event.WITHDRAW)


def _booked(hall: Hall, *, waived: bool = False, owner: str = "resident:a") -> str:
    """A draft for the room on Friday morning, 900 yen."""
    house = facility_of(hall.portal.catalogue.facilities["house"])

    def step(session: Session) -> str:
        held = hold(
            session,
            hall.portal.events,
            house,
            house.rooms[0],
            FRIDAY,
            ["morning"],
            owner=owner,
            now=hall.clock(),
        )
        assert isinstance(held, Held)
        begun = begin(
            session,
            hall.portal.definitions,
            hall.procedures["room"],
            Actor("guest"),
            Applicant(),
            language="ja",
            now=hall.clock(),
            booking=form_context(held.booking),
        )
        attach(session, held.booking.id, begun.application.id)
        begun.application.answers = {"purpose": "合唱", "waived": waived}
        return begun.application.id

    return hall.do(step)


def _booking(hall: Hall, key: str) -> Booking:
    def look(session: Session) -> Booking:
        found = facilities.of_application(session, key)
        assert found is not None
        return found

    return hall.see(look)


@pytest.mark.parametrize("waived", [False, True])
def test_a_paid_or_free_booking_is_complete(hall: Hall, waived: bool) -> None:
    key = _booked(hall, waived=waived)
    assert hall.submit(key) == Submitted(State.COMPLETED if waived else State.AWAITING_PAYMENT)
    if not waived:
        assert _booking(hall, key).state == "pending_payment"
        hall.pay(key)
    assert hall.state(key) is State.COMPLETED
    assert _booking(hall, key).state == "confirmed"


def test_a_draft_whose_slots_are_gone_stays_a_draft(hall: Hall) -> None:
    key = _booked(hall)
    hall.clock.advance(timedelta(hours=1))
    other = _booked(hall, owner="resident:b")
    outcome = hall.submit(key)
    assert isinstance(outcome, LostSlots)
    assert outcome.slots == ("morning",)
    assert (hall.state(key), hall.claims(key)) == (State.DRAFT, [])
    assert hall.submit(other) == Submitted(State.AWAITING_PAYMENT)


def test_money_for_slots_that_another_took_goes_back(hall: Hall) -> None:
    key = _booked(hall)
    hall.submit(key)
    (claim,) = hall.claims(key)
    attempt = hall.start(claim)
    hall.clock.advance(timedelta(hours=1))
    other = _booked(hall, owner="resident:b")
    hall.card.is_paid(attempt, 900)
    hall.evidence(attempt)
    assert hall.state(key) is State.LAPSED
    assert [refund.amount for refund in hall.refunds()] == [900]
    assert _booking(hall, other).state == "held"
    hall.check_ledger()


def test_money_for_a_booking_that_was_cancelled_goes_back(hall: Hall) -> None:
    key = _booked(hall)
    hall.submit(key)
    booking = _booking(hall, key).id
    hall.do(lambda session: facilities.cancel(session, booking, hall.clock()))
    hall.pay(key)
    assert hall.state(key) is State.LAPSED
    assert [claim.state for claim in hall.claims(key)] == [ClaimState.CANCELLED]
    assert [refund.amount for refund in hall.refunds()] == [900]
    hall.check_ledger()


def test_who_does_not_pay_in_time_loses_the_slots_and_owes_nothing(hall: Hall) -> None:
    key = _booked(hall)
    hall.submit(key)
    hall.clock.advance(timedelta(minutes=31))
    hall.do(lambda s: facilities.release_expired(s, hall.portal.events, hall.clock()))
    assert hall.state(key) is State.LAPSED
    assert [claim.state for claim in hall.claims(key)] == [ClaimState.CANCELLED]
    hall.check_ledger()


def test_a_withdrawn_booking_frees_its_slots(hall: Hall) -> None:
    key = _booked(hall)
    hall.submit(key)
    hall.advance(key, Event.WITHDRAW)
    assert _booking(hall, key).state == "cancelled"
    assert hall.submit(_booked(hall, owner="resident:b")) == Submitted(State.AWAITING_PAYMENT)
