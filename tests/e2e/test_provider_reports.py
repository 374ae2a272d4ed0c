"""What providers report, forged, repeated, late or out of order, is only a reason to ask them."""

import hashlib
import hmac
import json
import time
from collections.abc import Iterator, Mapping

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.steps.certificates import ask_for_residence_record
from tests.e2e.steps.patience import look_until
from tests.e2e.steps.paying import CARD, choose_means
from tests.support.system import RunningSystem

SECRET = "whsec_sandbox"


@pytest.fixture
def switch(system: RunningSystem) -> Iterator[None]:
    """Webhooks are delivered as usual again when the test is over."""
    yield
    httpx.post(f"{system.sandbox_url}/control", json={"webhooks": "normal", "late_seconds": 20})


def at_card_page(page: Page, persona: str) -> tuple[str, str]:
    """An application that waits for its card payment; its address and that of the payment page."""
    ask_for_residence_record(page, persona)
    application = page.url.removesuffix("/pay")
    choose_means(page, CARD)
    expect(page.get_by_role("heading", name="カードで支払う")).to_be_visible()
    return application, page.url.partition("?")[0]


def report(system: RunningSystem, event: Mapping[str, object], secret: str, moment: float) -> int:
    """Post an event as Stripe would, signed with this secret at this moment."""
    body = json.dumps(event).encode()
    signed = hmac.new(secret.encode(), f"{int(moment)}.".encode() + body, hashlib.sha256)
    return httpx.post(
        f"{system.url}/webhooks/stripe",
        content=body,
        headers={
            "Stripe-Signature": f"t={int(moment)},v1={signed.hexdigest()}",
            "Content-Type": "application/json",
        },
    ).status_code


def test_what_is_forged_or_old_is_refused_and_logged(page: Page, system: RunningSystem) -> None:
    application, checkout = at_card_page(page, "yumiko")
    attempt = httpx.get(
        f"{system.sandbox_url}/v1/checkout/sessions/{checkout.rpartition('/')[2]}",
        auth=("sk_test_sandbox", ""),
    ).json()
    event = {
        "id": "evt_forged",
        "object": "event",
        "type": "checkout.session.completed",
        "data": {"object": {**attempt, "status": "complete", "payment_status": "paid"}},
    }
    now = time.time()
    assert report(system, event, "whsec_guessed", now) == 400
    assert report(system, event, SECRET, now - 3600) == 400
    refused = [line for line in system.tail(50).splitlines() if "refused" in line]
    assert any("no signature matches" in line for line in refused)
    assert any("too old" in line for line in refused)
    for body in (b"", b"{", b"null", b"\xff\xfe", b"[]"):
        answer = httpx.post(f"{system.url}/webhooks/paypay", content=body)
        assert answer.status_code == 400
    assert httpx.post(f"{system.url}/webhooks/nobody", content=b"{}").status_code == 404

    # Even a report that is signed rightly only makes us ask; the provider says: not paid.
    assert report(system, event, SECRET, now) == 200
    assert report(system, event, SECRET, now) == 200
    page.goto(application)
    expect(page.get_by_text("支払い待ち").first).to_be_visible()


@pytest.mark.parametrize("mode", ["duplicate", "late", "reorder"])
@pytest.mark.usefixtures("switch")
def test_however_it_is_reported_it_is_booked_once(
    page: Page, system: RunningSystem, mode: str
) -> None:
    httpx.post(f"{system.sandbox_url}/control", json={"webhooks": mode, "late_seconds": 1})
    application, checkout = at_card_page(page, "makoto")
    paid = httpx.post(checkout, data={"action": "pay", "card": "4242 4242 4242 4242"})
    assert paid.status_code == 303
    # The payer closes the browser: the provider's report alone brings the news.
    look_until(page, application, lambda page: page.get_by_text("受付しました"), seconds=15)
    page.goto(f"{application}/receipt")
    expect(page.get_by_text("クレジットカード　300円")).to_have_count(1)
    page.goto(application)
    expect(page.get_by_text("支払いが終わりました")).to_have_count(1)
