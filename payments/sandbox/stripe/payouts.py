"""Paying the balance out to the city's bank account."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from payments.sandbox.files.stripe_csv import StripeRow
from payments.sandbox.settings import SandboxSettings
from payments.sandbox.stripe.events import emit
from payments.sandbox.stripe.models import (
    BalanceTransaction,
    Category,
    Charge,
    CheckoutSession,
    PaymentIntent,
    Payout,
    Refund,
)
from payments.sandbox.stripe.objects import new_stripe_id, payout_object


def unpaid(session: Session, before: datetime) -> Sequence[BalanceTransaction]:
    """What no payout has paid out yet, made before a moment, oldest first."""
    return session.scalars(
        select(BalanceTransaction)
        .where(BalanceTransaction.payout.is_(None), BalanceTransaction.created < before)
        .order_by(BalanceTransaction.created, BalanceTransaction.id)
    ).all()


def pay_out(
    session: Session,
    settings: SandboxSettings,
    transactions: Sequence[BalanceTransaction],
    *,
    arrival: datetime,
    trace_id: str,
    now: datetime,
) -> Payout:
    """One automatic payout of these transactions, whose net must be positive."""
    net = sum(transaction.amount - transaction.fee for transaction in transactions)
    if net <= 0:
        raise ValueError("a payout pays a positive amount")
    payout_id = new_stripe_id("po")
    own = BalanceTransaction(
        id=new_stripe_id("txn"),
        created=now,
        category=Category.PAYOUT,
        amount=-net,
        fee=0,
        source=payout_id,
        description="STRIPE PAYOUT",
        payout=payout_id,
    )
    payout = Payout(
        id=payout_id,
        created=now,
        arrival=arrival,
        amount=net,
        trace_id=trace_id,
        balance_transaction=own.id,
    )
    session.add_all((own, payout))
    for transaction in transactions:
        transaction.payout = payout_id
    session.flush()
    for kind in ("payout.created", "payout.paid", "payout.reconciliation_completed"):
        emit(session, settings, kind, payout_object(payout), now)
    return payout


def report_rows(session: Session, payout: Payout) -> list[StripeRow]:
    """The lines of the itemised payout reconciliation report: the payout itself is none."""
    transactions = session.scalars(
        select(BalanceTransaction)
        .where(
            BalanceTransaction.payout == payout.id,
            BalanceTransaction.category != Category.PAYOUT,
        )
        .order_by(BalanceTransaction.created, BalanceTransaction.id)
    )
    return [_row(session, payout, transaction) for transaction in transactions]


def _row(session: Session, payout: Payout, transaction: BalanceTransaction) -> StripeRow:
    refund = (
        session.get_one(Refund, transaction.source)
        if transaction.category == Category.REFUND
        else None
    )
    charge = session.get_one(Charge, transaction.source if refund is None else refund.charge)
    intent = session.get_one(PaymentIntent, charge.payment_intent)
    checkout = session.get_one(CheckoutSession, intent.session)
    return StripeRow(
        payout_id=payout.id,
        payout_effective_at=payout.arrival,
        balance_transaction_id=transaction.id,
        created=transaction.created,
        available_on=transaction.created,
        gross=transaction.amount,
        fee=transaction.fee,
        reporting_category=transaction.category,
        source_id=transaction.source,
        description=transaction.description or "",
        payment_intent_id=intent.id,
        charge_id=charge.id,
        refund_id="" if refund is None else refund.id,
        card_brand=charge.card_brand,
        trace_id=payout.trace_id,
        client_reference_id=checkout.client_reference_id or "",
        attempt_id=str(intent.meta.get("attempt_id") or checkout.meta.get("attempt_id") or ""),
        merchant_refund_id="" if refund is None else str(refund.meta.get("refund_id", "")),
    )
