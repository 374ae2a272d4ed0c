"""The adapters over real HTTP against the sandbox, which answers like the real services."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from payments.attempts.models import Attempt
from payments.attempts.service import cancel
from payments.attempts.states import AttemptState
from payments.attempts.sweeper import sweep
from payments.claims.service import LineDraft
from payments.claims.standing import StandingState
from payments.providers.base import FetchRequest, ProviderRefused, ProviderUnavailable
from payments.refunds.models import Refund
from payments.refunds.service import gather_refund_evidence, submit
from payments.refunds.states import RefundState
from tests.payments.desk import Desk
from tests.payments.faults import FaultyLine
from tests.support.clock import FixedClock

Payer = Callable[[str | None, str], None]

PROVIDERS = ("stripe", "paypay")
CREATE = {"stripe": "POST /v1/checkout/sessions", "paypay": "POST /v2/codes"}
REFUND = {"stripe": "POST /v1/refunds", "paypay": "POST /v2/refunds"}

#: What the stripe library does by itself before it gives up.
TRIES = {"stripe": 2, "paypay": 1}


@pytest.mark.parametrize("name", PROVIDERS)
def test_paid(sandbox_desk: Desk, payer: Payer, clock: FixedClock, name: str) -> None:
    claim = sandbox_desk.claim()
    attempt = sandbox_desk.start(claim, name)
    assert attempt.expires_at is not None
    assert attempt.expires_at > clock()
    assert sandbox_desk.ask(attempt).state == AttemptState.STARTED
    payer(attempt.pay_url, "pay")
    seen = sandbox_desk.ask(attempt)
    assert (seen.state, seen.flag, seen.succeeded_at) == (AttemptState.SUCCEEDED, None, clock())
    assert seen.transaction_id
    assert sandbox_desk.standing(claim).state == StandingState.PAID
    sandbox_desk.check_ledger()


def test_a_code_is_for_the_screen_and_for_the_phone(sandbox_desk: Desk) -> None:
    attempt = sandbox_desk.start(sandbox_desk.claim(), "paypay")
    assert attempt.qr_text == attempt.pay_url


def test_a_declined_card_can_be_tried_again(sandbox_desk: Desk, payer: Payer) -> None:
    attempt = sandbox_desk.start(sandbox_desk.claim())
    payer(attempt.pay_url, "decline")
    seen = sandbox_desk.ask(attempt)
    assert (seen.state, seen.failure) == (AttemptState.STARTED, "Your card was declined.")
    payer(attempt.pay_url, "pay")
    seen = sandbox_desk.ask(attempt)
    assert (seen.state, seen.failure) == (AttemptState.SUCCEEDED, None)


def test_a_declined_code_has_failed(sandbox_desk: Desk, payer: Payer) -> None:
    attempt = sandbox_desk.start(sandbox_desk.claim(), "paypay")
    payer(attempt.pay_url, "decline")
    assert sandbox_desk.ask(attempt).state == AttemptState.FAILED


@pytest.mark.parametrize("name", PROVIDERS)
def test_not_paid_in_time(sandbox_desk: Desk, clock: FixedClock, name: str) -> None:
    attempt = sandbox_desk.start(sandbox_desk.claim(), name)
    clock.advance(timedelta(hours=1))
    assert sandbox_desk.ask(attempt).state == AttemptState.EXPIRED


@pytest.mark.parametrize("name", PROVIDERS)
def test_cancelled(sandbox_desk: Desk, payer: Payer, name: str) -> None:
    attempt = sandbox_desk.start(sandbox_desk.claim(), name)
    pay_url = attempt.pay_url
    assert cancel(sandbox_desk.payments, attempt.id).state == AttemptState.CANCELLED
    payer(pay_url, "pay")
    assert sandbox_desk.ask(attempt).state == AttemptState.CANCELLED


@pytest.mark.parametrize("name", PROVIDERS)
def test_cancelling_comes_too_late(sandbox_desk: Desk, payer: Payer, name: str) -> None:
    attempt = sandbox_desk.start(sandbox_desk.claim(), name)
    payer(attempt.pay_url, "pay")
    assert cancel(sandbox_desk.payments, attempt.id).state == AttemptState.SUCCEEDED


def test_the_same_start_again_is_the_same_session(sandbox_desk: Desk, line: FaultyLine) -> None:
    """The first answer is lost on the way; the library repeats the request by itself."""
    line.after[CREATE["stripe"]] = 1
    attempt = sandbox_desk.start(sandbox_desk.claim())
    assert attempt.state == AttemptState.STARTED


@pytest.mark.parametrize("name", PROVIDERS)
@pytest.mark.parametrize("done", [False, True])
def test_no_answer_to_a_start(
    sandbox_desk: Desk, line: FaultyLine, clock: FixedClock, name: str, done: bool
) -> None:
    (line.after if done else line.before)[CREATE[name]] = TRIES[name]
    claim = sandbox_desk.claim()
    with pytest.raises(ProviderUnavailable):
        sandbox_desk.start(claim, name)
    clock.advance(timedelta(minutes=1))
    sweep(sandbox_desk.payments)
    with sandbox_desk.payments.database.reading() as session:
        attempt = session.scalars(select(Attempt)).one()
    if name == "paypay" and done:
        # PayPay tells the address of a code once; nobody has it, and it lapses.
        assert attempt.state == AttemptState.FAILED
    else:
        assert attempt.state == AttemptState.STARTED
        assert attempt.pay_url
    assert sandbox_desk.start(claim, name).pay_url


@pytest.mark.parametrize("name", PROVIDERS)
def test_refunded(sandbox_desk: Desk, payer: Payer, name: str) -> None:
    claim = sandbox_desk.claim()
    attempt = sandbox_desk.start(claim, name)
    payer(attempt.pay_url, "pay")
    sandbox_desk.ask(attempt)
    for amount in (100, 310):
        refund = sandbox_desk.refund(attempt, amount)
        assert submit(sandbox_desk.payments, refund.id).state == RefundState.SUCCEEDED
        assert gather_refund_evidence(sandbox_desk.payments, refund.id).failure is None
    assert sandbox_desk.ask(attempt).state == AttemptState.SUCCEEDED
    stands = sandbox_desk.standing(claim)
    assert (stands.refunded, stands.refundable, stands.outstanding) == (410, 0, 0)
    assert sandbox_desk.balances(claim) == {}
    sandbox_desk.check_ledger()


@pytest.mark.parametrize("name", PROVIDERS)
@pytest.mark.parametrize("done", [False, True])
def test_no_answer_to_a_refund(
    sandbox_desk: Desk, payer: Payer, line: FaultyLine, name: str, done: bool
) -> None:
    claim = sandbox_desk.claim()
    attempt = sandbox_desk.start(claim, name)
    payer(attempt.pay_url, "pay")
    sandbox_desk.ask(attempt)
    refund = sandbox_desk.refund(attempt, 100)
    (line.after if done else line.before)[REFUND[name]] = TRIES[name]
    with pytest.raises(ProviderUnavailable):
        submit(sandbox_desk.payments, refund.id)
    assert sandbox_desk.get(Refund, refund.id).state == RefundState.SUBMITTED
    assert submit(sandbox_desk.payments, refund.id).state == RefundState.SUCCEEDED
    sandbox_desk.ask(attempt)
    stands = sandbox_desk.standing(claim)
    assert (stands.refunded, stands.refundable, stands.outstanding) == (100, 310, 0)
    assert sandbox_desk.balances(claim)[f"clearing:{name}"] == 310


def test_a_definite_no_is_told_apart(sandbox_desk: Desk) -> None:
    with pytest.raises(ProviderRefused):  # less than Stripe charges
        sandbox_desk.start(sandbox_desk.claim([LineDraft("postage", "郵送料", 10)]))


def test_unknown_payments(sandbox_desk: Desk) -> None:
    for name, reference in (("stripe", "cs_test_unknown"), ("stripe", None), ("paypay", None)):
        provider = sandbox_desk.payments.providers[name]
        assert provider.fetch(FetchRequest("unknown", reference)).status == "not_found"


@pytest.mark.parametrize("name", PROVIDERS)
def test_nobody_answers(sandbox_desk: Desk, line: FaultyLine, name: str) -> None:
    attempt = sandbox_desk.start(sandbox_desk.claim(), name)
    line.before["GET "] = 9
    with pytest.raises(ProviderUnavailable):
        sandbox_desk.ask(attempt)
