"""The routes of the Stripe API that the portal uses, under ``/v1``."""

from typing import Any, TypeVar

from flask import Blueprint, request
from sqlalchemy.orm import Session

from payments.sandbox.stripe.errors import StripeError, no_such
from payments.sandbox.stripe.expand import expand, render_charge, render_intent
from payments.sandbox.stripe.form import Params
from payments.sandbox.stripe.guard import operation
from payments.sandbox.stripe.listing import list_page
from payments.sandbox.stripe.models import (
    BalanceTransaction,
    Charge,
    CheckoutSession,
    PaymentIntent,
    Payout,
    Refund,
    StripeEvent,
    StripeObject,
)
from payments.sandbox.stripe.objects import (
    balance_transaction_object,
    event_object,
    line_items_page,
    payout_object,
    refund_object,
    session_object,
)
from payments.sandbox.stripe.refunds import create_refund
from payments.sandbox.stripe.sessions import create_session, expire_session
from payments.sandbox.world import World

blueprint = Blueprint("stripe", __name__, url_prefix="/v1")

#: Parameters that every list takes.
_PAGING = ("created", "expand", "limit", "starting_after")

Row = TypeVar("Row", bound=StripeObject)


@blueprint.post("/checkout/sessions")
@operation
def create_checkout_session(session: Session, world: World, params: Params) -> dict[str, Any]:
    checkout = create_session(session, params, world.now())
    rendered = session_object(checkout, world.settings.base_url)
    return _expanded(session, world, params, rendered)


@blueprint.get("/checkout/sessions")
@operation
def list_checkout_sessions(session: Session, world: World, params: Params) -> dict[str, Any]:
    params.only(*_PAGING, "payment_intent", "status")
    conditions = [
        getattr(CheckoutSession, name) == params.text(name)
        for name in ("payment_intent", "status")
        if params.has(name)
    ]
    rendered = list_page(
        session,
        CheckoutSession,
        params,
        lambda row: session_object(row, world.settings.base_url),
        "/v1/checkout/sessions",
        *conditions,
    )
    return _expanded(session, world, params, rendered)


@blueprint.get("/checkout/sessions/<identifier>")
@operation
def get_checkout_session(
    session: Session, world: World, params: Params, identifier: str
) -> dict[str, Any]:
    checkout = _find(session, CheckoutSession, "checkout.session", identifier)
    rendered = session_object(checkout, world.settings.base_url)
    return _expanded(session, world, params, rendered)


@blueprint.get("/checkout/sessions/<identifier>/line_items")
@operation
def list_line_items(
    session: Session, world: World, params: Params, identifier: str
) -> dict[str, Any]:
    return line_items_page(_find(session, CheckoutSession, "checkout.session", identifier))


@blueprint.post("/checkout/sessions/<identifier>/expire")
@operation
def expire_checkout_session(
    session: Session, world: World, params: Params, identifier: str
) -> dict[str, Any]:
    checkout = _find(session, CheckoutSession, "checkout.session", identifier)
    expire_session(session, world.settings, checkout, world.now())
    rendered = session_object(checkout, world.settings.base_url)
    return _expanded(session, world, params, rendered)


@blueprint.get("/payment_intents/<identifier>")
@operation
def get_payment_intent(
    session: Session, world: World, params: Params, identifier: str
) -> dict[str, Any]:
    intent = _find(session, PaymentIntent, "payment_intent", identifier)
    return _expanded(session, world, params, render_intent(session, intent))


@blueprint.get("/charges/<identifier>")
@operation
def get_charge(session: Session, world: World, params: Params, identifier: str) -> dict[str, Any]:
    charge = _find(session, Charge, "charge", identifier)
    return _expanded(session, world, params, render_charge(session, charge))


@blueprint.get("/charges")
@operation
def list_charges(session: Session, world: World, params: Params) -> dict[str, Any]:
    params.only(*_PAGING, "payment_intent")
    conditions = (
        [Charge.payment_intent == params.text("payment_intent")]
        if params.has("payment_intent")
        else []
    )
    rendered = list_page(
        session,
        Charge,
        params,
        lambda row: render_charge(session, row),
        "/v1/charges",
        *conditions,
    )
    return _expanded(session, world, params, rendered)


