"""Refunds of a PayPay payment, whole or in part."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from payments.sandbox.fees import paypay_fee
from payments.sandbox.paypay.codes import merchant_identifier, money, new_number
from payments.sandbox.paypay.models import (
    Code,
    CodeStatus,
    PayPayRefund,
    PayPayTransaction,
    TransactionKind,
)
from payments.sandbox.paypay.results import (
    INVALID_REFUND_AMOUNT,
    INVALID_REFUND_PARAMS,
    NO_SUCH_REFUND_ORDER,
    ORDER_NOT_FOUND,
    ORDER_NOT_REFUNDABLE,
    PayPayRefusal,
)


def create_refund(session: Session, body: dict[str, Any], now: datetime) -> PayPayRefund:
    """Give money back. The same merchantRefundId again answers the same; raises PayPayRefusal."""
    merchant_refund_id = merchant_identifier(body, "merchantRefundId")
    payment_id = merchant_identifier(body, "paymentId")
    amount = money(body)
    code = session.scalars(select(Code).where(Code.payment_id == payment_id)).one_or_none()
    if code is None:
        raise PayPayRefusal(ORDER_NOT_FOUND)
    known = session.get(PayPayRefund, merchant_refund_id)
    if known is not None:
        if (known.code, known.amount) != (code.id, amount):
            raise PayPayRefusal(INVALID_REFUND_PARAMS)
        return known
    if code.status not in (CodeStatus.COMPLETED, CodeStatus.REFUNDED):
        raise PayPayRefusal(ORDER_NOT_REFUNDABLE)
    if amount > code.amount - code.refunded:
        raise PayPayRefusal(INVALID_REFUND_AMOUNT)
    requested_at = body.get("requestedAt")
    refund = PayPayRefund(
        merchant_refund_id=merchant_refund_id,
        code=code.id,
        amount=amount,
        reason=str(body["reason"]) if body.get("reason") else None,
        requested_at=requested_at if isinstance(requested_at, int) else int(now.timestamp()),
        accepted_at=now,
    )
    session.add(refund)
    session.add(
        PayPayTransaction(
            id=new_number(),
            code=code.id,
            kind=TransactionKind.REFUND,
            at=now,
            amount=-amount,
            fee=-paypay_fee(amount),
            merchant_transaction_id=merchant_refund_id,
        )
    )
    code.refunded += amount
    # PayPay calls a payment REFUNDED as soon as a part of it went back.
    code.status = CodeStatus.REFUNDED
    session.flush()
    return refund


def find_refund(session: Session, merchant_refund_id: str) -> PayPayRefund:
    """The refund of a merchantRefundId. Raises PayPayRefusal."""
    refund = session.get(PayPayRefund, merchant_refund_id)
    if refund is None:
        raise PayPayRefusal(NO_SUCH_REFUND_ORDER)
    return refund
