"""Dynamic QR codes and the payment by them."""

import re
import secrets
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from foundation.clock import JST, jst_date
from payments.sandbox.fees import paypay_fee
from payments.sandbox.paypay.models import (
    Code,
    CodeStatus,
    PayPayTransaction,
    TransactionKind,
)
from payments.sandbox.paypay.notices import notify
from payments.sandbox.paypay.results import (
    DUPLICATE_DYNAMIC_QR_REQUEST,
    DYNAMIC_QR_ALREADY_PAID,
    DYNAMIC_QR_NOT_FOUND,
    DYNAMIC_QR_PAYMENT_NOT_FOUND,
    INVALID_REQUEST_PARAMS,
    MISSING_REQUEST_PARAMS,
    ORDER_NOT_REVERSIBLE,
    PayPayRefusal,
)
from payments.sandbox.settings import SandboxSettings

#: Until when, on the day after the payment, it can be cancelled instead of refunded.
CANCEL_UNTIL = time(0, 14, 59)

_IDENTIFIER = re.compile(r"[A-Za-z0-9_\-]{1,64}")


def new_number() -> str:
    """A number as PayPay gives to payments and transactions: 20 digits."""
    return "".join(secrets.choice("123456789") for _ in range(20))


def merchant_identifier(body: dict[str, Any], key: str) -> str:
    """``merchantPaymentId`` and the like: up to 64 letters, digits, ``-`` and ``_``."""
    value = body.get(key)
    if value is None:
        raise PayPayRefusal(MISSING_REQUEST_PARAMS)
    if not isinstance(value, str) or _IDENTIFIER.fullmatch(value) is None:
        raise PayPayRefusal(INVALID_REQUEST_PARAMS)
    return value


def money(body: dict[str, Any]) -> int:
    """``amount: {amount, currency: JPY}`` as yen."""
    value = body.get("amount")
    if value is None:
        raise PayPayRefusal(MISSING_REQUEST_PARAMS)
    if not isinstance(value, dict) or value.get("currency") != "JPY":
        raise PayPayRefusal(INVALID_REQUEST_PARAMS)
    amount = value.get("amount")
    if type(amount) is not int or not 1 <= amount <= 99_999_999_999:
        raise PayPayRefusal(INVALID_REQUEST_PARAMS)
    return amount


def create_code(
    session: Session, settings: SandboxSettings, body: dict[str, Any], now: datetime
) -> Code:
    """A new code. Raises PayPayRefusal; a merchantPaymentId can be used once."""
    merchant_payment_id = merchant_identifier(body, "merchantPaymentId")
    amount = money(body)
    if body.get("codeType") != "ORDER_QR":
        raise PayPayRefusal(INVALID_REQUEST_PARAMS)
    if body.get("redirectUrl") is not None and not _is_web_address(body["redirectUrl"]):
        raise PayPayRefusal(INVALID_REQUEST_PARAMS)
    if body.get("redirectType") not in (None, "WEB_LINK", "APP_DEEP_LINK"):
        raise PayPayRefusal(INVALID_REQUEST_PARAMS)
    if body.get("isAuthorization") not in (None, False):
        raise PayPayRefusal(INVALID_REQUEST_PARAMS)
    if not isinstance(body.get("orderDescription", ""), str):
        raise PayPayRefusal(INVALID_REQUEST_PARAMS)
    if _by_merchant_id(session, merchant_payment_id) is not None:
        raise PayPayRefusal(DUPLICATE_DYNAMIC_QR_REQUEST)
    code = Code(
        id=f"04-{secrets.token_urlsafe(12)}",
        merchant_payment_id=merchant_payment_id,
        created=now,
        expires_at=(now + settings.paypay_code_life).replace(microsecond=0),
        status=CodeStatus.CREATED,
        amount=amount,
        refunded=0,
        request=body,
        payment_id=new_number(),
    )
    session.add(code)
    session.flush()
    return code


def delete_code(session: Session, settings: SandboxSettings, code_id: str, now: datetime) -> None:
    """Take a code away before it is paid; its payment is CANCELED then."""
    code = session.get(Code, code_id)
    if code is None:
        raise PayPayRefusal(DYNAMIC_QR_NOT_FOUND)
    if code.status in (CodeStatus.COMPLETED, CodeStatus.REFUNDED):
        raise PayPayRefusal(DYNAMIC_QR_ALREADY_PAID)
    if code.status == CodeStatus.CREATED:
        _end(session, settings, code, CodeStatus.CANCELED, now)


def payment(session: Session, merchant_payment_id: str) -> Code:
    """The payment of a merchantPaymentId. Raises PayPayRefusal."""
    code = _by_merchant_id(session, merchant_payment_id)
    if code is None:
        raise PayPayRefusal(DYNAMIC_QR_PAYMENT_NOT_FOUND)
    return code


def lapse_codes(session: Session, settings: SandboxSettings, now: datetime) -> None:
    """End the codes that were not paid in time."""
    overdue = session.scalars(
        select(Code).where(Code.status == CodeStatus.CREATED, Code.expires_at <= now)
    )
    for code in overdue:
        _end(session, settings, code, CodeStatus.EXPIRED, now)


def pay(session: Session, settings: SandboxSettings, code: Code, now: datetime) -> None:
    """The payer says yes to an open code."""
    code.accepted_at = now
    session.add(
        PayPayTransaction(
            id=code.payment_id,
            code=code.id,
            kind=TransactionKind.PAYMENT,
            at=now,
            amount=code.amount,
            fee=paypay_fee(code.amount),
            merchant_transaction_id=code.merchant_payment_id,
        )
    )
    _end(session, settings, code, CodeStatus.COMPLETED, now)


def fail(session: Session, settings: SandboxSettings, code: Code, now: datetime) -> None:
    """PayPay says no to the payer."""
    _end(session, settings, code, CodeStatus.FAILED, now)


def cancel(session: Session, settings: SandboxSettings, code: Code, now: datetime) -> None:
    """Undo a payment of today, or end an open one. Raises PayPayRefusal when it is too late."""
    if code.status in (CodeStatus.CANCELED, CodeStatus.EXPIRED, CodeStatus.FAILED):
        return
    if code.status == CodeStatus.COMPLETED:
        if code.refunded > 0 or code.accepted_at is None or now > _cancel_until(code.accepted_at):
            raise PayPayRefusal(ORDER_NOT_REVERSIBLE)
        session.add(
            PayPayTransaction(
                id=new_number(),
                code=code.id,
                kind=TransactionKind.CANCEL,
                at=now,
                amount=-code.amount,
                fee=-paypay_fee(code.amount),
                merchant_transaction_id=code.merchant_payment_id,
            )
        )
    elif code.status == CodeStatus.REFUNDED:
        raise PayPayRefusal(ORDER_NOT_REVERSIBLE)
    _end(session, settings, code, CodeStatus.CANCELED, now)


def _end(
    session: Session,
    settings: SandboxSettings,
    code: Code,
    status: CodeStatus,
    now: datetime,
) -> None:
    code.status = status
    notify(session, settings, code, now)


def _cancel_until(accepted_at: datetime) -> datetime:
    next_day = jst_date(accepted_at) + timedelta(days=1)
    # The whole second 00:14:59 still counts.
    return datetime.combine(next_day, CANCEL_UNTIL, JST).replace(microsecond=999_999)


def _by_merchant_id(session: Session, merchant_payment_id: str) -> Code | None:
    return session.scalars(
        select(Code).where(Code.merchant_payment_id == merchant_payment_id)
    ).one_or_none()


def _is_web_address(value: object) -> bool:
    return isinstance(value, str) and value.startswith(("http://", "https://"))
