"""Notifications trigger a look at the provider's truth, and prove nothing themselves."""

import json
import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from payments.attempts.models import Attempt
from payments.attempts.states import AttemptState
from payments.attempts.sweeper import sweep
from payments.providers.stripe_signature import sign
from payments.refunds.service import submit
from payments.webhooks.models import WebhookDelivery
from payments.webhooks.service import LARGEST_BODY, Outcome, Received, receive
from tests.payments.conftest import WEBHOOK_SECRET
from tests.payments.desk import Desk
from tests.payments.faults import FaultyLine
from tests.support.clock import FixedClock

Payer = Callable[[str | None, str], None]


def stripe_event(attempt: Attempt, event_id: str = "evt_1") -> bytes:
    session = {
        "id": attempt.provider_reference,
        "object": "checkout.session",
        "client_reference_id": attempt.id,
        "metadata": {"attempt_id": attempt.id},
        "payment_status": "paid",
    }
    event = {"id": event_id, "type": "checkout.session.completed", "data": {"object": session}}
    return json.dumps(event).encode()


def signed(body: bytes, clock: FixedClock, secret: str = WEBHOOK_SECRET) -> dict[str, str]:
    moment = int(clock().timestamp())
    return {"Stripe-Signature": f"t={moment},v1={sign(body, secret, moment)}"}


def paypay_notice(attempt_id: str, **changes: Any) -> bytes:
    notice = {
        "notification_type": "Transaction",
        "merchant_id": "merchant-1",
        "merchant_order_id": attempt_id,
        "order_amount": "410",
        "state": "COMPLETED",
    }
    return json.dumps(notice | changes).encode()


def stored(desk: Desk) -> int:
    with desk.payments.database.reading() as session:
        return session.scalar(select(func.count()).select_from(WebhookDelivery)) or 0


def test_a_signed_event_makes_us_ask(sandbox_desk: Desk, payer: Payer, clock: FixedClock) -> None:
    attempt = sandbox_desk.start(sandbox_desk.claim())
    body = stripe_event(attempt)
    payer(attempt.pay_url, "pay")
    received = receive(sandbox_desk.payments, "stripe", signed(body, clock), body)
    assert received == Received(Outcome.ACCEPTED, attempt.id)
    assert sandbox_desk.get(Attempt, attempt.id).state == AttemptState.SUCCEEDED
    again = receive(sandbox_desk.payments, "stripe", signed(body, clock), body)
    assert again.outcome == Outcome.DUPLICATE
    assert stored(sandbox_desk) == 1


def test_a_signed_lie_changes_nothing(sandbox_desk: Desk, clock: FixedClock) -> None:
    attempt = sandbox_desk.start(sandbox_desk.claim())
    body = stripe_event(attempt)
    receive(sandbox_desk.payments, "stripe", signed(body, clock), body)
    assert sandbox_desk.get(Attempt, attempt.id).state == AttemptState.STARTED


def test_an_event_about_something_else_is_kept(sandbox_desk: Desk, clock: FixedClock) -> None:
    body = json.dumps(
        {"id": "evt_9", "type": "payout.paid", "data": {"object": {"object": "payout"}}}
    ).encode()
    received = receive(sandbox_desk.payments, "stripe", signed(body, clock), body)
    assert received == Received(Outcome.ACCEPTED)
    assert stored(sandbox_desk) == 1


