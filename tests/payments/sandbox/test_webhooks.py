"""Webhooks arrive by real HTTP, signed, and can be spoiled on purpose."""

from datetime import timedelta

import pytest
from stripe import SignatureVerificationError, Webhook

from payments.sandbox.webhooks.delivery import RETRY_AFTER
from payments.sandbox.webhooks.signing import stripe_signature
from tests.payments.sandbox.world import MERCHANT, WEBHOOK_SECRET, Received, Sandbox


def kinds(received: list[Received]) -> list[str]:
    return [webhook.json.get("type") or webhook.json["state"] for webhook in received]


def test_stripe_signs_what_its_library_accepts(sandbox: Sandbox) -> None:
    session = sandbox.paid_card()
    assert sandbox.deliver() == 1
    webhook = sandbox.listener.received[0]
    assert webhook.path == "/webhooks/stripe"
    assert webhook.signature is not None
    # Tolerance in seconds: the sandbox's clock stands still, the library's does not.
    event = Webhook.construct_event(webhook.body, webhook.signature, WEBHOOK_SECRET, 10**9)
    assert (event.type, event.data.object["id"]) == ("checkout.session.completed", session.id)
    assert event.id == sandbox.stripe().v1.events.list().data[0].id
    with pytest.raises(SignatureVerificationError):
        Webhook.construct_event(webhook.body, webhook.signature, "whsec_other", 10**9)


def test_the_signature_of_a_known_body(sandbox: Sandbox) -> None:
    signature = stripe_signature("{}", "whsec_test", sandbox.clock())
    assert (
        signature
        == "t=1780448400,v1=3a856cf5f9c245c41584076ea421a6fa9d8deeb6cf2fc6a1ac858a4e3e559df9"
    )


def test_paypay_tells_the_state(sandbox: Sandbox) -> None:
    payment_id = sandbox.paid_code()["paymentId"]
    sandbox.deliver()
    notice = sandbox.listener.received[0]
    assert (notice.path, notice.signature) == ("/webhooks/paypay", None)
    assert notice.json["notification_type"] == "Transaction"
    assert notice.json["merchant_id"] == MERCHANT
    assert notice.json["order_id"] == payment_id
    assert notice.json["merchant_order_id"] == "attempt-2"
    assert (notice.json["state"], notice.json["order_amount"]) == ("COMPLETED", "410")
    assert notice.json["paid_at"] == "2026-06-03T10:00:00+09:00"


def test_twice(sandbox: Sandbox) -> None:
    sandbox.switch("duplicate")
    sandbox.paid_card()
    assert sandbox.deliver() == 2
    first, second = sandbox.listener.received
    assert first.body == second.body


def test_late(sandbox: Sandbox) -> None:
    sandbox.switch("late", late_seconds=60)
    sandbox.paid_card()
    assert sandbox.deliver() == 0
    sandbox.clock.advance(timedelta(seconds=59))
    assert sandbox.deliver() == 0
    sandbox.clock.advance(timedelta(seconds=1))
    assert sandbox.deliver() == 1


def test_out_of_order(sandbox: Sandbox) -> None:
    sandbox.switch("reorder")
    session = sandbox.session()
    sandbox.press(session.url, "decline")
    sandbox.press(session.url, "pay", card="4242424242424242")
    assert sandbox.deliver() == 0
    sandbox.clock.advance(timedelta(seconds=2))
    sandbox.deliver()
    assert kinds(sandbox.listener.received) == [
        "checkout.session.completed",
        "payment_intent.payment_failed",
    ]


def test_dropped_and_sent_again_by_hand(sandbox: Sandbox) -> None:
    sandbox.switch("drop")
    sandbox.paid_code()
    assert sandbox.deliver() == 0
    page = sandbox.http.get(f"{sandbox.url}/").text
    event_id = page.partition("/webhooks/")[2].partition("/send")[0]
    assert sandbox.http.post(f"{sandbox.url}/webhooks/{event_id}/send").status_code == 303
    assert sandbox.deliver() == 1
    assert kinds(sandbox.listener.received) == ["COMPLETED"]
    assert sandbox.http.post(f"{sandbox.url}/webhooks/none/send").status_code == 404


def test_tries_go_on_until_the_portal_says_yes(sandbox: Sandbox) -> None:
    sandbox.listener.status = "500 Internal Server Error"
    sandbox.paid_code()
    assert sandbox.deliver() == 1
    assert sandbox.deliver() == 0
    sandbox.clock.advance(RETRY_AFTER[0])
    assert sandbox.deliver() == 1
    sandbox.listener.status = "204 No Content"
    sandbox.clock.advance(RETRY_AFTER[1])
    assert sandbox.deliver() == 1
    sandbox.clock.advance(timedelta(days=3))
    assert sandbox.deliver() == 0


def test_tries_end(sandbox: Sandbox) -> None:
    sandbox.listener.status = "500 Internal Server Error"
    sandbox.paid_code()
    for _ in range(len(RETRY_AFTER) + 3):
        sandbox.deliver()
        sandbox.clock.advance(max(RETRY_AFTER))
    assert len(sandbox.listener.received) == len(RETRY_AFTER) + 1


def test_what_lapses_is_told_without_anyone_looking(sandbox: Sandbox) -> None:
    sandbox.code()
    sandbox.clock.advance(timedelta(minutes=5))
    sandbox.deliver()
    assert kinds(sandbox.listener.received) == ["EXPIRED"]


def test_the_courier_delivers_in_the_background(busy_sandbox: Sandbox) -> None:
    busy_sandbox.paid_card()
    assert busy_sandbox.listener.arrived.wait(20)


@pytest.mark.parametrize(
    "asked",
    [
        {"webhooks": "sometimes"},
        {"webhooks": 1},
        {"webhooks": []},
        {"late_seconds": -1},
        {"late_seconds": "x"},
        {"late_seconds": 10**9},
        [],
    ],
)
def test_wrong_switches_change_nothing(sandbox: Sandbox, asked: object) -> None:
    assert sandbox.http.post(f"{sandbox.url}/control", json=asked).status_code == 400
    state = sandbox.http.post(f"{sandbox.url}/control", json={}).json()
    assert state == {"webhooks": "normal", "late_seconds": 20}


def test_switches_work_by_form_too(sandbox: Sandbox) -> None:
    form = {"webhooks": "late", "late_seconds": "5"}
    assert sandbox.http.post(f"{sandbox.url}/control", data=form).status_code == 303
    page = sandbox.http.get(f"{sandbox.url}/?applied=1").text
    assert 'value="late" checked' in page
