"""Checkout Sessions: create, pay, decline, expire."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from payments.sandbox.fees import stripe_fee
from payments.sandbox.settings import SandboxSettings
from payments.sandbox.stripe.cards import TestCard
from payments.sandbox.stripe.errors import StripeError, invalid_parameter, missing_parameter
from payments.sandbox.stripe.events import emit
from payments.sandbox.stripe.form import Params
from payments.sandbox.stripe.models import (
    BalanceTransaction,
    Category,
    Charge,
    ChargeStatus,
    CheckoutSession,
    IntentStatus,
    LineItem,
    PaymentIntent,
    SessionStatus,
)
from payments.sandbox.stripe.objects import (
    charge_object,
    intent_object,
    new_stripe_id,
    session_object,
)

#: A session lasts from half an hour to a day; a day where nothing is said.
SHORTEST = timedelta(minutes=30)
LONGEST = timedelta(hours=24)
#: What a clock may be off, or a request under way, before ``expires_at`` counts as too short.
LEEWAY = timedelta(seconds=60)
#: Yen; less than this Stripe does not charge, more it can't.
SMALLEST = 50
LARGEST = 99_999_999

#: Parameters that change nothing here, and are taken all the same.
_WITHOUT_EFFECT = (
    "automatic_tax",
    "billing_address_collection",
    "branding_settings",
    "custom_text",
    "customer_creation",
    "excluded_payment_method_types",
    "integration_identifier",
    "origin_context",
    "payment_method_options",
    "payment_method_types",
    "phone_number_collection",
    "submit_type",
    "ui_mode",
    "wallet_options",
)


def create_session(session: Session, params: Params, now: datetime) -> CheckoutSession:
    """A new open session. Raises StripeError in Stripe's words for what is wrong."""
    params.only(
        "cancel_url",
        "client_reference_id",
        "currency",
        "customer_email",
        "expand",
        "expires_at",
        "line_items",
        "locale",
        "metadata",
        "mode",
        "payment_intent_data",
        "success_url",
        *_WITHOUT_EFFECT,
    )
    if (mode := params.required("mode")) != "payment":
        raise invalid_parameter("mode", f"The sandbox has mode 'payment' alone, not '{mode}'")
    items = [_item(item) for item in params.each("line_items")]
    if not items:
        raise missing_parameter("line_items")
    amount = sum(item["unit_amount"] * item["quantity"] for item in items)
    _check_amount(amount)
    intent_data = params.under("payment_intent_data")
    checkout = CheckoutSession(
        id=new_stripe_id("cs_test", 58),
        created=now,
        expires_at=_expiry(params, now),
        status=SessionStatus.OPEN,
        amount=amount,
        items=items,
        client_reference_id=params.text("client_reference_id", longest=200),
        meta=params.metadata(),
        intent_meta=intent_data.metadata(),
        intent_description=intent_data.text("description", longest=1_000),
        customer_email=params.text("customer_email", longest=800),
        locale=params.text("locale"),
        success_url=_url(params, "success_url", params.required("success_url")),
        cancel_url=_url(params, "cancel_url", params.text("cancel_url")) or None,
    )
    session.add(checkout)
    session.flush()
    return checkout


def expire_session(
    session: Session, settings: SandboxSettings, checkout: CheckoutSession, now: datetime
) -> None:
    """End an open session. Raises StripeError where it is not open."""
    if checkout.status != SessionStatus.OPEN:
        raise StripeError(
            400,
            'Only Checkout Sessions with a status in ["open"] can be expired. This Checkout '
            f"Session has a status of `{checkout.status}`.",
        )
    _expire(session, settings, checkout, now)


def lapse_sessions(session: Session, settings: SandboxSettings, now: datetime) -> None:
    """End the open sessions whose time is over."""
    overdue = session.scalars(
        select(CheckoutSession).where(
            CheckoutSession.status == SessionStatus.OPEN, CheckoutSession.expires_at <= now
        )
    )
    for checkout in overdue:
        _expire(session, settings, checkout, now)


def try_card(
    session: Session,
    settings: SandboxSettings,
    checkout: CheckoutSession,
    card: TestCard,
    now: datetime,
) -> Charge:
    """Try a card on an open session: it is paid, or declined and stays open."""
    intent = _intent(session, settings, checkout, now)
    succeeded = card.decline_code is None
    charge = Charge(
        id=new_stripe_id("ch"),
        created=now,
        payment_intent=intent.id,
        status=ChargeStatus.SUCCEEDED if succeeded else ChargeStatus.FAILED,
        amount=checkout.amount,
        amount_refunded=0,
        card_brand=card.brand,
        card_last4=card.last4,
        failure_code=None if succeeded else "card_declined",
        decline_code=card.decline_code,
    )
    session.add(charge)
    intent.latest_charge = charge.id
    intent.payment_method = new_stripe_id("pm") if succeeded else None
    if not succeeded:
        emit(session, settings, "charge.failed", charge_object(charge, intent), now)
        _tell_intent(session, settings, "payment_intent.payment_failed", intent, charge, now)
        return charge
    transaction = BalanceTransaction(
        id=new_stripe_id("txn"),
        created=now,
        category=Category.CHARGE,
        amount=charge.amount,
        fee=stripe_fee(charge.amount),
        source=charge.id,
        description=intent.description,
    )
    session.add(transaction)
    charge.balance_transaction = transaction.id
    intent.status = IntentStatus.SUCCEEDED
    checkout.status = SessionStatus.COMPLETE
    emit(session, settings, "charge.succeeded", charge_object(charge, intent), now)
    _tell_intent(session, settings, "payment_intent.succeeded", intent, charge, now)
    _tell_session(session, settings, "checkout.session.completed", checkout, now)
    return charge