@blueprint.post("/refunds")
@operation
def post_refund(session: Session, world: World, params: Params) -> dict[str, Any]:
    refund = create_refund(session, world.settings, params, world.now())
    return _expanded(session, world, params, refund_object(refund))


@blueprint.get("/refunds")
@operation
def list_refunds(session: Session, world: World, params: Params) -> dict[str, Any]:
    params.only(*_PAGING, "charge", "payment_intent")
    conditions = [
        getattr(Refund, name) == params.text(name)
        for name in ("charge", "payment_intent")
        if params.has(name)
    ]
    rendered = list_page(session, Refund, params, refund_object, "/v1/refunds", *conditions)
    return _expanded(session, world, params, rendered)


@blueprint.get("/refunds/<identifier>")
@operation
def get_refund(session: Session, world: World, params: Params, identifier: str) -> dict[str, Any]:
    refund = _find(session, Refund, "refund", identifier)
    return _expanded(session, world, params, refund_object(refund))


@blueprint.get("/balance_transactions")
@operation
def list_balance_transactions(session: Session, world: World, params: Params) -> dict[str, Any]:
    params.only(*_PAGING, "payout", "source", "type")
    columns = {
        "payout": BalanceTransaction.payout,
        "source": BalanceTransaction.source,
        "type": BalanceTransaction.category,
    }
    rendered = list_page(
        session,
        BalanceTransaction,
        params,
        balance_transaction_object,
        "/v1/balance_transactions",
        *(column == params.text(name) for name, column in columns.items() if params.has(name)),
    )
    return _expanded(session, world, params, rendered)


@blueprint.get("/balance_transactions/<identifier>")
@operation
def get_balance_transaction(
    session: Session, world: World, params: Params, identifier: str
) -> dict[str, Any]:
    transaction = _find(session, BalanceTransaction, "balance transaction", identifier)
    return _expanded(session, world, params, balance_transaction_object(transaction))


@blueprint.get("/payouts")
@operation
def list_payouts(session: Session, world: World, params: Params) -> dict[str, Any]:
    params.only(*_PAGING)
    rendered = list_page(session, Payout, params, payout_object, "/v1/payouts")
    return _expanded(session, world, params, rendered)


@blueprint.get("/payouts/<identifier>")
@operation
def get_payout(session: Session, world: World, params: Params, identifier: str) -> dict[str, Any]:
    payout = _find(session, Payout, "payout", identifier)
    return _expanded(session, world, params, payout_object(payout))


@blueprint.get("/events")
@operation
def list_events(session: Session, world: World, params: Params) -> dict[str, Any]:
    params.only(*_PAGING, "type", "types")
    conditions = []
    if params.has("type"):
        conditions.append(StripeEvent.type == params.text("type"))
    if wanted := params.texts("types"):
        conditions.append(StripeEvent.type.in_(wanted))
    return list_page(session, StripeEvent, params, event_object, "/v1/events", *conditions)


@blueprint.get("/events/<identifier>")
@operation
def get_event(session: Session, world: World, params: Params, identifier: str) -> dict[str, Any]:
    return event_object(_find(session, StripeEvent, "event", identifier))


@blueprint.route("/<path:rest>", methods=["GET", "POST", "DELETE"])
@operation
def unknown(session: Session, world: World, params: Params, rest: str) -> dict[str, Any]:
    """Whatever the stand-in does not have is refused in Stripe's words."""
    raise StripeError(
        404,
        f"Unrecognized request URL ({request.method}: {request.path}). If you are trying to "
        "list objects, remove the trailing slash. If you are trying to retrieve an object, "
        "make sure you passed a valid (non-empty) identifier in your code.",
    )


def _find(session: Session, table: type[Row], kind: str, identifier: str) -> Row:
    row = session.get(table, identifier)
    if row is None:
        raise no_such(kind, identifier)
    return row


def _expanded(
    session: Session, world: World, params: Params, rendered: dict[str, Any]
) -> dict[str, Any]:
    return expand(session, rendered, params.texts("expand"), world.settings.base_url)