def test_forged_replayed_and_broken_deliveries_are_refused_and_logged(
    sandbox_desk: Desk, payer: Payer, clock: FixedClock, caplog: pytest.LogCaptureFixture
) -> None:
    attempt = sandbox_desk.start(sandbox_desk.claim())
    payer(attempt.pay_url, "pay")
    body = stripe_event(attempt)
    good = signed(body, clock)
    bad: list[tuple[str, dict[str, str], bytes]] = [
        ("stripe", {}, body),
        ("stripe", signed(body, clock, "whsec_wrong"), body),
        ("stripe", good, body.replace(b"evt_1", b"evt_2")),
        ("stripe", signed(b"[]", clock), b"[]"),
        ("stripe", signed(b"{", clock), b"{"),
        ("stripe", signed(b"{}", clock), b"{}"),
        ("stripe", {"Stripe-Signature": f"t={'9' * 400},v1=00"}, body),
        ("stripe", good, b"x" * (LARGEST_BODY + 1)),
        ("nobody", good, body),
        ("paypay", {}, b"\xff"),
        ("paypay", {}, paypay_notice(attempt.id).decode().encode("utf-16")),
        ("paypay", {}, paypay_notice("unknown")),
        ("paypay", {}, paypay_notice("\0")),
        ("paypay", {}, paypay_notice("\ud800")),
        ("paypay", {}, paypay_notice(attempt.id)),
        ("paypay", {}, paypay_notice(attempt.id, merchant_id="another")),
    ]
    with caplog.at_level(logging.WARNING):
        for provider, headers, content in bad:
            received = receive(sandbox_desk.payments, provider, headers, content)
            assert received.outcome == Outcome.REFUSED, (provider, headers, content)
    clock.advance(timedelta(minutes=6))
    assert receive(sandbox_desk.payments, "stripe", good, body).outcome == Outcome.REFUSED
    assert caplog.text.count("refused") >= len(bad)
    assert stored(sandbox_desk) == 0
    assert sandbox_desk.get(Attempt, attempt.id).state == AttemptState.STARTED


def test_an_unsigned_notice_of_paypay_makes_us_ask(sandbox_desk: Desk, payer: Payer) -> None:
    attempt = sandbox_desk.start(sandbox_desk.claim(), "paypay")
    notice = paypay_notice(attempt.id)
    assert receive(sandbox_desk.payments, "paypay", {}, notice).outcome == Outcome.ACCEPTED
    assert sandbox_desk.get(Attempt, attempt.id).state == AttemptState.STARTED
    payer(attempt.pay_url, "pay")
    later = paypay_notice(attempt.id, paid_at="2026-06-03T10:00:00+09:00")
    assert receive(sandbox_desk.payments, "paypay", {}, later).outcome == Outcome.ACCEPTED
    assert sandbox_desk.get(Attempt, attempt.id).state == AttemptState.SUCCEEDED
    assert receive(sandbox_desk.payments, "paypay", {}, later).outcome == Outcome.DUPLICATE


def test_the_sweeper_asks_when_the_provider_did_not_answer(
    sandbox_desk: Desk, payer: Payer, line: FaultyLine, clock: FixedClock
) -> None:
    attempt = sandbox_desk.start(sandbox_desk.claim(), "paypay")
    payer(attempt.pay_url, "pay")
    line.before["GET /v2/codes"] = 1
    notice = paypay_notice(attempt.id)
    assert receive(sandbox_desk.payments, "paypay", {}, notice).outcome == Outcome.ACCEPTED
    assert sandbox_desk.get(Attempt, attempt.id).state == AttemptState.STARTED
    sweep(sandbox_desk.payments)
    assert sandbox_desk.get(Attempt, attempt.id).state == AttemptState.SUCCEEDED


def test_a_delivery_that_was_not_finished_is_taken_up_when_it_comes_again(
    sandbox_desk: Desk, payer: Payer, line: FaultyLine
) -> None:
    attempt = sandbox_desk.start(sandbox_desk.claim(), "paypay")
    payer(attempt.pay_url, "pay")
    notice = paypay_notice(attempt.id)
    line.before["GET /v2/codes"] = 1
    receive(sandbox_desk.payments, "paypay", {}, notice)
    assert receive(sandbox_desk.payments, "paypay", {}, notice).outcome == Outcome.ACCEPTED
    assert sandbox_desk.get(Attempt, attempt.id).state == AttemptState.SUCCEEDED
    assert stored(sandbox_desk) == 1


def test_an_event_about_a_refund_of_ours(
    sandbox_desk: Desk, payer: Payer, clock: FixedClock
) -> None:
    claim = sandbox_desk.claim()
    attempt = sandbox_desk.start(claim)
    payer(attempt.pay_url, "pay")
    sandbox_desk.ask(attempt)
    refund = sandbox_desk.refund(attempt, 100)
    submit(sandbox_desk.payments, refund.id)
    about = {
        "object": "refund",
        "metadata": {"attempt_id": attempt.id, "refund_id": refund.id},
    }
    body = json.dumps({"id": "evt_3", "type": "refund.updated", "data": {"object": about}}).encode()
    received = receive(sandbox_desk.payments, "stripe", signed(body, clock), body)
    assert received == Received(Outcome.ACCEPTED, attempt.id)
    assert sandbox_desk.standing(claim).refundable == 310
