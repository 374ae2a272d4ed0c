"""The Open Payment API: signatures, codes, refunds."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from payments.sandbox.paypay.signature import SignedRequest, body_hash, mac
from tests.payments.sandbox.world import RETURN, Sandbox, heading


def info(answer: Any) -> str:
    code: str = answer.json()["resultInfo"]["code"]
    return code


def test_the_signature_of_a_known_request() -> None:
    """Computed once by hand with openssl from the published rule."""
    body = b'{"sampleRequestBodyKey1":"sampleRequestBodyValue1"}'
    digest = body_hash("application/json", body)
    request = SignedRequest("/v2/codes", "POST", "application/json", body, "")
    assert digest == "W01zCjTuKBfccs3kY+aFiw=="
    assert mac(request, "APIKeySecretGenerated", "acd028", "1579843452", digest) == (
        "I58C0ENutLH4oDSvu0YZ/lcuvJ01cpII4P/r/15bNgw="
    )


def test_a_request_without_body_says_empty() -> None:
    assert body_hash("application/json", b"") == "empty"
    request = SignedRequest("/v2/codes/payments/x", "GET", "application/json", b"", "")
    assert mac(request, "APIKeySecretGenerated", "acd028", "1579843452", "empty") == (
        "DfUbA3PjrO5hliHXv9V0xsSdAlCuCTt70R7JWrh0BaM="
    )


@pytest.mark.parametrize("offset", [-121, -120, 120, 121])
def test_a_stale_signature_is_refused(sandbox: Sandbox, offset: int) -> None:
    epoch = int(sandbox.clock().timestamp()) + offset
    answer = sandbox.opa("GET", "/v2/codes/payments/x", epoch=epoch)
    assert (answer.status_code, info(answer)) == (401, "UNAUTHORIZED")


@pytest.mark.parametrize("offset", [-119, 0, 119])
def test_a_signature_within_two_minutes_is_taken(sandbox: Sandbox, offset: int) -> None:
    epoch = int(sandbox.clock().timestamp()) + offset
    answer = sandbox.opa("GET", "/v2/codes/payments/x", epoch=epoch)
    assert info(answer) == "DYNAMIC_QR_PAYMENT_NOT_FOUND"


def test_a_nonce_is_taken_once(sandbox: Sandbox) -> None:
    assert sandbox.opa("GET", "/v2/codes/payments/x", nonce="same").status_code == 400
    assert sandbox.opa("GET", "/v2/codes/payments/x", nonce="same").status_code == 401


def test_a_wrong_secret_merchant_or_header_is_refused(sandbox: Sandbox) -> None:
    assert sandbox.opa("GET", "/v2/codes/payments/x", secret="other").status_code == 401
    answer = sandbox.opa("GET", "/v2/codes/payments/x", headers={"X-ASSUME-MERCHANT": "1"})
    assert info(answer) == "OP_OUT_OF_SCOPE"
    for header in ("", "hmac OPA-Auth:", "hmac OPA-Auth:a:b:c:d:e:f", "Bearer x"):
        answer = sandbox.opa("GET", "/v2/codes/payments/x", headers={"Authorization": header})
        assert info(answer) == "UNAUTHORIZED"


def test_a_code_is_paid_on_the_phone(sandbox: Sandbox) -> None:
    answer = sandbox.code()
    assert (answer.status_code, info(answer)) == (201, "SUCCESS")
    data = answer.json()["data"]
    assert data["codeId"].startswith("04-")
    assert data["expiryDate"] == int(sandbox.clock().timestamp()) + 300
    assert sandbox.payment()["data"]["status"] == "CREATED"
    page = sandbox.http.get(data["url"])
    assert "410円" in page.text and "サンドボックス" in page.text
    paid = sandbox.press(data["url"], "pay")
    assert (paid.status_code, paid.headers["Location"]) == (303, RETURN)
    payment = sandbox.payment()["data"]
    assert payment["status"] == "COMPLETED"
    assert payment["amount"] == {"amount": 410, "currency": "JPY"}
    assert payment["acceptedAt"] == int(sandbox.clock().timestamp())
    assert heading(sandbox.press(data["url"], "pay")) == "支払いが終わりました"


@pytest.mark.parametrize(
    ("action", "status"), [("decline", "FAILED"), ("abandon", "CREATED"), ("other", "CREATED")]
)
def test_a_code_is_declined_or_left(sandbox: Sandbox, action: str, status: str) -> None:
    url = sandbox.code().json()["data"]["url"]
    sandbox.press(url, action)
    assert sandbox.payment()["data"]["status"] == status


def test_without_web_link_the_phone_stays_where_it_is(sandbox: Sandbox) -> None:
    url = sandbox.code(redirectType="APP_DEEP_LINK").json()["data"]["url"]
    assert heading(sandbox.press(url, "abandon")) == "支払わずに閉じました"
    assert heading(sandbox.press(url, "pay")) == "支払いが終わりました"


def test_a_code_expires(sandbox: Sandbox) -> None:
    url = sandbox.code().json()["data"]["url"]
    sandbox.clock.advance(timedelta(minutes=5))
    assert sandbox.payment()["data"]["status"] == "EXPIRED"
    assert heading(sandbox.press(url, "pay")) == "支払いの期限が過ぎました"


def test_a_merchant_payment_id_is_used_once(sandbox: Sandbox) -> None:
    sandbox.code()
    answer = sandbox.code()
    assert (answer.status_code, info(answer)) == (400, "DUPLICATE_DYNAMIC_QR_REQUEST")


@pytest.mark.parametrize(
    "changes",
    [
        {"amount": {"amount": 0, "currency": "JPY"}},
        {"amount": {"amount": "410", "currency": "JPY"}},
        {"amount": {"amount": True, "currency": "JPY"}},
        {"amount": {"amount": 410, "currency": "USD"}},
        {"amount": 410},
        {"codeType": "OTHER"},
        {"merchantPaymentId": "x" * 65},
        {"merchantPaymentId": "日本"},
        {"redirectUrl": "javascript:alert(1)"},
        {"isAuthorization": True},
    ],
)
def test_wrong_parameters_are_refused(sandbox: Sandbox, changes: dict[str, Any]) -> None:
    assert info(sandbox.code(**changes)) == "INVALID_REQUEST_PARAMS"


def test_missing_parameters_and_a_broken_body_are_refused(sandbox: Sandbox) -> None:
    assert info(sandbox.code(amount_=1, merchantPaymentId=None)) == "MISSING_REQUEST_PARAMS"
    assert info(sandbox.opa("POST", "/v2/codes", {})) == "MISSING_REQUEST_PARAMS"
    assert info(sandbox.opa("POST", "/v2/codes", [])) == "INVALID_REQUEST_PARAMS"  # type: ignore[arg-type]
    for content in (b"", b"{", b"[" * 100_000, b'{"orderDescription": "\\ud800"}', b"\xff"):
        assert info(sandbox.signed("POST", "/v2/codes", content)) == "INVALID_REQUEST_PARAMS"
    assert sandbox.opa("GET", "/v2/other").status_code == 404


def test_a_code_is_deleted_before_it_is_paid(sandbox: Sandbox) -> None:
    code_id = sandbox.code().json()["data"]["codeId"]
    assert info(sandbox.opa("DELETE", f"/v2/codes/{code_id}")) == "SUCCESS"
    assert sandbox.payment()["data"]["status"] == "CANCELED"
    assert info(sandbox.opa("DELETE", "/v2/codes/04-none")) == "DYNAMIC_QR_NOT_FOUND"
    paid = sandbox.code("attempt-3").json()["data"]
    sandbox.press(paid["url"], "pay")
    answer = sandbox.opa("DELETE", f"/v2/codes/{paid['codeId']}")
    assert info(answer) == "DYNAMIC_QR_ALREADY_PAID"


@pytest.mark.parametrize(
    ("later", "code"),
    [
        (datetime(2026, 6, 3, 15, 14, 59, tzinfo=UTC), "REQUEST_ACCEPTED"),
        (datetime(2026, 6, 3, 15, 15, 0, tzinfo=UTC), "ORDER_NOT_REVERSIBLE"),
    ],
)
def test_a_payment_is_cancelled_until_a_quarter_past_midnight(
    sandbox: Sandbox, later: datetime, code: str
) -> None:
    sandbox.paid_code()
    sandbox.clock.set(later)
    assert info(sandbox.opa("DELETE", "/v2/payments/attempt-2")) == code


def test_refunds_go_back_in_parts_but_never_beyond(sandbox: Sandbox) -> None:
    payment_id = sandbox.paid_code(amount=410)["paymentId"]
    answer = sandbox.refund_code(payment_id, 400)
    assert (answer.status_code, answer.json()["data"]["status"]) == (201, "REFUNDED")
    assert info(sandbox.refund_code(payment_id, 11, "refund-3")) == "INVALID_PARAMS"
    assert info(sandbox.refund_code(payment_id, 10, "refund-3")) == "SUCCESS"
    payment = sandbox.payment()["data"]
    assert payment["status"] == "REFUNDED"
    assert [refund["amount"]["amount"] for refund in payment["refunds"]["data"]] == [400, 10]


def test_the_same_refund_again_answers_the_same(sandbox: Sandbox) -> None:
    payment_id = sandbox.paid_code()["paymentId"]
    first = sandbox.refund_code(payment_id, 100).json()["data"]
    assert sandbox.refund_code(payment_id, 100).json()["data"] == first
    assert info(sandbox.refund_code(payment_id, 101)) == "INVALID_PARAMS"
    assert sandbox.opa("GET", "/v2/refunds/refund-2").json()["data"] == first
    assert info(sandbox.opa("GET", "/v2/refunds/none")) == "NO_SUCH_REFUND_ORDER"


def test_what_was_not_paid_is_not_refunded(sandbox: Sandbox) -> None:
    sandbox.code()
    payment_id = sandbox.payment()["data"]["paymentId"]
    assert info(sandbox.refund_code(payment_id, 1)) == "UNACCEPTABLE_OP"
    assert info(sandbox.refund_code("404", 1)) == "RESOURCE_NOT_FOUND"
