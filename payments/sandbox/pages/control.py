"""The control page: how webhooks behave, what was sent, what was paid."""

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, Response, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from payments.sandbox.pages.language import page_language
from payments.sandbox.paypay.models import Code
from payments.sandbox.stripe.models import Charge, CheckoutSession, PaymentIntent
from payments.sandbox.webhooks.models import Delivery, Mode
from payments.sandbox.webhooks.queue import send_again, switches
from payments.sandbox.world import current_world

blueprint = Blueprint("control", __name__)

#: How many rows a list shows.
SHOWN = 100
#: Seconds; the longest delay that can be set.
LATEST = 86_400


@dataclass(frozen=True)
class PaymentRow:
    """One payment of either provider, for the list."""

    created: datetime
    provider: str
    number: str
    reference: str
    state: str
    #: yen
    amount: int
    refunded: int
    #: its payment page
    address: str


@blueprint.get("/")
def show() -> ResponseReturnValue:
    world = current_world()
    with world.transaction() as session:
        return render_template(
            "control.html",
            language=page_language(),
            current="control",
            switches=switches(session),
            modes=[mode.value for mode in Mode],
            deliveries=session.scalars(
                select(Delivery).order_by(Delivery.id.desc()).limit(SHOWN)
            ).all(),
            payments=_payments(session),
            applied=request.args.get("applied") == "1",
        )


@blueprint.post("/control")
def change() -> ResponseReturnValue:
    """``webhooks``: normal, duplicate, late, reorder or drop; ``late_seconds``. Form or JSON."""
    asked = request.get_json(silent=True) if request.is_json else request.form.to_dict()
    if not isinstance(asked, dict):
        return _refused("a JSON object or a form is needed")
    mode, late = asked.get("webhooks"), asked.get("late_seconds")
    if mode is not None and mode not in tuple(Mode):
        return _refused(f"webhooks: one of {', '.join(Mode)}")
    if late is not None and not (str(late).isascii() and str(late).isdigit()):
        return _refused("late_seconds: a whole number")
    if late is not None and not 0 <= int(late) <= LATEST:
        return _refused(f"late_seconds: 0 to {LATEST}")
    with current_world().transaction() as session:
        row = switches(session)
        row.mode = row.mode if mode is None else Mode(mode)
        row.late_seconds = row.late_seconds if late is None else int(late)
        state = {"webhooks": str(row.mode), "late_seconds": row.late_seconds}
    if request.is_json:
        return jsonify(state)
    return redirect(url_for("control.show", applied=1, lang=request.args.get("lang")), 303)


@blueprint.post("/webhooks/<event_id>/send")
def resend(event_id: str) -> ResponseReturnValue:
    """Send one event again, whatever the switches say."""
    world = current_world()
    with world.transaction() as session:
        known = send_again(session, event_id, world.now())
    if not known:
        return Response("no such event", 404, content_type="text/plain")
    return redirect(url_for("control.show", lang=request.args.get("lang")), 303)


def _refused(reason: str) -> Response:
    return Response(reason, 400, content_type="text/plain; charset=utf-8")


def _payments(session: Session) -> list[PaymentRow]:
    sessions = select(CheckoutSession).order_by(CheckoutSession.created.desc()).limit(SHOWN)
    codes = select(Code).order_by(Code.created.desc()).limit(SHOWN)
    rows = [_card(session, checkout) for checkout in session.scalars(sessions)]
    rows += [_code(code) for code in session.scalars(codes)]
    return sorted(rows, key=lambda row: row.created, reverse=True)[:SHOWN]


def _card(session: Session, checkout: CheckoutSession) -> PaymentRow:
    refunded = 0
    if checkout.payment_intent is not None:
        intent = session.get_one(PaymentIntent, checkout.payment_intent)
        charge = session.get(Charge, intent.latest_charge) if intent.latest_charge else None
        refunded = charge.amount_refunded if charge is not None else 0
    return PaymentRow(
        created=checkout.created,
        provider="Stripe",
        number=checkout.payment_intent or f"{checkout.id[:20]}…",
        reference=checkout.client_reference_id or "",
        state=checkout.status,
        amount=checkout.amount,
        refunded=refunded,
        address=url_for("checkout.show", session_id=checkout.id),
    )


def _code(code: Code) -> PaymentRow:
    return PaymentRow(
        created=code.created,
        provider="PayPay",
        number=code.payment_id,
        reference=code.merchant_payment_id,
        state=code.status,
        amount=code.amount,
        refunded=code.refunded,
        address=url_for("phone.show", code_id=code.id),
    )
