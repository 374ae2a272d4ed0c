"""A sandbox behind a real port, with a portal that only listens."""

import base64
import hashlib
import hmac
import json
import re
import secrets
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, cast
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import httpx
from stripe import StripeClient
from stripe.checkout import Session
from stripe.params.checkout import SessionCreateParams

from payments.sandbox import SandboxSettings, create_sandbox
from payments.sandbox.world import EXTENSION, World
from tests.support.clock import FixedClock

KEY = "sk_test_mihon_0000000000000001"
WEBHOOK_SECRET = "whsec_mihon"
PAYPAY_KEY = "a_mihon_key"
PAYPAY_SECRET = "mihon-secret"
MERCHANT = "580000000000000001"
RETURN = "http://portal.example/return"


class Door:
    """A WSGI application that is told later what stands behind it."""

    def __init__(self) -> None:
        self.app: WSGIApplication | None = None

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        assert self.app is not None
        return self.app(environ, start)


@dataclass
class Received:
    """One webhook that came in."""

    path: str
    signature: str | None
    body: bytes

    @property
    def json(self) -> dict[str, Any]:
        value: dict[str, Any] = json.loads(self.body)
        return value


@dataclass
class Listener:
    """Takes webhooks and answers ``status``."""

    status: str = "200 OK"
    received: list[Received] = field(default_factory=list)
    arrived: threading.Event = field(default_factory=threading.Event)

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        self.received.append(
            Received(environ["PATH_INFO"], environ.get("HTTP_STRIPE_SIGNATURE"), body)
        )
        self.arrived.set()
        start(self.status, [("Content-Type", "text/plain"), ("Content-Length", "0")])
        return []


