"""What happens to every call of the Open Payment API before and after its work."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from flask import Response, request
from sqlalchemy.orm import Session

from payments.sandbox.paypay.results import (
    INVALID_REQUEST_PARAMS,
    OP_OUT_OF_SCOPE,
    PayPayRefusal,
    Result,
)
from payments.sandbox.paypay.signature import SignedRequest, check
from payments.sandbox.world import World, current_world

#: How a call went, and its data.
Answer = tuple[Result, dict[str, Any] | None]

P = ParamSpec("P")


def operation(function: Callable[Concatenate[Session, World, P], Answer]) -> Callable[P, Response]:
    """Make a view of a function that does one call: check who calls, do it in a transaction, and
    answer it, whatever happens."""

    @wraps(function)
    def view(*args: P.args, **kwargs: P.kwargs) -> Response:
        world = current_world()
        try:
            # A transaction of its own: the nonce stays used where the call itself is refused.
            with world.transaction() as session:
                _check_caller(session, world)
            with world.transaction() as session:
                result, data = function(session, world, *args, **kwargs)
        except PayPayRefusal as refusal:
            result, data = refusal.result, None
        text = json.dumps(result.envelope(data), ensure_ascii=False)
        return Response(text, result.status, content_type="application/json;charset=UTF-8")

    return view


def json_body() -> dict[str, Any]:
    """The call's body, a JSON object. Raises PayPayRefusal."""
    try:
        body = json.loads(request.get_data())
        # JSON can spell half a character (a lone surrogate), which no text can hold.
        json.dumps(body, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        raise PayPayRefusal(INVALID_REQUEST_PARAMS) from None
    if not isinstance(body, dict):
        raise PayPayRefusal(INVALID_REQUEST_PARAMS)
    return body


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
