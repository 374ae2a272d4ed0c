"""Stripe's objects as JSON. Shapes follow docs.stripe.com/api at the version below.

Related objects appear as ids; ``expand.py`` puts the objects in where they are asked for.
"""

import secrets
import string
import time
from datetime import datetime
from typing import Any

from payments.sandbox.stripe.models import (
    BalanceTransaction,
    Category,
    Charge,
    ChargeStatus,
    CheckoutSession,
    IntentStatus,
    PaymentIntent,
    Payout,
    Refund,
    SessionStatus,
    StripeEvent,
)

#: The API version whose shapes these are, and of the account's events.
API_VERSION = "2026-10-28.endive"

#: In the order of their codes, so that ids sort by the time of their making.
_ALPHABET = string.digits + string.ascii_uppercase + string.ascii_lowercase


def new_stripe_id(prefix: str, length: int = 24) -> str:
    """An id like Stripe's: ``pi_…``, the time in front and chance behind."""
    stamp, left = "", time.time_ns()
    while left:
        left, digit = divmod(left, len(_ALPHABET))
        stamp = _ALPHABET[digit] + stamp
    rest = (secrets.choice(_ALPHABET) for _ in range(length - len(stamp)))
    return f"{prefix}_{stamp}{''.join(rest)}"


def seconds(moment: datetime) -> int:
    """Stripe writes moments as whole seconds since 1970."""
    return int(moment.timestamp())


def page(items: list[dict[str, Any]], url: str, *, has_more: bool = False) -> dict[str, Any]:
    """A list object."""
    return {"object": "list", "data": items, "has_more": has_more, "url": url}


def session_object(session: CheckoutSession, base_url: str) -> dict[str, Any]:
    is_open = session.status == SessionStatus.OPEN
    return {
        "id": session.id,
        "object": "checkout.session",
        "adaptive_pricing": {"enabled": False},
        "after_expiration": None,
        "allow_promotion_codes": None,
        "amount_subtotal": session.amount,
        "amount_total": session.amount,
        "automatic_tax": {"enabled": False, "liability": None, "provider": None, "status": None},
        "billing_address_collection": None,
        "cancel_url": session.cancel_url,
        "client_reference_id": session.client_reference_id,
        "client_secret": None,
        "collected_information": None,
        "consent": None,
        "consent_collection": None,
        "created": seconds(session.created),
        "currency": "jpy",
        "currency_conversion": None,
        "custom_fields": [],
        "custom_text": {
            "after_submit": None,
            "shipping_address": None,
            "submit": None,
            "terms_of_service_acceptance": None,
        },
        "customer": None,
        "customer_creation": "if_required",
        "customer_details": None
        if session.customer_email is None
        else {"address": None, "email": session.customer_email, "name": None, "phone": None},
        "customer_email": session.customer_email,
        "discounts": [],
        "expires_at": seconds(session.expires_at),
        "invoice": None,
        "invoice_creation": {"enabled": False, "invoice_data": None},
        "livemode": False,
        "locale": session.locale,
        "metadata": session.meta,
        "mode": "payment",
        "payment_intent": session.payment_intent,
        "payment_link": None,
        "payment_method_collection": "if_required",
        "payment_method_options": {},
        "payment_method_types": ["card"],
        "payment_status": "paid" if session.status == SessionStatus.COMPLETE else "unpaid",
        "permissions": None,
        "phone_number_collection": {"enabled": False},
        "recovered_from": None,
        "saved_payment_method_options": None,
        "setup_intent": None,
        "shipping_address_collection": None,
        "shipping_cost": None,
        "shipping_options": [],
        "status": session.status,
        "submit_type": None,
        "subscription": None,
        "success_url": session.success_url,
        "total_details": {"amount_discount": 0, "amount_shipping": 0, "amount_tax": 0},
        "ui_mode": "hosted_page",
        "url": f"{base_url}/checkout/{session.id}" if is_open else None,
        "wallet_options": None,
    }