@dataclass
class Sandbox:
    """One sandbox, and the ways in which a test uses it."""

    url: str
    settings: SandboxSettings
    world: World
    clock: FixedClock
    listener: Listener
    http: httpx.Client

    def stripe(self, key: str = KEY, **options: Any) -> StripeClient:
        """The real library, talking to the sandbox."""
        return StripeClient(key, base_addresses={"api": self.url}, max_network_retries=0, **options)

    def session(self, amount: int = 300, **changes: Any) -> Session:
        """A Checkout Session as the portal asks for it."""
        params: dict[str, Any] = {
            "mode": "payment",
            "line_items": [
                {
                    "price_data": {
                        "currency": "jpy",
                        "unit_amount": amount,
                        "product_data": {"name": "住民票の写し"},
                    },
                    "quantity": 1,
                }
            ],
            "success_url": f"{RETURN}?session={{CHECKOUT_SESSION_ID}}",
            "cancel_url": f"{RETURN}?cancelled=1",
            "client_reference_id": "attempt-1",
            "metadata": {"attempt_id": "attempt-1"},
            "payment_intent_data": {
                "description": "住民票の写し",
                "metadata": {"attempt_id": "attempt-1"},
            },
            "locale": "ja",
        }
        return self.stripe().v1.checkout.sessions.create(
            params=cast(SessionCreateParams, {**params, **changes})
        )

    def press(self, url: str | None, action: str, **fields: str) -> httpx.Response:
        """Press a button of a payment page."""
        assert url is not None
        return self.http.post(url, data={"action": action, **fields})

    def paid_card(self, amount: int = 300, **changes: Any) -> Session:
        """A session that was paid with the card that the page offers."""
        session = self.session(amount, **changes)
        self.press(session.url, "pay", card="4242 4242 4242 4242")
        return self.stripe().v1.checkout.sessions.retrieve(
            session.id, params={"expand": ["payment_intent.latest_charge.balance_transaction"]}
        )

    def opa(
        self,
        method: str,
        path: str,
        body: dict[str, Any] | None = None,
        *,
        nonce: str | None = None,
        secret: str = PAYPAY_SECRET,
        epoch: int | None = None,
        headers: dict[str, str] | None = None,
    ) -> httpx.Response:
        """One signed call of the Open Payment API, with JSON or without a body."""
        content = b"" if body is None else json.dumps(body).encode()
        return self.signed(
            method, path, content, nonce=nonce, secret=secret, epoch=epoch, headers=headers
        )

    def signed(
        self,
        method: str,
        path: str,
        content: bytes,
        *,
        nonce: str | None = None,
        secret: str = PAYPAY_SECRET,
        epoch: int | None = None,
        headers: dict[str, str] | None = None,
    ) -> httpx.Response:
        """One call with any bytes as its body, signed here from the published rule."""
        content_type = "application/json;charset=UTF-8"
        digest = (
            base64.b64encode(hashlib.md5(content_type.encode() + content).digest()).decode()
            if content
            else "empty"
        )
        nonce = nonce or secrets.token_hex(4)
        stamp = str(int(self.clock().timestamp()) if epoch is None else epoch)
        typed = content_type if content else "empty"
        text = f"{path.partition('?')[0]}\n{method}\n{nonce}\n{stamp}\n{typed}\n{digest}"
        signed = hmac.new(secret.encode(), text.encode(), hashlib.sha256).digest()
        mac = base64.b64encode(signed).decode()
        return self.http.request(
            method,
            f"{self.url}{path}",
            content=content,
            headers={
                "Authorization": f"hmac OPA-Auth:{PAYPAY_KEY}:{mac}:{nonce}:{stamp}:{digest}",
                "X-ASSUME-MERCHANT": MERCHANT,
                **({"Content-Type": content_type} if content else {}),
                **(headers or {}),
            },
        )

    def code(self, name: str = "attempt-2", yen: int = 410, **changes: Any) -> httpx.Response:
        """Ask for a dynamic QR code."""
        return self.opa(
            "POST",
            "/v2/codes",
            {
                "merchantPaymentId": name,
                "amount": {"amount": yen, "currency": "JPY"},
                "codeType": "ORDER_QR",
                "orderDescription": "住民票の写し",
                "redirectUrl": RETURN,
                "redirectType": "WEB_LINK",
                "requestedAt": int(self.clock().timestamp()),
                **changes,
            },
        )

    def paid_code(self, name: str = "attempt-2", amount: int = 410) -> dict[str, Any]:
        """A code that was paid: the ``data`` of its payment."""
        self.press(self.code(name, amount).json()["data"]["url"], "pay")
        data: dict[str, Any] = self.payment(name)["data"]
        return data

    def payment(self, name: str = "attempt-2") -> dict[str, Any]:
        answer: dict[str, Any] = self.opa("GET", f"/v2/codes/payments/{name}").json()
        return answer

    def refund_code(self, payment_id: str, amount: int, name: str = "refund-2") -> httpx.Response:
        return self.opa(
            "POST",
            "/v2/refunds",
            {
                "merchantRefundId": name,
                "paymentId": payment_id,
                "amount": {"amount": amount, "currency": "JPY"},
                "requestedAt": int(self.clock().timestamp()),
                "reason": "取り下げ",
            },
        )

    def close(self, day: str | None = None) -> dict[str, Any]:
        """Close a day; the answer of POST /settlements/close."""
        answer: dict[str, Any] = self.http.post(
            f"{self.url}/settlements/close",
            params={} if day is None else {"day": day},
            headers={"Accept": "application/json"},
        ).json()
        return answer

    def files(self, closing: dict[str, Any]) -> dict[str, bytes]:
        """The files of a closing by kind."""
        return {file["kind"]: self.http.get(file["url"]).content for file in closing["files"]}

    def deliver(self) -> int:
        """One round of the courier, without its thread."""
        return self.world.courier.round(self.http)

    def switch(self, mode: str, **more: int) -> httpx.Response:
        return self.http.post(f"{self.url}/control", json={"webhooks": mode, **more})


def open_sandbox(
    serve: Callable[[Any], str], clock: FixedClock, path: Any, *, background: bool
) -> Sandbox:
    """Start a sandbox and its listener on free ports."""
    listener, door = Listener(), Door()
    portal, url = serve(listener), serve(door)
    settings = SandboxSettings(
        database_url=f"sqlite:///{path}/sandbox.sqlite",
        base_url=url,
        stripe_webhook_url=f"{portal}/webhooks/stripe",
        paypay_webhook_url=f"{portal}/webhooks/paypay",
        stripe_secret_keys=(KEY, "sk_test_mihon_0000000000000002"),
        stripe_webhook_secret=WEBHOOK_SECRET,
        paypay_api_key=PAYPAY_KEY,
        paypay_api_secret=PAYPAY_SECRET,
        paypay_merchant_id=MERCHANT,
        clock=clock,
        deliver_in_background=background,
    )
    app = create_sandbox(settings)
    door.app = app
    world = app.extensions[EXTENSION]
    return Sandbox(url, settings, world, clock, listener, httpx.Client(trust_env=False))


def heading(page: httpx.Response) -> str:
    """What the page's first heading says."""
    match = re.search(r"<h1>(.*?)</h1>", page.text, re.S)
    assert match is not None
    return match[1]
