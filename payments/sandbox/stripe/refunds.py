"""Refunds of a charge, whole or in part."""

from datetime import datetime

from sqlalchemy.orm import Session

from payments.sandbox.settings import SandboxSettings
from payments.sandbox.stripe.errors import StripeError, invalid_parameter, no_such
from payments.sandbox.stripe.events import emit
from payments.sandbox.stripe.form import Params
from payments.sandbox.stripe.models import (
    BalanceTransaction,
    Category,
    Charge,
    ChargeStatus,
    PaymentIntent,
    Refund,
)
from payments.sandbox.stripe.objects import charge_object, new_stripe_id, refund_object

_REASONS = ("duplicate", "fraudulent", "requested_by_customer")


def create_refund(
    session: Session, settings: SandboxSettings, params: Params, now: datetime
) -> Refund:
    """Give money back; the whole rest where no amount is named. Raises StripeError."""
    params.only("amount", "charge", "expand", "metadata", "payment_intent", "reason")
    charge = _charge(session, params)
    rest = charge.amount - charge.amount_refunded
    if rest == 0:
        raise StripeError(
            400,
            f"Charge {charge.id} has already been refunded.",
            code="charge_already_refunded",
        )
    amount = params.integer("amount") if params.has("amount") else rest
    if amount is None or amount < 1:
        raise StripeError(
            400,
            "This value must be greater than or equal to 1.",
            code="parameter_invalid_integer",
            param="amount",
        )
    if amount > rest:
        raise invalid_parameter(
            "amount",
            f"Refund amount (¥{amount:,}) is greater than unrefunded amount on charge (¥{rest:,})",
        )
    reason = params.text("reason")
    if reason is not None and reason not in _REASONS:
        raise invalid_parameter("reason", f"Invalid reason: must be one of {', '.join(_REASONS)}")
    refund_id = new_stripe_id("re")
    transaction = BalanceTransaction(
        id=new_stripe_id("txn"),
        created=now,
        category=Category.REFUND,
        amount=-amount,
        fee=0,
        source=refund_id,
        description=f"REFUND FOR CHARGE ({charge.id})",
    )
    refund = Refund(
        id=refund_id,
        created=now,
        charge=charge.id,
        payment_intent=charge.payment_intent,
        amount=amount,
        reason=reason,
        meta=params.metadata(),
        balance_transaction=transaction.id,
    )
    session.add_all((transaction, refund))
    charge.amount_refunded += amount
    session.flush()
    intent = session.get_one(PaymentIntent, charge.payment_intent)
    emit(session, settings, "refund.created", refund_object(refund), now)
    emit(session, settings, "charge.refunded", charge_object(charge, intent), now)
    emit(session, settings, "refund.updated", refund_object(refund), now)
    return refund


def _charge(session: Session, params: Params) -> Charge:
    intent_id, charge_id = params.text("payment_intent"), params.text("charge")
    if intent_id is None and charge_id is None:
        raise StripeError(
            400,
            "One of the following params should be provided for this request: payment_intent or "
            "charge.",
            code="parameter_missing",
        )
    if intent_id is not None:
        intent = session.get(PaymentIntent, intent_id)
        if intent is None:
            raise no_such("payment_intent", intent_id, "payment_intent")
        charge_id = intent.latest_charge
        if charge_id is None:
            raise _nothing_to_refund(intent_id)
    charge = session.get(Charge, charge_id)
    if charge is None:
        raise no_such("charge", str(charge_id), "charge")
    if charge.status != ChargeStatus.SUCCEEDED:
        raise _nothing_to_refund(charge.payment_intent)
    return charge


def _nothing_to_refund(intent_id: str) -> StripeError:
    return StripeError(
        400,
        f"This PaymentIntent ({intent_id}) does not have a successful charge to refund.",
        code="payment_intent_unexpected_state",
    )