def line_items_page(session: CheckoutSession) -> dict[str, Any]:
    """``line_items``, which a session has only where it is expanded."""
    items = [
        {
            "id": item["id"],
            "object": "item",
            "amount_discount": 0,
            "amount_subtotal": item["unit_amount"] * item["quantity"],
            "amount_tax": 0,
            "amount_total": item["unit_amount"] * item["quantity"],
            "currency": "jpy",
            "description": item["name"],
            "quantity": item["quantity"],
        }
        for item in session.items
    ]
    return page(items, f"/v1/checkout/sessions/{session.id}/line_items")


def intent_object(intent: PaymentIntent, last_try: Charge | None) -> dict[str, Any]:
    """``last_try`` is the charge that ``latest_charge`` names."""
    succeeded = intent.status == IntentStatus.SUCCEEDED
    failed = last_try is not None and last_try.status == ChargeStatus.FAILED
    return {
        "id": intent.id,
        "object": "payment_intent",
        "amount": intent.amount,
        "amount_capturable": 0,
        "amount_details": {"tip": {}},
        "amount_received": intent.amount if succeeded else 0,
        "application": None,
        "application_fee_amount": None,
        "automatic_payment_methods": None,
        "canceled_at": None,
        "cancellation_reason": None,
        "capture_method": "automatic_async",
        "client_secret": f"{intent.id}_secret_sandbox",
        "confirmation_method": "automatic",
        "created": seconds(intent.created),
        "currency": "jpy",
        "customer": None,
        "description": intent.description,
        "last_payment_error": _last_error(last_try) if failed and last_try is not None else None,
        "latest_charge": intent.latest_charge,
        "livemode": False,
        "metadata": intent.meta,
        "next_action": None,
        "on_behalf_of": None,
        "payment_method": intent.payment_method,
        "payment_method_options": {"card": {"request_three_d_secure": "automatic"}},
        "payment_method_types": ["card"],
        "processing": None,
        "receipt_email": None,
        "review": None,
        "setup_future_usage": None,
        "shipping": None,
        "source": None,
        "statement_descriptor": None,
        "statement_descriptor_suffix": None,
        "status": intent.status,
        "transfer_data": None,
        "transfer_group": None,
    }


def _last_error(charge: Charge) -> dict[str, Any]:
    return {
        "charge": charge.id,
        "code": charge.failure_code,
        "decline_code": charge.decline_code,
        "doc_url": "https://stripe.com/docs/error-codes/card-declined",
        "message": "Your card was declined.",
        "type": "card_error",
    }


def charge_object(charge: Charge, intent: PaymentIntent) -> dict[str, Any]:
    succeeded = charge.status == ChargeStatus.SUCCEEDED
    return {
        "id": charge.id,
        "object": "charge",
        "amount": charge.amount,
        "amount_captured": charge.amount if succeeded else 0,
        "amount_refunded": charge.amount_refunded,
        "application": None,
        "application_fee": None,
        "application_fee_amount": None,
        "balance_transaction": charge.balance_transaction,
        "billing_details": {
            "address": {
                "city": None,
                "country": "JP",
                "line1": None,
                "line2": None,
                "postal_code": None,
                "state": None,
            },
            "email": None,
            "name": None,
            "phone": None,
            "tax_id": None,
        },
        "calculated_statement_descriptor": "MIHON CITY",
        "captured": succeeded,
        "created": seconds(charge.created),
        "currency": "jpy",
        "customer": None,
        "description": intent.description,
        "disputed": False,
        "failure_balance_transaction": None,
        "failure_code": charge.failure_code,
        "failure_message": None if succeeded else "Your card was declined.",
        "fraud_details": {},
        "livemode": False,
        "metadata": intent.meta,
        "on_behalf_of": None,
        "outcome": {
            "network_status": "approved_by_network" if succeeded else "declined_by_network",
            "reason": charge.decline_code,
            "risk_level": "normal",
            "seller_message": "Payment complete."
            if succeeded
            else "The bank did not return any further details with this decline.",
            "type": "authorized" if succeeded else "issuer_declined",
        },
        "paid": succeeded,
        "payment_intent": charge.payment_intent,
        "payment_method": intent.payment_method,
        "payment_method_details": {
            "card": {
                "brand": charge.card_brand,
                "country": "JP",
                "exp_month": 12,
                "exp_year": 2034,
                "funding": "credit",
                "last4": charge.card_last4,
                "network": charge.card_brand,
                "three_d_secure": None,
                "wallet": None,
            },
            "type": "card",
        },
        "receipt_email": None,
        "receipt_number": None,
        "receipt_url": None,
        "refunded": succeeded and charge.amount_refunded == charge.amount,
        "review": None,
        "shipping": None,
        "source_transfer": None,
        "statement_descriptor": None,
        "statement_descriptor_suffix": None,
        "status": charge.status,
        "transfer_data": None,
        "transfer_group": None,
    }


