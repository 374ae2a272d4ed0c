"""What does not fit at this moment, computed from the books, the files and the bank."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from foundation.clock import jst_date
from payments.attempts.models import CASH, Attempt, Receipt
from payments.reconciliation.deposits import waiting_batches, waiting_deposits
from payments.reconciliation.differences import Finding
from payments.reconciliation.models import (
    BankDeposit,
    Match,
    SettlementFile,
    SettlementLine,
)
from payments.reconciliation.reasons import DifferenceKind
from payments.reconciliation.storing import BANK
from payments.reconciliation.terms import title
from payments.refunds.models import Refund
from payments.refunds.states import RefundState
from payments.settlements.values import LineKind


def find(session: Session) -> list[Finding]:
    """Everything that differs now."""
    return [
        *_unmatched_lines(session),
        *_wrong_amounts(session),
        *_missing_at_provider(session),
        *_payout_sums(session),
        *_deposits(session),
        *_overdue_payouts(session),
    ]


def cancelled_deposits(session: Session) -> list[Finding]:
    """Deposits that the bank took back; a person has to ask why, once for each."""
    return [
        Finding(
            key=f"cancelled:{one.id}",
            kind=DifferenceKind.DEPOSIT_CANCELLED,
            source=BANK,
            day=one.booked_on,
            ours=None,
            theirs=one.amount,
            reason_code="deposit_cancelled",
            reason_values={"sender": one.sender_name, "amount": -one.amount},
            file_id=one.file_id,
        )
        for one in session.scalars(select(BankDeposit).where(BankDeposit.amount < 0))
    ]


def _unmatched_lines(session: Session) -> list[Finding]:
    rows = session.execute(
        select(SettlementLine, Attempt.id, Attempt.amount)
        .outerjoin(
            Attempt,
            (Attempt.id == SettlementLine.attempt_id)
            & (Attempt.provider == SettlementLine.provider),
        )
        .where(SettlementLine.matched.is_(False))
        .order_by(SettlementLine.at)
    )
    refunds = set(session.scalars(select(Refund.id).where(Refund.state != RefundState.SUCCEEDED)))
    return [
        _unmatched(line, attempt, amount, line.refund_id in refunds)
        for line, attempt, amount in rows
    ]


def _unmatched(
    line: SettlementLine, attempt: str | None, amount: int | None, refund_waits: bool
) -> Finding:
    kind, code, ours = DifferenceKind.MISSING_WITH_US, "payment_unknown", None
    if line.kind == LineKind.ADJUSTMENT:
        code = "adjustment"
    elif line.kind == LineKind.REFUND:
        code = "refund_unknown"
        if refund_waits:
            kind, code = DifferenceKind.NOT_CONFIRMED, "refund_not_confirmed"
    elif attempt is not None:
        kind, code, ours = DifferenceKind.NOT_CONFIRMED, "payment_not_confirmed", amount
    return Finding(
        key=f"line:{line.id}",
        kind=kind,
        source=line.provider,
        day=line.day,
        ours=ours,
        theirs=line.gross,
        reason_code=code,
        reason_values={
            "provider": title(line.provider),
            "transaction": line.transaction_id,
            "reference": line.attempt_id or "-",
        },
        file_id=line.file_id,
        attempt_id=attempt,
    )


def _wrong_amounts(session: Session) -> list[Finding]:
    payments = session.execute(
        select(SettlementLine, Receipt.amount, Receipt.attempt_id)
        .join(Match, Match.line_id == SettlementLine.id)
        .join(Receipt, Receipt.id == Match.receipt_id)
        .where(Receipt.amount != SettlementLine.gross)
    )
    refunds = session.execute(
        select(SettlementLine, -Refund.amount, Refund.attempt_id)
        .join(Match, Match.line_id == SettlementLine.id)
        .join(Refund, Refund.id == Match.refund_id)
        .where(Refund.amount != -SettlementLine.gross)
    )
    return [
        Finding(
            key=f"amount:{line.id}",
            kind=DifferenceKind.AMOUNT_DIFFERS,
            source=line.provider,
            day=line.day,
            ours=ours,
            theirs=line.gross,
            reason_code=code,
            reason_values={
                "provider": title(line.provider),
                "transaction": line.transaction_id,
                "ours": ours,
                "theirs": line.gross,
            },
            file_id=line.file_id,
            attempt_id=attempt,
        )
        for code, rows in (("payment_amount", payments), ("refund_amount", refunds))
        for line, ours, attempt in rows
    ]


@dataclass(frozen=True)
class _Covered:
    """What the imported files of one source speak about."""

    periods: tuple[tuple[date, date, datetime], ...]

    def has(self, moment: datetime) -> bool:
        """Whether a file of that day, drawn after that moment, is here."""
        day = jst_date(moment)
        return any(first <= day <= last and at >= moment for first, last, at in self.periods)

    def day_of_last(self) -> date | None:
        return max((last for _, last, _ in self.periods), default=None)


def _covered(session: Session, source: str) -> _Covered:
    rows = session.execute(
        select(SettlementFile.first_day, SettlementFile.last_day, SettlementFile.imported_at).where(
            SettlementFile.source == source, SettlementFile.first_day.is_not(None)
        )
    )
    return _Covered(tuple((first, last, at) for first, last, at in rows if first and last))


def _missing_at_provider(session: Session) -> list[Finding]:
    receipts = session.execute(
        select(
            Receipt.id,
            Receipt.provider,
            Receipt.entrusted_at,
            Receipt.transaction_id,
            Receipt.amount,
            Receipt.attempt_id,
        )
        .where(Receipt.provider != CASH)
        .where(~select(Match.line_id).where(Match.receipt_id == Receipt.id).exists())
    )
    refunds = session.execute(
        select(
            Refund.id,
            Attempt.provider,
            Refund.ended_at,
            func.coalesce(Refund.provider_refund_id, Refund.id),
            -Refund.amount,
            Refund.attempt_id,
        )
        .join(Attempt, Attempt.id == Refund.attempt_id)
        .where(Attempt.provider != CASH, Refund.state == RefundState.SUCCEEDED)
        .where(~select(Match.line_id).where(Match.refund_id == Refund.id).exists())
    )
    covered: dict[str, _Covered] = {}
    found = []
    for code, rows in (("receipt_missing", receipts), ("refund_missing", refunds)):
        for row_id, provider, at, transaction, amount, attempt in rows:
            if provider not in covered:
                covered[provider] = _covered(session, provider)
            if at is None or not covered[provider].has(at):
                continue
            found.append(
                Finding(
                    key=f"{code}:{row_id}",
                    kind=DifferenceKind.MISSING_AT_PROVIDER,
                    source=provider,
                    day=jst_date(at),
                    ours=amount,
                    theirs=None,
                    reason_code=code,
                    reason_values={
                        "provider": title(provider),
                        "day": jst_date(at).isoformat(),
                        "transaction": transaction,
                    },
                    attempt_id=attempt,
                )
            )
    return found


def _payout_sums(session: Session) -> list[Finding]:
    """Payouts whose transactions, as far as we have them, add up to something else."""
    sums = {
        (provider, batch): int(net)
        for provider, batch, net in session.execute(
            select(
                SettlementLine.provider,
                SettlementLine.batch,
                func.sum(SettlementLine.gross - SettlementLine.fee),
            )
            .where(SettlementLine.kind != LineKind.PAYOUT, SettlementLine.batch.is_not(None))
            .group_by(SettlementLine.provider, SettlementLine.batch)
        )
    }
    payouts = session.execute(
        select(
            SettlementLine.provider,
            SettlementLine.batch,
            func.sum(SettlementLine.gross),
            func.max(SettlementLine.day),
        )
        .where(SettlementLine.kind == LineKind.PAYOUT)
        .group_by(SettlementLine.provider, SettlementLine.batch)
    )
    found = []
    for provider, batch, gross, day in payouts:
        paid_out, ours = -int(gross), sums.get((provider, batch))
        if ours is not None and ours != paid_out:
            found.append(
                Finding(
                    key=f"payout:{provider}:{batch}",
                    kind=DifferenceKind.AMOUNT_DIFFERS,
                    source=provider,
                    day=day,
                    ours=ours,
                    theirs=paid_out,
                    reason_code="payout_sum",
                    reason_values={
                        "provider": title(provider),
                        "batch": batch,
                        "ours": ours,
                        "theirs": paid_out,
                    },
                )
            )
    return found


def _deposits(session: Session) -> list[Finding]:
    return [
        Finding(
            key=f"deposit:{one.id}",
            kind=(
                DifferenceKind.UNKNOWN_MONEY
                if one.provider is None
                else DifferenceKind.DEPOSIT_DIFFERS
            ),
            source=BANK,
            day=one.booked_on,
            ours=None,
            theirs=one.amount,
            reason_code="sender_unknown" if one.provider is None else "deposit_unexplained",
            reason_values={
                "sender": one.sender_name,
                "provider": title(one.provider or ""),
                "amount": one.amount,
            },
            file_id=one.file_id,
        )
        for one in waiting_deposits(session)
    ]


def _overdue_payouts(session: Session) -> list[Finding]:
    told_until = _covered(session, BANK).day_of_last()
    if told_until is None:
        return []
    return [
        Finding(
            key=f"payout_overdue:{one.provider}:{one.name}",
            kind=DifferenceKind.DEPOSIT_MISSING,
            source=one.provider,
            day=one.due_on,
            ours=one.net,
            theirs=None,
            reason_code="payout_overdue",
            reason_values={
                "provider": title(one.provider),
                "batch": one.name,
                "amount": one.net,
                "day": told_until.isoformat(),
            },
        )
        for one in waiting_batches(session)
        if one.due_on <= told_until and one.net > 0
    ]
