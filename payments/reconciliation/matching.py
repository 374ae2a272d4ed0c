"""消込: each line of a provider and the receipt, refund or reversal that it is, by exact ids."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from payments.attempts.models import Attempt, Receipt, Reversal
from payments.attempts.states import AttemptState
from payments.chunks import chunked
from payments.reconciliation.models import Match, SettlementLine
from payments.refunds.models import Refund
from payments.refunds.states import RefundState
from payments.settlements.values import LineKind


@dataclass(frozen=True)
class Questions:
    """Attempts and refunds about which the provider has to be asked before matching."""

    attempts: tuple[str, ...]
    refunds: tuple[str, ...]


def questions(session: Session) -> Questions:
    """What the providers' files say happened and our books don't know yet."""
    attempts: dict[str, None] = {}
    refunds: dict[str, None] = {}
    for chunk in chunked(_unmatched(session, LineKind.PAYMENT)):
        receipts = _free_receipts(session, chunk)
        for line, attempt in _attempts(session, chunk):
            if receipts.for_line(line) is None:
                attempts[attempt] = None
    for chunk in chunked(_unmatched(session, LineKind.REFUND)):
        ours = _refunds(session, chunk)
        for line, attempt in _attempts(session, chunk):
            refund = ours.named(line)
            if refund is None:
                # Not by us: the attempt's own evidence tells what the provider gave back.
                attempts[attempt] = None
            elif refund.state != RefundState.SUCCEEDED:
                refunds[refund.id] = None
    return Questions(tuple(attempts), tuple(refunds))


def match_lines(session: Session, now: datetime) -> int:
    """Match every unmatched line whose counterpart is in our books by now; gives their number."""
    matched = 0
    for chunk in chunked(_unmatched(session, LineKind.PAYMENT)):
        receipts = _free_receipts(session, chunk)
        for line in chunk:
            receipt = receipts.take(line)
            if receipt is not None:
                by = "transaction_id" if _same_transaction(line, receipt) else "attempt_id"
                _match(session, line, Match(receipt_id=receipt.id, found_by=by), now)
                matched += 1
        session.flush()
    for chunk in chunked(_unmatched(session, LineKind.REFUND)):
        matched += _match_refunds(session, chunk, now)
        session.flush()
    return matched + _match_cancelled(session)


def _match_refunds(session: Session, lines: Sequence[SettlementLine], now: datetime) -> int:
    refunds = _refunds(session, lines)
    reversals = _free_reversals(session, lines)
    attempts = dict(_attempts(session, lines))
    matched = 0
    for line in lines:
        attempt = attempts.get(line)
        refund = refunds.take(line, attempt)
        if refund is not None:
            _match(session, line, Match(refund_id=refund.id, found_by="refund_id"), now)
            matched += 1
            continue
        same = [one for one in reversals.get(attempt or "", []) if one.amount == -line.gross]
        if same:
            reversals[same[0].attempt_id].remove(same[0])
            _match(session, line, Match(reversal_id=same[0].id, found_by="attempt_id"), now)
            matched += 1
    return matched


def _match_cancelled(session: Session) -> int:
    """Payments that the provider lists together with their cancellation: nothing came of them.

    Only where the provider, asked, has said that the attempt is cancelled. Our books have nothing
    to set against such lines, and both together are zero.
    """
    lines: dict[str, list[SettlementLine]] = defaultdict(list)
    for line in session.scalars(
        select(SettlementLine)
        .join(Attempt, Attempt.id == SettlementLine.attempt_id)
        .where(
            SettlementLine.matched.is_(False),
            Attempt.provider == SettlementLine.provider,
            Attempt.state == AttemptState.CANCELLED,
        )
    ):
        lines[line.attempt_id or ""].append(line)
    cancelled = [
        one for own in lines.values() if sum(line.gross for line in own) == 0 for one in own
    ]
    for line in cancelled:
        line.matched = True
    return len(cancelled)


def _match(session: Session, line: SettlementLine, match: Match, now: datetime) -> None:
    match.line_id = line.id
    match.matched_at = now
    session.add(match)
    line.matched = True


def _unmatched(session: Session, kind: LineKind) -> list[SettlementLine]:
    return list(
        session.scalars(
            select(SettlementLine)
            .where(SettlementLine.matched.is_(False), SettlementLine.kind == kind)
            .order_by(SettlementLine.at, SettlementLine.id)
        )
    )


def _attempts(
    session: Session, lines: Sequence[SettlementLine]
) -> list[tuple[SettlementLine, str]]:
    """The lines whose attempt we know, each with its id: the id that we gave, else the payment's
    identifier at the provider."""
    given = [line.attempt_id for line in lines if line.attempt_id]
    known = dict(
        session.execute(select(Attempt.id, Attempt.provider).where(Attempt.id.in_(given))).all()
    )
    transactions = [line.transaction_id for line in lines]
    by_transaction = {
        (provider, transaction): attempt
        for provider, transaction, attempt in session.execute(
            select(Attempt.provider, Attempt.transaction_id, Attempt.id).where(
                Attempt.transaction_id.in_(transactions)
            )
        )
    }
    found = []
    for line in lines:
        if line.attempt_id and known.get(line.attempt_id) == line.provider:
            found.append((line, line.attempt_id))
        elif (line.provider, line.transaction_id) in by_transaction:
            found.append((line, by_transaction[line.provider, line.transaction_id]))
    return found


@dataclass(frozen=True)
class _Receipts:
    """Receipts that no line has been matched with, by what a line may name them."""

    by_transaction: dict[tuple[str, str], Receipt]
    by_attempt: dict[tuple[str, str], list[Receipt]]

    def for_line(self, line: SettlementLine) -> Receipt | None:
        exact = self.by_transaction.get((line.provider, line.transaction_id))
        if exact is not None:
            return exact
        own = self.by_attempt.get((line.provider, line.attempt_id or ""), [])
        # The attempt alone decides only where it brought money once.
        return own[0] if len(own) == 1 else None

    def take(self, line: SettlementLine) -> Receipt | None:
        receipt = self.for_line(line)
        if receipt is not None:
            self.by_transaction.pop((receipt.provider, receipt.transaction_id), None)
            own = self.by_attempt.get((receipt.provider, receipt.attempt_id), [])
            if receipt in own:
                own.remove(receipt)
        return receipt


def _free_receipts(session: Session, lines: Sequence[SettlementLine]) -> _Receipts:
    transactions = [line.transaction_id for line in lines]
    attempts = [line.attempt_id for line in lines if line.attempt_id]
    providers = {line.provider for line in lines}
    by_transaction: dict[tuple[str, str], Receipt] = {}
    by_attempt: dict[tuple[str, str], list[Receipt]] = defaultdict(list)
    for receipt in session.scalars(
        select(Receipt)
        .where(
            or_(
                # The provider makes it a lookup in the index of both.
                and_(Receipt.provider.in_(providers), Receipt.transaction_id.in_(transactions)),
                Receipt.attempt_id.in_(attempts),
            )
        )
        .where(~select(Match.line_id).where(Match.receipt_id == Receipt.id).exists())
        .order_by(Receipt.entrusted_at, Receipt.id)
    ):
        by_transaction[receipt.provider, receipt.transaction_id] = receipt
        by_attempt[receipt.provider, receipt.attempt_id].append(receipt)
    return _Receipts(by_transaction, by_attempt)


def _same_transaction(line: SettlementLine, receipt: Receipt) -> bool:
    return line.transaction_id == receipt.transaction_id


@dataclass(frozen=True)
class _Refunds:
    """Refunds that no line has been matched with."""

    by_id: dict[str, Refund]
    by_provider_id: dict[str, Refund]
    by_attempt: dict[str, list[Refund]]

    def named(self, line: SettlementLine) -> Refund | None:
        """The refund that the line names, whatever became of it."""
        return self.by_id.get(line.refund_id or "") or self.by_provider_id.get(
            line.provider_refund_id or ""
        )

    def take(self, line: SettlementLine, attempt: str | None) -> Refund | None:
        """The paid refund that the line is; where it names none, one of its attempt and amount."""
        refund = self.named(line)
        if refund is None:
            same = [one for one in self.by_attempt.get(attempt or "", []) if _is(one, line)]
            refund = same[0] if same else None
        if refund is None or refund.state != RefundState.SUCCEEDED:
            return None
        self.by_id.pop(refund.id, None)
        self.by_provider_id.pop(refund.provider_refund_id or "", None)
        self.by_attempt[refund.attempt_id].remove(refund)
        return refund


def _is(refund: Refund, line: SettlementLine) -> bool:
    return refund.state == RefundState.SUCCEEDED and refund.amount == -line.gross


def _refunds(session: Session, lines: Sequence[SettlementLine]) -> _Refunds:
    attempts = [attempt for _, attempt in _attempts(session, lines)]
    named = [line.refund_id for line in lines if line.refund_id]
    by_id: dict[str, Refund] = {}
    by_provider_id: dict[str, Refund] = {}
    by_attempt: dict[str, list[Refund]] = defaultdict(list)
    for refund in session.scalars(
        select(Refund)
        .where(or_(Refund.attempt_id.in_(attempts), Refund.id.in_(named)))
        .where(~select(Match.line_id).where(Match.refund_id == Refund.id).exists())
        .order_by(Refund.requested_at, Refund.id)
    ):
        by_id[refund.id] = refund
        if refund.provider_refund_id:
            by_provider_id[refund.provider_refund_id] = refund
        by_attempt[refund.attempt_id].append(refund)
    return _Refunds(by_id, by_provider_id, by_attempt)


def _free_reversals(session: Session, lines: Sequence[SettlementLine]) -> dict[str, list[Reversal]]:
    found: dict[str, list[Reversal]] = defaultdict(list)
    for reversal in session.scalars(
        select(Reversal)
        .where(Reversal.attempt_id.in_([attempt for _, attempt in _attempts(session, lines)]))
        .where(~select(Match.line_id).where(Match.reversal_id == Reversal.id).exists())
        .order_by(Reversal.recorded_at, Reversal.id)
    ):
        found[reversal.attempt_id].append(reversal)
    return found
