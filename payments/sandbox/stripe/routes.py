"""The routes of the Stripe API that the portal uses, under ``/v1``."""

from typing import Any, TypeVar

from flask import Blueprint, Response, request
from sqlalchemy.orm import Session

from payments.sandbox.stripe.errors import StripeError, no_such
from payments.sandbox.stripe.expand import expand, render_charge, render_intent
from payments.sandbox.stripe.form import Params
from payments.sandbox.stripe.guard import answer
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
def create_checkout_session() -> Response:
    def operation(session: Session, world: World, params: Params) -> dict[str, Any]:
        checkout = create_session(session, params, world.now())
        rendered = session_object(checkout, world.settings.base_url)
        return _expanded(session, world, params, rendered)

    return answer(operation)


@blueprint.get("/checkout/sessions")
def list_checkout_sessions() -> Response:
    def operation(session: Session, world: World, params: Params) -> dict[str, Any]:
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

    return answer(operation)


@blueprint.get("/checkout/sessions/<identifier>")
def get_checkout_session(identifier: str) -> Response:
    def operation(session: Session, world: World, params: Params) -> dict[str, Any]:
        checkout = _find(session, CheckoutSession, "checkout.session", identifier)
        rendered = session_object(checkout, world.settings.base_url)
        return _expanded(session, world, params, rendered)

    return answer(operation)


@blueprint.get("/checkout/sessions/<identifier>/line_items")
def list_line_items(identifier: str) -> Response:
    def operation(session: Session, world: World, params: Params) -> dict[str, Any]:
        return line_items_page(_find(session, CheckoutSession, "checkout.session", identifier))

    return answer(operation)


@blueprint.post("/checkout/sessions/<identifier>/expire")
def expire_checkout_session(identifier: str) -> Response:
    def operation(session: Session, world: World, params: Params) -> dict[str, Any]:
        checkout = _find(session, CheckoutSession, "checkout.session", identifier)
        expire_session(session, world.settings, checkout, world.now())
        rendered = session_object(checkout, world.settings.base_url)
        return _expanded(session, world, params, rendered)

    return answer(operation)


@blueprint.get("/payment_intents/<identifier>")
def get_payment_intent(identifier: str) -> Response:
    def operation(session: Session, world: World, params: Params) -> dict[str, Any]:
        intent = _find(session, PaymentIntent, "payment_intent", identifier)
        return _expanded(session, world, params, render_intent(session, intent))

    return answer(operation)


@blueprint.get("/charges/<identifier>")
def get_charge(identifier: str) -> Response:
    def operation(session: Session, world: World, params: Params) -> dict[str, Any]:
        charge = _find(session, Charge, "charge", identifier)
        return _expanded(session, world, params, render_charge(session, charge))

    return answer(operation)


@blueprint.get("/charges")
def list_charges() -> Response:
    def operation(session: Session, world: World, params: Params) -> dict[str, Any]:
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

    return answer(operation)


@blueprint.post("/refunds")
def post_refund() -> Response:
    def operation(session: Session, world: World, params: Params) -> dict[str, Any]:
        refund = create_refund(session, world.settings, params, world.now())
        return _expanded(session, world, params, refund_object(refund))

    return answer(operation)


@blueprint.get("/refunds")
def list_refunds() -> Response:
    def operation(session: Session, world: World, params: Params) -> dict[str, Any]:
        params.only(*_PAGING, "charge", "payment_intent")
        conditions = [
            getattr(Refund, name) == params.text(name)
            for name in ("charge", "payment_intent")
            if params.has(name)
        ]
        rendered = list_page(session, Refund, params, refund_object, "/v1/refunds", *conditions)
        return _expanded(session, world, params, rendered)

    return answer(operation)


@blueprint.get("/refunds/<identifier>")
def get_refund(identifier: str) -> Response:
    def operation(session: Session, world: World, params: Params) -> dict[str, Any]:
        refund = _find(session, Refund, "refund", identifier)
        return _expanded(session, world, params, refund_object(refund))

    return answer(operation)


@blueprint.get("/balance_transactions")
def list_balance_transactions() -> Response:
    def operation(session: Session, world: World, params: Params) -> dict[str, Any]:
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

    return answer(operation)


@blueprint.get("/balance_transactions/<identifier>")
def get_balance_transaction(identifier: str) -> Response:
    def operation(session: Session, world: World, params: Params) -> dict[str, Any]:
        transaction = _find(session, BalanceTransaction, "balance transaction", identifier)
        return _expanded(session, world, params, balance_transaction_object(transaction))

    return answer(operation)


@blueprint.get("/payouts")
def list_payouts() -> Response:
    def operation(session: Session, world: World, params: Params) -> dict[str, Any]:
        params.only(*_PAGING)
        rendered = list_page(session, Payout, params, payout_object, "/v1/payouts")
        return _expanded(session, world, params, rendered)

    return answer(operation)


@blueprint.get("/payouts/<identifier>")
def get_payout(identifier: str) -> Response:
    def operation(session: Session, world: World, params: Params) -> dict[str, Any]:
        payout = _find(session, Payout, "payout", identifier)
        return _expanded(session, world, params, payout_object(payout))

    return answer(operation)


@blueprint.get("/events")
def list_events() -> Response:
    def operation(session: Session, world: World, params: Params) -> dict[str, Any]:
        params.only(*_PAGING, "type", "types")
        conditions = []
        if params.has("type"):
            conditions.append(StripeEvent.type == params.text("type"))
        if wanted := params.texts("types"):
            conditions.append(StripeEvent.type.in_(wanted))
        return list_page(session, StripeEvent, params, event_object, "/v1/events", *conditions)

    return answer(operation)


@blueprint.get("/events/<identifier>")
def get_event(identifier: str) -> Response:
    def operation(session: Session, world: World, params: Params) -> dict[str, Any]:
        return event_object(_find(session, StripeEvent, "event", identifier))

    return answer(operation)


@blueprint.route("/<path:rest>", methods=["GET", "POST", "DELETE"])
def unknown(rest: str) -> Response:
    """Whatever the stand-in does not have is refused in Stripe's words."""

    def operation(session: Session, world: World, params: Params) -> dict[str, Any]:
        raise StripeError(
            404,
            f"Unrecognized request URL ({request.method}: {request.path}). If you are trying to "
            "list objects, remove the trailing slash. If you are trying to retrieve an object, "
            "make sure you passed a valid (non-empty) identifier in your code.",
        )

    return answer(operation)


def _find(session: Session, table: type[Row], kind: str, identifier: str) -> Row:
    row = session.get(table, identifier)
    if row is None:
        raise no_such(kind, identifier)
    return row


def _expanded(
    session: Session, world: World, params: Params, rendered: dict[str, Any]
) -> dict[str, Any]:
    return expand(session, rendered, params.texts("expand"), world.settings.base_url)
