"""The routes of the Open Payment API that the portal uses, under ``/v2``."""

import json
from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, request
from sqlalchemy import select
from sqlalchemy.orm import Session

from payments.sandbox.paypay.codes import cancel, create_code, delete_code, payment
from payments.sandbox.paypay.models import Code, PayPayRefund
from payments.sandbox.paypay.objects import code_data, payment_data, refund_data
from payments.sandbox.paypay.refunds import create_refund, find_refund
from payments.sandbox.paypay.results import (
    ACCEPTED,
    CREATED,
    INVALID_REQUEST_PARAMS,
    NOT_FOUND,
    OP_OUT_OF_SCOPE,
    SUCCESS,
    PayPayRefusal,
    Result,
)
from payments.sandbox.paypay.signature import SignedRequest, check
from payments.sandbox.world import World, current_world

blueprint = Blueprint("paypay", __name__, url_prefix="/v2")

#: One operation: (session, world) → how it went, and the data.
Operation = Callable[[Session, World], tuple[Result, dict[str, Any] | None]]


@blueprint.post("/codes")
def post_code() -> Response:
    def operation(session: Session, world: World) -> tuple[Result, dict[str, Any] | None]:
        code = create_code(session, world.settings, _body(), world.now())
        return CREATED, code_data(code, world.settings.base_url)

    return _answer(operation)


@blueprint.delete("/codes/<code_id>")
def remove_code(code_id: str) -> Response:
    def operation(session: Session, world: World) -> tuple[Result, dict[str, Any] | None]:
        delete_code(session, world.settings, code_id, world.now())
        return SUCCESS, None

    return _answer(operation)


@blueprint.get("/codes/payments/<merchant_payment_id>")
def get_payment(merchant_payment_id: str) -> Response:
    def operation(session: Session, world: World) -> tuple[Result, dict[str, Any] | None]:
        code = payment(session, merchant_payment_id)
        refunds = session.scalars(
            select(PayPayRefund)
            .where(PayPayRefund.code == code.id)
            .order_by(PayPayRefund.accepted_at)
        ).all()
        return SUCCESS, payment_data(code, refunds, world.settings.paypay_merchant_id)

    return _answer(operation)


@blueprint.delete("/payments/<merchant_payment_id>")
def cancel_payment(merchant_payment_id: str) -> Response:
    def operation(session: Session, world: World) -> tuple[Result, dict[str, Any] | None]:
        code = payment(session, merchant_payment_id)
        cancel(session, world.settings, code, world.now())
        return ACCEPTED, None

    return _answer(operation)


@blueprint.post("/refunds")
def post_refund() -> Response:
    def operation(session: Session, world: World) -> tuple[Result, dict[str, Any] | None]:
        refund = create_refund(session, _body(), world.now())
        return CREATED, refund_data(refund, session.get_one(Code, refund.code))

    return _answer(operation)


@blueprint.get("/refunds/<merchant_refund_id>")
def get_refund(merchant_refund_id: str) -> Response:
    def operation(session: Session, world: World) -> tuple[Result, dict[str, Any] | None]:
        refund = find_refund(session, merchant_refund_id)
        return SUCCESS, refund_data(refund, session.get_one(Code, refund.code))

    return _answer(operation)


@blueprint.route("/<path:rest>", methods=["GET", "POST", "DELETE"])
def unknown(rest: str) -> Response:
    """Whatever the stand-in does not have."""

    def operation(session: Session, world: World) -> tuple[Result, dict[str, Any] | None]:
        raise PayPayRefusal(NOT_FOUND)

    return _answer(operation)


def _answer(operation: Operation) -> Response:
    """Check who calls, do one call in a transaction, and answer it, whatever happens."""
    world = current_world()
    try:
        # A transaction of its own: the nonce stays used where the call itself is refused.
        with world.transaction() as session:
            _check_caller(session, world)
        with world.transaction() as session:
            result, data = operation(session, world)
    except PayPayRefusal as refusal:
        result, data = refusal.result, None
    text = json.dumps(result.envelope(data), ensure_ascii=False)
    return Response(text, result.status, content_type="application/json;charset=UTF-8")


def _check_caller(session: Session, world: World) -> None:
    settings = world.settings
    signed = SignedRequest(
        path=request.path,
        method=request.method,
        content_type=request.headers.get("Content-Type", ""),
        body=request.get_data(),
        authorization=request.headers.get("Authorization", ""),
    )
    check(
        session,
        signed,
        key=settings.paypay_api_key,
        secret=settings.paypay_api_secret,
        now=world.now(),
    )
    merchant = request.args.get("assumeMerchant", request.headers.get("X-ASSUME-MERCHANT"))
    if merchant is not None and merchant != settings.paypay_merchant_id:
        raise PayPayRefusal(OP_OUT_OF_SCOPE)


def _body() -> dict[str, Any]:
    try:
        body = json.loads(request.get_data())
        # JSON can spell half a character (a lone surrogate), which no text can hold.
        json.dumps(body, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        raise PayPayRefusal(INVALID_REQUEST_PARAMS) from None
    if not isinstance(body, dict):
        raise PayPayRefusal(INVALID_REQUEST_PARAMS)
    return body
