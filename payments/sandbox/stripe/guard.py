"""What happens to every call of the Stripe API before and after its work.

The key is checked, the call is done in one transaction, a repeated Idempotency-Key gets the
answer that was given the first time, and errors are told in Stripe's words. A refused call changes
nothing and is not kept: its key is free for the call as it should have been.
"""

import base64
import hashlib
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from flask import Response, request
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from payments.sandbox.stripe.errors import ErrorType, StripeError
from payments.sandbox.stripe.form import Params, decode
from payments.sandbox.stripe.models import KeptAnswer
from payments.sandbox.stripe.objects import API_VERSION, new_stripe_id
from payments.sandbox.world import World, current_world

#: How long an answer is kept for its Idempotency-Key.
KEPT_FOR = timedelta(hours=24)
LONGEST_KEY = 255

#: The work of one call: (session, world, parameters) → the object to answer with.
Work = Callable[[Session, World, Params], dict[str, Any]]

P = ParamSpec("P")


def operation(
    function: Callable[Concatenate[Session, World, Params, P], dict[str, Any]],
) -> Callable[P, Response]:
    """Make a view of a function that does one call of the API; answers it, whatever happens."""

    @wraps(function)
    def view(*args: P.args, **kwargs: P.kwargs) -> Response:
        request_id = new_stripe_id("req", 14)

        def work(session: Session, world: World, params: Params) -> dict[str, Any]:
            return function(session, world, params, *args, **kwargs)

        try:
            return _answer(current_world(), work, request_id)
        except StripeError as error:
            return _json(error.body(request_id), error.status, request_id)

    return view


def _answer(world: World, work: Work, request_id: str) -> Response:
    _check_key(world)
    source = request.form if request.method == "POST" else request.args
    pairs = list(source.items(multi=True))
    params = Params(decode(pairs))
    key = request.headers.get("Idempotency-Key")
    with world.transaction() as session:
        if request.method != "POST" or key is None:
            body = work(session, world, params)
            return _json(body, 200, request_id)
        if len(key) > LONGEST_KEY:
            raise StripeError(
                400, f"Idempotency keys can be at most {LONGEST_KEY} characters long."
            )
        digest = _digest(pairs)
        kept = _kept(session, key, world.now())
        if kept is not None:
            return _replay(kept, digest)
        body = work(session, world, params)
        session.add(
            KeptAnswer(
                key=key,
                digest=digest,
                status=200,
                body=json.dumps(body, ensure_ascii=False),
                request_id=request_id,
                created=world.now(),
            )
        )
        return _json(body, 200, request_id, key=key)


def _check_key(world: World) -> None:
    key = _presented_key()
    if key is None:
        raise StripeError(
            401,
            "You did not provide an API key. You need to provide your API key in the "
            "Authorization header, using Bearer auth (e.g. 'Authorization: Bearer "
            "YOUR_SECRET_KEY').",
        )
    if key not in world.settings.stripe_secret_keys:
        shown = f"{key[:8]}{'*' * 8}{key[-4:]}" if len(key) > 16 else "*" * len(key)
        raise StripeError(401, f"Invalid API Key provided: {shown}")


def _presented_key() -> str | None:
    scheme, _, value = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return value.strip() or None
    if scheme.lower() == "basic":
        try:
            return base64.b64decode(value, validate=True).decode().partition(":")[0] or None
        except ValueError:
            return None
    return None


def _digest(pairs: list[tuple[str, str]]) -> str:
    text = json.dumps([request.method, request.path, sorted(pairs)])
    return hashlib.sha256(text.encode()).hexdigest()


def _kept(session: Session, key: str, now: datetime) -> KeptAnswer | None:
    session.execute(delete(KeptAnswer).where(KeptAnswer.created <= now - KEPT_FOR))
    return session.scalars(select(KeptAnswer).where(KeptAnswer.key == key)).one_or_none()


def _replay(kept: KeptAnswer, digest: str) -> Response:
    if kept.digest != digest:
        raise StripeError(
            400,
            "Keys for idempotent requests can only be used with the same parameters they were "
            f"first used with. Try using a key other than '{kept.key}' if you meant to execute a "
            "different request.",
            type=ErrorType.IDEMPOTENCY,
        )
    response = _text(kept.body, kept.status, kept.request_id, key=kept.key)
    response.headers["Idempotent-Replayed"] = "true"
    response.headers["Original-Request"] = kept.request_id
    return response


def _json(
    body: dict[str, Any], status: int, request_id: str, *, key: str | None = None
) -> Response:
    return _text(json.dumps(body, ensure_ascii=False), status, request_id, key=key)


def _text(text: str, status: int, request_id: str, *, key: str | None = None) -> Response:
    response = Response(text, status, content_type="application/json")
    response.headers["Request-Id"] = request_id
    response.headers["Stripe-Version"] = request.headers.get("Stripe-Version", API_VERSION)
    if key is not None:
        response.headers["Idempotency-Key"] = key
    return response
