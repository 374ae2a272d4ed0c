"""PayPay's transaction notification to the merchant."""

import json
import secrets
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from foundation.clock import jst
from payments.sandbox.paypay.models import Code
from payments.sandbox.settings import SandboxSettings
from payments.sandbox.webhooks.queue import enqueue
from payments.sandbox.webhooks.signing import PAYPAY


def notify(session: Session, settings: SandboxSettings, code: Code, now: datetime) -> None:
    """Tell the merchant the state in which a payment is now."""
    notification_id = secrets.token_hex(16)
    payload: dict[str, Any] = {
        "notification_type": "Transaction",
        "notification_id": notification_id,
        "merchant_id": settings.paypay_merchant_id,
        "store_id": code.request.get("storeId"),
        "pos_id": code.request.get("terminalId"),
        "order_id": code.payment_id,
        "merchant_order_id": code.merchant_payment_id,
        "authorized_at": None,
        "expires_at": _moment(code.expires_at),
        "paid_at": _moment(code.accepted_at),
        "confirmation_expires_at": None,
        "order_amount": str(code.amount),
        "state": code.status,
    }
    enqueue(
        session,
        provider=PAYPAY,
        event_id=notification_id,
        topic=f"Transaction {code.status}",
        subject=code.merchant_payment_id,
        body=json.dumps(payload, ensure_ascii=False),
        now=now,
    )


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else jst(moment).isoformat(timespec="seconds")
