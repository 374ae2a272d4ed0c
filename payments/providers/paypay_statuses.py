"""What PayPay's words mean in ours.

Source: https://www.paypay.ne.jp/opa/doc/v1.0/dynamicqrcode (Get payment details, Refund)
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from payments.providers.base import EvidenceStatus, RefundStatus


class PayPayStatus(StrEnum):
    """Every state that the API documents, of payments and of refunds."""

    CREATED = "CREATED"
    AUTHORIZED = "AUTHORIZED"
    REAUTHORIZED = "REAUTHORIZED"
    COMPLETED = "COMPLETED"
    EXPIRED = "EXPIRED"
    CANCELED = "CANCELED"
    FAILED = "FAILED"
    REFUNDED = "REFUNDED"


REFUNDED = PayPayStatus.REFUNDED

PAYMENTS: Mapping[str, EvidenceStatus] = MappingProxyType(
    {
        PayPayStatus.CREATED: EvidenceStatus.PENDING,
        # We capture at once, so an authorisation is a payment on its way.
        PayPayStatus.AUTHORIZED: EvidenceStatus.PENDING,
        PayPayStatus.REAUTHORIZED: EvidenceStatus.PENDING,
        PayPayStatus.COMPLETED: EvidenceStatus.SUCCEEDED,
        PayPayStatus.EXPIRED: EvidenceStatus.EXPIRED,
        PayPayStatus.CANCELED: EvidenceStatus.CANCELLED,
        PayPayStatus.FAILED: EvidenceStatus.FAILED,
        # It was paid before it was (partly) given back; what was given back is told apart.
        PayPayStatus.REFUNDED: EvidenceStatus.SUCCEEDED,
    }
)

REFUNDS: Mapping[str, RefundStatus] = MappingProxyType(
    {
        PayPayStatus.CREATED: RefundStatus.PENDING,
        PayPayStatus.AUTHORIZED: RefundStatus.PENDING,
        PayPayStatus.REAUTHORIZED: RefundStatus.PENDING,
        PayPayStatus.COMPLETED: RefundStatus.SUCCEEDED,
        PayPayStatus.REFUNDED: RefundStatus.SUCCEEDED,
        PayPayStatus.EXPIRED: RefundStatus.FAILED,
        PayPayStatus.CANCELED: RefundStatus.FAILED,
        PayPayStatus.FAILED: RefundStatus.FAILED,
    }
)

for _table in (PAYMENTS, REFUNDS):
    if set(_table) != set(PayPayStatus):
        raise RuntimeError(f"PayPay statuses without a meaning: {set(PayPayStatus) - set(_table)}")