def _intent(
    session: Session, settings: SandboxSettings, checkout: CheckoutSession, now: datetime
) -> PaymentIntent:
    """The session's payment intent, which is made by the first try."""
    if checkout.payment_intent is not None:
        return session.get_one(PaymentIntent, checkout.payment_intent)
    intent = PaymentIntent(
        id=new_stripe_id("pi"),
        created=now,
        session=checkout.id,
        status=IntentStatus.REQUIRES_PAYMENT_METHOD,
        amount=checkout.amount,
        description=checkout.intent_description,
        meta=checkout.intent_meta,
    )
    session.add(intent)
    session.flush()
    checkout.payment_intent = intent.id
    _tell_intent(session, settings, "payment_intent.created", intent, None, now)
    return intent


def _expire(
    session: Session, settings: SandboxSettings, checkout: CheckoutSession, now: datetime
) -> None:
    checkout.status = SessionStatus.EXPIRED
    if checkout.payment_intent is not None:
        intent = session.get_one(PaymentIntent, checkout.payment_intent)
        intent.status = IntentStatus.CANCELED
    _tell_session(session, settings, "checkout.session.expired", checkout, now)


def _tell_session(
    session: Session,
    settings: SandboxSettings,
    kind: str,
    checkout: CheckoutSession,
    now: datetime,
) -> None:
    emit(session, settings, kind, session_object(checkout, settings.base_url), now)


def _tell_intent(
    session: Session,
    settings: SandboxSettings,
    kind: str,
    intent: PaymentIntent,
    charge: Charge | None,
    now: datetime,
) -> None:
    emit(session, settings, kind, intent_object(intent, charge), now)


def _item(params: Params) -> LineItem:
    params.only("price_data", "quantity", "adjustable_quantity", "tax_rates", "dynamic_tax_rates")
    price = params.under("price_data")
    price.only("currency", "product_data", "unit_amount", "unit_amount_decimal", "tax_behavior")
    currency = price.required("currency").lower()
    if currency != "jpy":
        raise invalid_parameter(
            price.name("currency"), f"The sandbox takes jpy alone, not '{currency}'"
        )
    unit_amount = price.integer("unit_amount")
    if unit_amount is None:
        raise missing_parameter(price.name("unit_amount"))
    if unit_amount < 0:
        raise invalid_parameter(price.name("unit_amount"), "This value must be at least 0.")
    quantity = params.integer("quantity")
    if quantity is None:
        raise missing_parameter(params.name("quantity"))
    if quantity < 1:
        raise invalid_parameter(params.name("quantity"), "This value must be at least 1.")
    product = price.under("product_data")
    return {
        "id": new_stripe_id("li"),
        "name": product.required("name"),
        "description": product.text("description"),
        "unit_amount": unit_amount,
        "quantity": quantity,
    }


def _check_amount(amount: int) -> None:
    if amount < SMALLEST:
        raise StripeError(
            400,
            f"The Checkout Session's total amount due must add up to at least ¥{SMALLEST} jpy",
            code="amount_too_small",
        )
    if amount > LARGEST:
        raise StripeError(
            400,
            f"The Checkout Session's total amount must be no more than ¥{LARGEST:,} jpy",
            code="amount_too_large",
        )


def _expiry(params: Params, now: datetime) -> datetime:
    stamp = params.integer("expires_at")
    if stamp is None:
        return now + LONGEST
    # Far beyond what a datetime holds is too far in the future as well.
    expires_at = datetime.fromtimestamp(min(max(stamp, 0), 32_503_680_000), UTC)
    if expires_at < now + SHORTEST - LEEWAY:
        raise invalid_parameter(
            "expires_at",
            "The `expires_at` timestamp must be at least 30 minutes from Checkout Session "
            "creation.",
        )
    if expires_at > now + LONGEST + LEEWAY:
        raise invalid_parameter(
            "expires_at",
            "The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.",
        )
    return expires_at


def _url(params: Params, key: str, value: str | None) -> str:
    if value is None:
        return ""
    if not value.startswith(("http://", "https://")):
        raise StripeError(
            400,
            "Not a valid URL",
            code="url_invalid",
            param=params.name(key),
        )
    return value
