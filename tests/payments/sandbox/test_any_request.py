"""Whatever is asked, the answer is an object or a refusal, never a fault."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from foundation.database import Database
from payments.sandbox import SandboxSettings
from payments.sandbox.paypay.codes import create_code
from payments.sandbox.paypay.refunds import create_refund
from payments.sandbox.paypay.results import PayPayRefusal
from payments.sandbox.store import SandboxBase
from payments.sandbox.stripe.errors import StripeError
from payments.sandbox.stripe.form import Params, decode
from payments.sandbox.stripe.sessions import create_session
from tests.payments.sandbox.world import MERCHANT
from tests.support.clock import FixedClock

NAMES = st.sampled_from(
    [
        "mode",
        "line_items[0][quantity]",
        "line_items[0][price_data][currency]",
        "line_items[0][price_data][unit_amount]",
        "line_items[0][price_data][product_data][name]",
        "line_items[]",
        "line_items",
        "metadata[a]",
        "metadata",
        "payment_intent_data[metadata][a]",
        "payment_intent_data",
        "expires_at",
        "success_url",
        "cancel_url",
        "locale",
        "client_reference_id",
    ]
)
VALUES = st.sampled_from(["payment", "jpy", "1", "300", "-1", "http://a", "", "x" * 300, "²"])

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=5,
)
BODY_KEYS = (
    "merchantPaymentId",
    "merchantRefundId",
    "paymentId",
    "codeType",
    "redirectUrl",
    "redirectType",
    "orderDescription",
    "requestedAt",
    "reason",
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A store that all examples share; each is rolled back."""
    path: Path = tmp_path_factory.mktemp("any") / "sandbox.sqlite"
    database = Database(f"sqlite:///{path}")
    SandboxBase.metadata.create_all(database.engine)
    yield database
    database.dispose()


@pytest.fixture(scope="module")
def sandbox_settings() -> SandboxSettings:
    return SandboxSettings(
        database_url="",
        base_url="http://sandbox",
        stripe_webhook_url="",
        paypay_webhook_url="",
        stripe_secret_keys=(),
        stripe_webhook_secret="",
        paypay_api_key="",
        paypay_api_secret="",
        paypay_merchant_id=MERCHANT,
    )


@given(pairs=st.lists(st.tuples(NAMES, VALUES), max_size=12))
def test_any_session(store: Database, pairs: list[tuple[str, str]]) -> None:
    with store.reading() as session:
        try:
            checkout = create_session(session, Params(decode(pairs)), FixedClock()())
        except StripeError as refusal:
            assert refusal.status == 400 and refusal.message
        else:
            assert checkout.amount >= 50


@given(
    body=st.fixed_dictionaries(
        {"amount": st.just({"amount": 300, "currency": "JPY"}) | JSON},
        optional={key: st.sampled_from(["ORDER_QR", "WEB_LINK", "a1"]) | JSON for key in BODY_KEYS},
    )
)
def test_any_code_and_refund(
    store: Database, sandbox_settings: SandboxSettings, body: dict[str, Any]
) -> None:
    def code(session: Session) -> None:
        create_code(session, sandbox_settings, body, FixedClock()())

    def refund(session: Session) -> None:
        create_refund(session, body, FixedClock()())

    for operation in (code, refund):
        with store.reading() as session:
            try:
                operation(session)
            except PayPayRefusal as refusal:
                assert refusal.result.status in (400, 404)
