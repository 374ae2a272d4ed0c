"""What the providers' answers mean, and how their requests and notifications are signed."""

import base64
import hashlib
import hmac
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payments.providers.base import (
    EvidenceStatus,
    ProviderUnavailable,
    RefundStatus,
    WebhookRefused,
)
from payments.providers.paypay import read_payment
from payments.providers.paypay import read_refund as read_paypay_refund
from payments.providers.paypay_signature import authorization
from payments.providers.stripe_card import read_refund, read_session
from payments.providers.stripe_signature import TOLERANCE, sign, verify
from payments.providers.webhook_json import read_object, text_at
from tests.support.clock import FixedClock

BODY = b'{"id": "evt_1"}'


def session(status: str, intent: str | None, **charge: Any) -> dict[str, Any]:
    return {
        "id": "cs_1",
        "status": status,
        "payment_status": "paid" if intent == "succeeded" else "unpaid",
        "livemode": False,
        "client_reference_id": "attempt",
        "payment_intent": intent
        and {
            "id": "pi_1",
            "status": intent,
            "amount_received": 410,
            "currency": "jpy",
            "latest_charge": {"id": "ch_1", "created": 1_780_448_400, **charge},
        },
    }


@pytest.mark.parametrize(
    ("status", "intent", "meaning"),
    [
        ("open", None, EvidenceStatus.PENDING),
        ("open", "requires_payment_method", EvidenceStatus.PENDING),
        ("expired", None, EvidenceStatus.EXPIRED),
        ("expired", "canceled", EvidenceStatus.EXPIRED),
        ("expired", "succeeded", EvidenceStatus.SUCCEEDED),
        ("complete", "succeeded", EvidenceStatus.SUCCEEDED),
        ("complete", "processing", EvidenceStatus.PENDING),
        ("complete", "requires_payment_method", EvidenceStatus.FAILED),
        ("complete", "canceled", EvidenceStatus.CANCELLED),
    ],
)
def test_a_checkout_session(status: str, intent: str | None, meaning: EvidenceStatus) -> None:
    evidence = read_session(session(status, intent))
    assert evidence.status == meaning
    assert (evidence.amount is not None) == (meaning == EvidenceStatus.SUCCEEDED)
    assert evidence.reference == "attempt"


def test_a_paid_session_names_its_money() -> None:
    evidence = read_session(session("complete", "succeeded", amount_refunded=100))
    assert (evidence.amount, evidence.currency, evidence.transaction_id) == (410, "JPY", "pi_1")
    assert (evidence.merchant, evidence.refunded) == ("stripe:test", 100)


def test_words_that_stripe_does_not_have() -> None:
    with pytest.raises(ProviderUnavailable):
        read_session(session("complete", "brand_new"))
    with pytest.raises(ProviderUnavailable):
        read_refund({"id": "re_1", "status": "brand_new", "amount": 1, "currency": "jpy"})


@pytest.mark.parametrize(
    ("status", "accepted", "refunds", "meaning", "refunded"),
    [
        ("CREATED", None, None, EvidenceStatus.PENDING, 0),
        ("AUTHORIZED", 1_780_448_400, None, EvidenceStatus.PENDING, 0),
        ("COMPLETED", 1_780_448_400, None, EvidenceStatus.SUCCEEDED, 0),
        ("REFUNDED", 1_780_448_400, [100, 50], EvidenceStatus.SUCCEEDED, 150),
        ("REFUNDED", 1_780_448_400, None, EvidenceStatus.SUCCEEDED, 410),
        ("CANCELED", None, None, EvidenceStatus.CANCELLED, 0),
        ("CANCELED", 1_780_448_400, None, EvidenceStatus.CANCELLED, 410),
        ("EXPIRED", None, None, EvidenceStatus.EXPIRED, 0),
        ("FAILED", None, None, EvidenceStatus.FAILED, 0),
    ],
)
def test_a_paypay_payment(
    status: str,
    accepted: int | None,
    refunds: list[int] | None,
    meaning: EvidenceStatus,
    refunded: int,
) -> None:
    evidence = read_payment(
        {
            "status": status,
            "acceptedAt": accepted,
            "paymentId": "1",
            "merchantPaymentId": "attempt",
            "amount": {"amount": 410, "currency": "JPY"},
            "refunds": refunds
            and {
                "data": [
                    {"status": "REFUNDED", "amount": {"amount": yen, "currency": "JPY"}}
                    for yen in refunds
                ]
            },
        }
    )
    assert (evidence.status, evidence.refunded) == (meaning, refunded)


