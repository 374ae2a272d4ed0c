"""Writing down what a file says, each transaction and deposit once, however often it comes."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from foundation.clock import jst_date
from foundation.ids import new_id
from payments.chunks import chunked
from payments.reconciliation.differences import Finding, note_findings
from payments.reconciliation.models import BankDeposit, SettlementFile, SettlementLine
from payments.reconciliation.reasons import DifferenceKind
from payments.reconciliation.terms import TERMS, provider_of, title
from payments.settlements.values import (
    BankLine,
    FileFormat,
    LineError,
    LineKind,
    Parsed,
    ProviderLine,
)

#: The source of deposit notices.
BANK = "bank"

#: Who writes the files of each format.
SOURCES: Mapping[FileFormat, str] = {
    FileFormat.STRIPE_TRANSACTIONS: "stripe",
    FileFormat.STRIPE_PAYOUTS: "stripe",
    FileFormat.PAYPAY_TRANSACTIONS: "paypay",
    FileFormat.ZENGIN_DEPOSITS: BANK,
}


@dataclass(frozen=True)
class Stored:
    """What of a file was new."""

    file_id: str
    new: int
    already_known: int


def sha256(content: bytes) -> str:
    """What tells one content from every other, 64 hex digits."""
    return hashlib.sha256(content).hexdigest()


def one_at_a_time(session: Session) -> None:
    """Make other imports wait until this transaction ends; two files may tell of the same money.

    SQLite has one writer at a time from the beginning of the transaction.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("LOCK TABLE settlement_file IN SHARE ROW EXCLUSIVE MODE"))


def known_file(session: Session, digest: str) -> SettlementFile | None:
    """The file with this content, where it was imported before."""
    return session.scalars(select(SettlementFile).where(SettlementFile.sha256 == digest)).first()


def store(
    session: Session,
    parsed: Parsed,
    *,
    digest: str,
    filename: str,
    imported_by: str,
    now: datetime,
) -> Stored:
    """Keep the file's new lines; lines that can't be read or that changed become differences."""
    deposits = [line for line in parsed.lines if isinstance(line, BankLine)]
    transactions = [line for line in parsed.lines if isinstance(line, ProviderLine)]
    first, last = parsed.period or (None, None)
    file = SettlementFile(
        id=new_id(),
        sha256=digest,
        filename=filename,
        format=parsed.format,
        source=SOURCES[parsed.format],
        imported_by=imported_by,
        imported_at=now,
        first_day=first,
        last_day=last,
        read=len(parsed.lines),
        new=0,
        errors=len(parsed.errors),
    )
    session.add(file)
    session.flush()
    findings = [_unreadable(file, error, now) for error in parsed.errors]
    new = _store_deposits(session, file.id, deposits)
    for chunk in chunked(transactions):
        added, changed = _store_transactions(session, file, chunk)
        new += added
        findings += changed
    file.new = new
    note_findings(session, findings, now)
    return Stored(file.id, new, len(parsed.lines) - new)


def _store_deposits(session: Session, file_id: str, lines: Sequence[BankLine]) -> int:
    new = 0
    for chunk in chunked(lines):
        keys = [line.key for line in chunk]
        known = set(session.scalars(select(BankDeposit.key).where(BankDeposit.key.in_(keys))))
        for line in chunk:
            if line.key in known:
                continue
            new += 1
            session.add(
                BankDeposit(
                    id=new_id(),
                    file_id=file_id,
                    line=line.line,
                    key=line.key,
                    booked_on=line.booked_on,
                    value_on=line.value_on,
                    amount=-line.amount if line.cancelled else line.amount,
                    sender_name=line.sender_name,
                    edi=line.edi,
                    account=line.account,
                    provider=provider_of(line.sender_name),
                )
            )
    session.flush()
    return new


def _store_transactions(
    session: Session, file: SettlementFile, lines: Sequence[ProviderLine]
) -> tuple[int, list[Finding]]:
    known = {
        one.key: one
        for one in session.scalars(
            select(SettlementLine).where(
                SettlementLine.provider == file.source,
                SettlementLine.key.in_([line.key for line in lines]),
            )
        )
    }
    new = 0
    changed: list[Finding] = []
    for line in lines:
        before = known.get(line.key)
        if before is None:
            new += 1
            known[line.key] = row = _row(file.id, line)
            session.add(row)
        elif before.gross != line.gross or before.kind != line.kind:
            changed.append(_changed(file, before, line))
        else:
            _complete(before, line)
    session.flush()
    return new, changed


def _row(file_id: str, line: ProviderLine) -> SettlementLine:
    day = jst_date(line.at)
    terms = TERMS[line.provider]
    batch = line.payout_id
    if batch is None and terms.fee_rate is not None:
        # A provider whose file names no payouts pays out by the day.
        batch = day.isoformat()
    return SettlementLine(
        id=new_id(),
        file_id=file_id,
        line=line.line,
        provider=line.provider,
        key=line.key,
        kind=line.kind,
        at=line.at,
        day=day,
        gross=line.gross,
        fee=terms.fee(line.gross) if line.fee is None else line.fee,
        transaction_id=line.transaction_id,
        attempt_id=line.attempt_id,
        refund_id=line.refund_id,
        provider_refund_id=line.provider_refund_id,
        batch=batch,
        payout_on=line.payout_on,
        trace_id=line.trace_id,
        # Fees and payouts have no counterpart among our receipts.
        matched=line.kind in (LineKind.FEE, LineKind.PAYOUT),
    )


def _complete(before: SettlementLine, line: ProviderLine) -> None:
    """A transaction is listed before its payout exists; a later file tells the payout too."""
    if before.batch is None:
        before.batch = line.payout_id
    before.payout_on = before.payout_on or line.payout_on
    before.trace_id = before.trace_id or line.trace_id


def _unreadable(file: SettlementFile, error: LineError, now: datetime) -> Finding:
    return Finding(
        key=f"unreadable:{file.id}:{error.line}",
        kind=DifferenceKind.UNREADABLE_LINE,
        source=file.source,
        day=jst_date(now),
        ours=None,
        theirs=None,
        reason_code="unreadable_line",
        reason_values={
            "filename": file.filename,
            "line": error.line,
            "field": error.field,
            "found": error.found,
            "right": error.right.template,
            "right_values": dict(error.right.values),
        },
        file_id=file.id,
    )


def _changed(file: SettlementFile, before: SettlementLine, line: ProviderLine) -> Finding:
    return Finding(
        key=f"changed:{before.id}:{line.gross}",
        kind=DifferenceKind.LINE_CHANGED,
        source=file.source,
        day=before.day,
        ours=before.gross,
        theirs=line.gross,
        reason_code="line_changed",
        reason_values={
            "provider": title(file.source),
            "transaction": line.transaction_id,
            "before": before.gross,
            "after": line.gross,
        },
        file_id=file.id,
    )
