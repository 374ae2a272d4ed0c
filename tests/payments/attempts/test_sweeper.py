"""Whatever stood still is asked about, and ends where it belongs."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from payments.attempts.models import Attempt
from payments.attempts.schedule import next_check
from payments.attempts.states import AttemptState
from payments.attempts.sweeper import SweepReport, sweep
from payments.claims.standing import StandingState
from payments.providers.base import EvidenceStatus, ProviderUnavailable
from tests.payments.desk import Desk, scripted_of
from tests.support.clock import FixedClock


def only_attempt(desk: Desk) -> Attempt:
    with desk.payments.database.reading() as session:
        return session.scalars(select(Attempt)).one()


@pytest.mark.parametrize("reached", [False, True])
def test_a_start_that_was_cut_off_is_taken_up(desk: Desk, clock: FixedClock, reached: bool) -> None:
    """As after a crash: the attempt is created, and nobody knows what the provider knows."""
    provider = scripted_of(desk)
    provider.is_down, provider.loses_answers = not reached, reached
    with pytest.raises(ProviderUnavailable):
        desk.start(desk.claim())
    provider.is_down = provider.loses_answers = False
    assert only_attempt(desk).state == AttemptState.CREATED
    assert sweep(desk.payments) == SweepReport(0, 0)
    clock.advance(timedelta(minutes=1))
    assert sweep(desk.payments) == SweepReport(1, 0)
    assert only_attempt(desk).state == AttemptState.STARTED
    assert len(set(provider.keys)) == 1
    assert len(provider.keys) == 2


def test_a_start_that_is_refused_when_taken_up_has_failed(desk: Desk, clock: FixedClock) -> None:
    provider = scripted_of(desk)
    provider.is_down = True
    with pytest.raises(ProviderUnavailable):
        desk.start(desk.claim())
    provider.is_down, provider.refuses = False, True
    clock.advance(timedelta(minutes=1))
    sweep(desk.payments)
    assert only_attempt(desk).state == AttemptState.FAILED


def test_money_that_came_while_nobody_looked_is_found(desk: Desk, clock: FixedClock) -> None:
    claim = desk.claim()
    attempt = desk.start(claim)
    scripted_of(desk).is_paid(attempt.id, 410)
    clock.advance(timedelta(minutes=2))
    sweep(desk.payments)
    assert desk.standing(claim).state == StandingState.PAID
    clock.advance(timedelta(days=1))
    assert sweep(desk.payments) == SweepReport(0, 0)


def test_money_that_came_after_the_end_is_found(desk: Desk, clock: FixedClock) -> None:
    claim = desk.claim()
    attempt = desk.start(claim)
    scripted_of(desk).says(attempt.id, EvidenceStatus.EXPIRED)
    clock.advance(timedelta(minutes=2))
    sweep(desk.payments)
    scripted_of(desk).is_paid(attempt.id, 410)
    clock.advance(timedelta(minutes=10))
    sweep(desk.payments)
    assert desk.standing(claim).state == StandingState.PAID


def test_a_provider_that_is_down_does_not_hold_up_the_others(desk: Desk, clock: FixedClock) -> None:
    desk.start(desk.claim())
    other = desk.claim()
    attempt = desk.start(other, "paypay")
    scripted_of(desk).is_down = True
    scripted_of(desk, "paypay").is_paid(attempt.id, 410)
    clock.advance(timedelta(minutes=2))
    assert sweep(desk.payments) == SweepReport(1, 0)
    assert desk.standing(other).state == StandingState.PAID


def test_a_claim_paid_in_another_way_can_not_be_paid_again(desk: Desk, clock: FixedClock) -> None:
    claim = desk.claim()
    first, second = desk.start(claim), desk.start(claim, "paypay")
    scripted_of(desk).is_paid(first.id, 410)
    desk.ask(first)
    clock.advance(timedelta(minutes=2))
    sweep(desk.payments)
    assert desk.get(Attempt, second.id).state == AttemptState.CANCELLED
    assert scripted_of(desk, "paypay").truth[second.id].status == EvidenceStatus.EXPIRED


def test_who_says_pending_for_ever_is_not_believed(desk: Desk, clock: FixedClock) -> None:
    attempt = desk.start(desk.claim())
    clock.advance(timedelta(hours=25))
    sweep(desk.payments)
    assert desk.get(Attempt, attempt.id).state == AttemptState.EXPIRED


def test_pauses_grow_and_end(clock: FixedClock) -> None:
    start = clock()
    gaps = []
    for age in (timedelta(0), timedelta(minutes=10), timedelta(hours=5)):
        then = next_check(AttemptState.STARTED, created_at=start, ended_at=None, now=start + age)
        assert then is not None
        gaps.append(then - start - age)
    assert gaps == [timedelta(seconds=20), timedelta(minutes=2), timedelta(minutes=15)]
    for state, age in (
        (AttemptState.SUCCEEDED, timedelta(0)),
        (AttemptState.FAILED, timedelta(hours=25)),
    ):
        assert next_check(state, created_at=start, ended_at=start, now=start + age) is None