def refund_object(refund: Refund) -> dict[str, Any]:
    return {
        "id": refund.id,
        "object": "refund",
        "amount": refund.amount,
        "balance_transaction": refund.balance_transaction,
        "charge": refund.charge,
        "created": seconds(refund.created),
        "currency": "jpy",
        "destination_details": {
            "card": {
                "reference_status": "pending",
                "reference_type": "acquirer_reference_number",
                "type": "refund",
            },
            "type": "card",
        },
        "metadata": refund.meta,
        "payment_intent": refund.payment_intent,
        "reason": refund.reason,
        "receipt_number": None,
        "source_transfer_reversal": None,
        "status": "succeeded",
        "transfer_reversal": None,
    }


def balance_transaction_object(transaction: BalanceTransaction) -> dict[str, Any]:
    fees = (
        []
        if transaction.fee == 0
        else [
            {
                "amount": transaction.fee,
                "application": None,
                "currency": "jpy",
                "description": "Stripe processing fees",
                "type": "stripe_fee",
            }
        ]
    )
    return {
        "id": transaction.id,
        "object": "balance_transaction",
        "amount": transaction.amount,
        "available_on": seconds(transaction.created),
        "balance_type": "payments",
        "created": seconds(transaction.created),
        "currency": "jpy",
        "description": transaction.description,
        "exchange_rate": None,
        "fee": transaction.fee,
        "fee_details": fees,
        "net": transaction.amount - transaction.fee,
        "reporting_category": transaction.category,
        "source": transaction.source,
        "status": "available",
        "type": Category(transaction.category).value,
    }


def payout_object(payout: Payout) -> dict[str, Any]:
    return {
        "id": payout.id,
        "object": "payout",
        "amount": payout.amount,
        "application_fee": None,
        "application_fee_amount": None,
        "arrival_date": seconds(payout.arrival),
        "automatic": True,
        "balance_transaction": payout.balance_transaction,
        "created": seconds(payout.created),
        "currency": "jpy",
        "description": "STRIPE PAYOUT",
        "destination": None,
        "failure_balance_transaction": None,
        "failure_code": None,
        "failure_message": None,
        "livemode": False,
        "metadata": {},
        "method": "standard",
        "original_payout": None,
        "payout_method": None,
        "reconciliation_status": "completed",
        "reversed_by": None,
        "source_type": "card",
        "statement_descriptor": None,
        "status": "paid",
        "trace_id": {"status": "supported", "value": payout.trace_id},
        "type": "bank_account",
    }


def event_object(event: StripeEvent) -> dict[str, Any]:
    return {
        "id": event.id,
        "object": "event",
        "api_version": API_VERSION,
        "created": seconds(event.created),
        "data": {"object": event.object},
        "livemode": False,
        "pending_webhooks": 1,
        "request": {"id": None, "idempotency_key": None},
        "type": event.type,
    }
