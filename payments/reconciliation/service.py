"""Importing a settlement file, and what finance sees of it."""

import logging
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from foundation.clock import jst_midnight
from payments.attempts.models import EvidenceSource, Receipt
from payments.attempts.service import gather_evidence
from payments.context import Payments
from payments.providers.base import ProviderError
from payments.reconciliation.deposits import settle_deposits
from payments.reconciliation.differences import bring_up_to_date, note_findings, open_count
from payments.reconciliation.findings import cancelled_deposits, find
from payments.reconciliation.matching import match_lines, questions
from payments.reconciliation.models import SettlementFile
from payments.reconciliation.storing import Stored, known_file, one_at_a_time, sha256, store
from payments.refunds.service import gather_refund_evidence
from payments.settlements import LineError, parse

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class ImportResult:
    """What became of one file."""

    file_id: str
    #: lines that could be read
    read: int
    #: of these, the ones that no earlier file had brought
    new: int
    already_known: int
    errors: tuple[LineError, ...]
    #: lines that this import could match with our books, from earlier files too
    matched: int
    #: payouts that this import could find in the bank
    remitted: int
    #: differences that are open now
    differences: int


def import_file(
    payments: Payments, *, filename: str, content: bytes, imported_by: str
) -> ImportResult:
    """Import a settlement file, ask the providers what is unclear, match, book, list differences.

    Opens its own transactions. The same file, or one that overlaps, changes nothing a second time.
    Raises UnrecognisedFile.
    """
    parsed = parse(content)
    digest = sha256(content)
    with payments.database.transaction() as session:
        one_at_a_time(session)
        known = known_file(session, digest)
        if known is None:
            stored = store(
                session,
                parsed,
                digest=digest,
                filename=filename,
                imported_by=imported_by,
                now=payments.clock(),
            )
        else:
            stored = Stored(known.id, 0, len(parsed.lines))
    round_ = reconcile(payments)
    return ImportResult(
        file_id=stored.file_id,
        read=len(parsed.lines),
        new=stored.new,
        already_known=stored.already_known,
        errors=tuple(parsed.errors),
        matched=round_.matched,
        remitted=round_.remitted,
        differences=round_.differences,
    )


@dataclass(frozen=True)
class Round:
    """What one round of reconciliation did."""

    matched: int
    remitted: int
    #: differences that are open now
    differences: int


def reconcile(payments: Payments) -> Round:
    """Match and book whatever has become possible; harmless to repeat at any time.

    Opens its own transactions; the providers are asked between them.
    """
    _ask_providers(payments)
    now = payments.clock()
    with payments.database.transaction() as session:
        one_at_a_time(session)
        matched = match_lines(session, now)
        remitted = settle_deposits(session, now)
        note_findings(session, cancelled_deposits(session), now)
        bring_up_to_date(session, find(session), now)
        return Round(matched, remitted, open_count(session))


def _ask_providers(payments: Payments) -> None:
    """Have what the files say go through the one door; a file alone settles no claim."""
    with payments.database.reading() as session:
        open_questions = questions(session)
    for attempt_id in open_questions.attempts:
        try:
            gather_evidence(payments, attempt_id, EvidenceSource.SETTLEMENT)
        except (ProviderError, LookupError) as failure:
            # It stays unmatched and listed; the next import asks again.
            logger.warning("attempt %s could not be confirmed: %s", attempt_id, failure)
    for refund_id in open_questions.refunds:
        try:
            gather_refund_evidence(payments, refund_id)
        except (ProviderError, LookupError) as failure:
            logger.warning("refund %s could not be confirmed: %s", refund_id, failure)


def files(session: Session, *, limit: int = 50) -> list[SettlementFile]:
    """The imported files, newest first."""
    return list(
        session.scalars(
            select(SettlementFile)
            .order_by(SettlementFile.imported_at.desc(), SettlementFile.id.desc())
            .limit(limit)
        )
    )


@dataclass(frozen=True)
class Overview:
    """The one sentence of finance's start page."""

    #: the day before (JST), of which the receipts are counted
    yesterday: date
    receipts: int
    #: yen
    received: int
    open_differences: int


def overview(session: Session, day: date) -> Overview:
    """How yesterday was, seen from ``day`` (JST), and what waits."""
    yesterday = day - timedelta(days=1)
    begin, end = jst_midnight(yesterday), jst_midnight(day)
    count, received = session.execute(
        select(func.count(), func.coalesce(func.sum(Receipt.amount), 0)).where(
            Receipt.entrusted_at >= begin, Receipt.entrusted_at < end
        )
    ).one()
    return Overview(yesterday, int(count), int(received), open_count(session))