def test_words_that_paypay_does_not_have() -> None:
    for read in (read_payment, read_paypay_refund):
        with pytest.raises(ProviderUnavailable):
            read({"status": "BRAND_NEW"})
    assert read_paypay_refund({"status": "REFUNDED"}).status == RefundStatus.SUCCEEDED


def test_the_authorization_of_paypay() -> None:
    """Recomputed by hand from the description of the API."""
    kind, body = "application/json;charset=UTF-8", b'{"amount":1}'
    digest = base64.b64encode(hashlib.md5(kind.encode() + body).digest()).decode()
    message = f"/v2/codes\nPOST\nacd028\n1579843452\n{kind}\n{digest}"
    mac = base64.b64encode(hmac.new(b"secret", message.encode(), hashlib.sha256).digest())
    made = authorization(
        key="key",
        secret="secret",
        method="POST",
        path="/v2/codes",
        content_type=kind,
        body=body,
        nonce="acd028",
        epoch=1579843452,
    )
    assert made == f"hmac OPA-Auth:key:{mac.decode()}:acd028:1579843452:{digest}"


def test_the_authorization_of_paypay_without_a_body() -> None:
    mac = base64.b64encode(
        hmac.new(b"secret", b"/v2/x\nGET\nn\n1\nempty\nempty", hashlib.sha256).digest()
    )
    made = authorization(
        key="key",
        secret="secret",
        method="GET",
        path="/v2/x",
        content_type="application/json",
        body=b"",
        nonce="n",
        epoch=1,
    )
    assert made == f"hmac OPA-Auth:key:{mac.decode()}:n:1:empty"


def test_any_of_several_secrets_may_have_signed(clock: FixedClock) -> None:
    moment = int(clock().timestamp())
    header = f"t={moment},v1={'0' * 64},v1={sign(BODY, 'new', moment)},v0=x"
    verify(BODY, header, ("old", "new"), clock())


@pytest.mark.parametrize("age", [TOLERANCE + 1, -TOLERANCE - 1])
def test_too_old_or_from_the_future(clock: FixedClock, age: int) -> None:
    moment = int(clock().timestamp()) - age
    with pytest.raises(WebhookRefused, match="old"):
        verify(BODY, f"t={moment},v1={sign(BODY, 's', moment)}", ("s",), clock())


@pytest.mark.parametrize("header", [None, "", "t=x,v1=y", "v1=abc", "t=1", "nonsense", "t=,v1="])
def test_headers_that_say_nothing(clock: FixedClock, header: str | None) -> None:
    with pytest.raises(WebhookRefused):
        verify(BODY, header, ("s",), clock())


def test_no_secret_accepts_nothing(clock: FixedClock) -> None:
    moment = int(clock().timestamp())
    with pytest.raises(WebhookRefused):
        verify(BODY, f"t={moment},v1={sign(BODY, '', moment)}", (), clock())


@given(st.text(max_size=60))
def test_no_header_breaks_the_check(header: str) -> None:
    with pytest.raises(WebhookRefused):
        verify(BODY, header, ("s",), FixedClock()())


@given(st.binary(max_size=60))
def test_no_body_breaks_the_reader(body: bytes) -> None:
    try:
        text_at(read_object(body), "data", "object", "id")
    except WebhookRefused:
        return
