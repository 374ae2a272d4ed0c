"""Desks: with providers that a test scripts, and with the sandbox behind real HTTP."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import httpx
import pytest

from foundation.database import Database
from foundation.events import Events
from payments.factory import PaymentSettings, build_payments
from payments.providers.base import Method
from payments.sandbox import create_sandbox
from payments.sandbox.settings import SandboxSettings
from tests.payments.desk import ACCOUNTS, Desk, make_desk
from tests.payments.faults import FaultyLine
from tests.payments.scripted import ScriptedProvider
from tests.support.clock import FixedClock

WEBHOOK_SECRET = "whsec_sandbox"


@pytest.fixture
def desk(database: Database, clock: FixedClock) -> Desk:
    """A desk whose providers the test scripts."""
    return make_desk(
        database,
        clock,
        ScriptedProvider(),
        ScriptedProvider(name="paypay", method=Method.QR, merchant="paypay-merchant"),
    )


@pytest.fixture
def line() -> FaultyLine:
    """The line to the sandbox, which can be disturbed."""
    return FaultyLine()


@pytest.fixture
def sandbox_url(
    line: FaultyLine, clock: FixedClock, tmp_path: Path, serve: Callable[[Any], str]
) -> str:
    """Base address of a payment sandbox of its own; it sends no webhooks by itself."""
    apps: list[WSGIApplication] = []

    def late(environ: WSGIEnvironment, start_response: StartResponse) -> Any:
        return apps[0](environ, start_response)

    url = serve(late)
    sandbox = create_sandbox(
        SandboxSettings(
            database_url=f"sqlite:///{tmp_path / 'sandbox.sqlite'}",
            base_url=url,
            stripe_webhook_url="http://127.0.0.1:9/webhooks/stripe",
            paypay_webhook_url="http://127.0.0.1:9/webhooks/paypay",
            stripe_secret_keys=("sk_test_sandbox",),
            stripe_webhook_secret=WEBHOOK_SECRET,
            paypay_api_key="key",
            paypay_api_secret="secret",
            paypay_merchant_id="merchant-1",
            clock=clock,
            deliver_in_background=False,
        )
    )
    apps.append(line.around(sandbox))
    return url


@pytest.fixture
def settings(sandbox_url: str) -> PaymentSettings:
    """What connects payments to the sandbox."""
    return PaymentSettings(
        stripe_api_key="sk_test_sandbox",
        stripe_api_base=sandbox_url,
        stripe_webhook_secrets=("whsec_older", WEBHOOK_SECRET),
        paypay_api_key="key",
        paypay_api_secret="secret",
        paypay_merchant_id="merchant-1",
        paypay_api_base=sandbox_url,
        read_timeout=5.0,
    )


@pytest.fixture
def sandbox_desk(database: Database, clock: FixedClock, settings: PaymentSettings) -> Desk:
    """A desk whose providers are the sandbox, over HTTP."""
    return Desk(build_payments(settings, database, clock, Events(), ACCOUNTS))


@pytest.fixture
def payer() -> Iterator[Callable[[str | None, str], None]]:
    """``payer(pay_url, action)``: a person on the provider's page who presses a button."""
    with httpx.Client() as browser:

        def press(pay_url: str | None, action: str) -> None:
            data = {"action": action, "card": "4242 4242 4242 4242"}
            answer = browser.post(str(pay_url), data=data)
            assert answer.status_code in (200, 303, 402), answer.text

        yield press
