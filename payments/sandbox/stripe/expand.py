"""``expand[]=payment_intent.latest_charge.balance_transaction``: objects instead of ids."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy.orm import Session

from payments.sandbox.stripe.errors import invalid_parameter
from payments.sandbox.stripe.models import (
    BalanceTransaction,
    Charge,
    CheckoutSession,
    PaymentIntent,
    Payout,
    Refund,
)
from payments.sandbox.stripe.objects import (
    balance_transaction_object,
    charge_object,
    intent_object,
    line_items_page,
    payout_object,
    refund_object,
    session_object,
)

#: Stripe expands four levels, ``data`` of a list not counted.
DEEPEST = 4


def render_intent(session: Session, intent: PaymentIntent) -> dict[str, Any]:
    last_try = session.get(Charge, intent.latest_charge) if intent.latest_charge else None
    return intent_object(intent, last_try)


def render_charge(session: Session, charge: Charge) -> dict[str, Any]:
    return charge_object(charge, session.get_one(PaymentIntent, charge.payment_intent))


def expand(
    session: Session, rendered: dict[str, Any], paths: Sequence[str], base_url: str
) -> dict[str, Any]:
    """Put objects in the place of ids, in ``rendered`` itself. Raises StripeError (400)."""
    for path in paths:
        parts = path.split(".")
        if parts[0] == "data" and rendered.get("object") == "list":
            for item in rendered["data"]:
                _walk(session, item, parts[1:], path, base_url)
        else:
            _walk(session, rendered, parts, path, base_url)
    return rendered


def _walk(
    session: Session, here: dict[str, Any], parts: Sequence[str], path: str, base_url: str
) -> None:
    if len(parts) > DEEPEST:
        raise invalid_parameter(
            "expand", f"You cannot expand more than {DEEPEST} levels of a property ({path})."
        )
    for part in parts:
        if here.get("object") == "checkout.session" and part == "line_items":
            here[part] = line_items_page(session.get_one(CheckoutSession, here["id"]))
        if part not in here:
            raise invalid_parameter("expand", f"This property cannot be expanded ({path}).")
        value = here[part]
        if value is None:
            return
        if isinstance(value, str):
            value = here[part] = _load(session, value, path, base_url)
        if not isinstance(value, dict):
            raise invalid_parameter("expand", f"This property cannot be expanded ({path}).")
        here = value


def _load(session: Session, identifier: str, path: str, base_url: str) -> dict[str, Any]:
    readers: dict[str, Callable[[], dict[str, Any]]] = {
        "cs": lambda: session_object(session.get_one(CheckoutSession, identifier), base_url),
        "pi": lambda: render_intent(session, session.get_one(PaymentIntent, identifier)),
        "ch": lambda: render_charge(session, session.get_one(Charge, identifier)),
        "re": lambda: refund_object(session.get_one(Refund, identifier)),
        "po": lambda: payout_object(session.get_one(Payout, identifier)),
        "txn": lambda: balance_transaction_object(session.get_one(BalanceTransaction, identifier)),
    }
    reader = readers.get(identifier.partition("_")[0])
    if reader is None:
        raise invalid_parameter("expand", f"This property cannot be expanded ({path}).")
    return reader()
