"""Closing a day.

A closing takes what no earlier one took, up to the end of its day in Japan. Each provider pays
its net out in one deposit, reported by its own file. Where a provider's net is not positive
(more refunds than payments), nothing is paid and its transactions wait for the next closing, as
both providers do it: so the lines of a file always add up to its deposit plus the fees.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from foundation.clock import jst_midnight
from payments.sandbox.files import paypay_csv, stripe_csv
from payments.sandbox.files.paypay_csv import PayPayRow
from payments.sandbox.paypay.models import Code, PayPayTransaction, TransactionKind
from payments.sandbox.settings import SandboxSettings
from payments.sandbox.settlements.bank import notice
from payments.sandbox.settlements.models import (
    BankDeposit,
    Closing,
    FileKind,
    SettlementFile,
)
from payments.sandbox.stripe.models import BalanceTransaction
from payments.sandbox.stripe.payouts import pay_out, report_rows, unpaid
from payments.sandbox.webhooks.signing import PAYPAY, STRIPE

_STATUS = {
    TransactionKind.PAYMENT: paypay_csv.COMPLETED,
    TransactionKind.REFUND: paypay_csv.REFUNDED,
    TransactionKind.CANCEL: paypay_csv.CANCELLED,
}


@dataclass(frozen=True)
class _Taken:
    """What a closing can pay out now."""

    stripe: Sequence[BalanceTransaction]
    paypay: Sequence[PayPayTransaction]


def close_day(session: Session, settings: SandboxSettings, day: date, now: datetime) -> Closing:
    """Close a day. Where nothing new came since its last closing, that one is given again."""
    taken = _take(session, day)
    last = session.scalars(
        select(Closing).where(Closing.day == day).order_by(Closing.number.desc()).limit(1)
    ).first()
    if last is not None and not taken.stripe and not taken.paypay:
        return last
    closing = Closing(day=day, number=1 if last is None else last.number + 1, closed_at=now)
    session.add(closing)
    session.flush()
    deposits: list[BankDeposit] = []
    _settle_stripe(session, settings, closing, taken.stripe, deposits, now)
    _settle_paypay(session, settings, closing, taken.paypay, deposits)
    _keep(
        session,
        closing,
        FileKind.BANK,
        f"mihon_bank_deposits_{day:%Y%m%d}_{closing.number}.txt",
        notice(settings, day, deposits),
        [deposit.amount for deposit in deposits],
    )
    return closing


def waiting(session: Session) -> int:
    """How many transactions no closing has taken yet."""
    stripe = session.scalar(
        select(func.count())
        .select_from(BalanceTransaction)
        .where(BalanceTransaction.payout.is_(None))
    )
    paypay = session.scalar(
        select(func.count())
        .select_from(PayPayTransaction)
        .where(PayPayTransaction.closing.is_(None))
    )
    return (stripe or 0) + (paypay or 0)


def _take(session: Session, day: date) -> _Taken:
    end = jst_midnight(day + timedelta(days=1))
    stripe = unpaid(session, end)
    paypay = session.scalars(
        select(PayPayTransaction)
        .where(PayPayTransaction.closing.is_(None), PayPayTransaction.at < end)
        .order_by(PayPayTransaction.at, PayPayTransaction.id)
    ).all()
    return _Taken(
        stripe if sum(line.amount - line.fee for line in stripe) > 0 else [],
        paypay if sum(line.amount - line.fee for line in paypay) > 0 else [],
    )


def _settle_stripe(
    session: Session,
    settings: SandboxSettings,
    closing: Closing,
    transactions: Sequence[BalanceTransaction],
    deposits: list[BankDeposit],
    now: datetime,
) -> None:
    rows = []
    if transactions:
        deposit = _deposit(session, closing, STRIPE, _net(transactions))
        deposits.append(deposit)
        payout = pay_out(
            session,
            settings,
            transactions,
            arrival=jst_midnight(closing.day),
            trace_id=deposit.reference,
            now=now,
        )
        rows = report_rows(session, payout)
    _keep(
        session,
        closing,
        FileKind.STRIPE,
        f"stripe_payout_reconciliation_{closing.day:%Y%m%d}_{closing.number}.csv",
        stripe_csv.write(rows),
        [row.gross for row in rows],
    )


def _settle_paypay(
    session: Session,
    settings: SandboxSettings,
    closing: Closing,
    transactions: Sequence[PayPayTransaction],
    deposits: list[BankDeposit],
) -> None:
    if transactions:
        deposits.append(_deposit(session, closing, PAYPAY, _net(transactions)))
    for transaction in transactions:
        transaction.closing = closing.id
    rows = [_paypay_row(session, settings, transaction) for transaction in transactions]
    _keep(
        session,
        closing,
        FileKind.PAYPAY,
        f"paypay_transactions_{closing.day:%Y%m%d}_{closing.number}.csv",
        paypay_csv.write(rows),
        [row.amount for row in rows],
    )


def _paypay_row(
    session: Session, settings: SandboxSettings, transaction: PayPayTransaction
) -> PayPayRow:
    code = session.get_one(Code, transaction.code)
    return PayPayRow(
        transaction_id=transaction.id,
        merchant_id=settings.paypay_merchant_id,
        merchant_name=settings.merchant_name,
        store_id=str(code.request.get("storeId") or ""),
        store_name=str(code.request.get("storeInfo") or ""),
        terminal_id=str(code.request.get("terminalId") or ""),
        status=_STATUS[TransactionKind(transaction.kind)],
        at=transaction.at,
        amount=transaction.amount,
        receipt="",
        method="PayPay残高",
        details={"PayPay残高": transaction.amount},
        confirm_until=None,
        merchant_payment_id=transaction.merchant_transaction_id,
    )


def _net(transactions: Sequence[BalanceTransaction] | Sequence[PayPayTransaction]) -> int:
    return sum(transaction.amount - transaction.fee for transaction in transactions)


def _deposit(session: Session, closing: Closing, provider: str, amount: int) -> BankDeposit:
    deposit = BankDeposit(
        closing=closing.id,
        provider=provider,
        amount=amount,
        reference=f"{provider.upper()}-{closing.day:%Y%m%d}-{closing.number}",
    )
    session.add(deposit)
    session.flush()
    return deposit


def _keep(
    session: Session,
    closing: Closing,
    kind: FileKind,
    name: str,
    content: bytes,
    amounts: Sequence[int],
) -> None:
    session.add(
        SettlementFile(
            closing=closing.id,
            kind=kind,
            name=name,
            content=content,
            lines=len(amounts),
            amount=sum(amounts),
        )
    )
