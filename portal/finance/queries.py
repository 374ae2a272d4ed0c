"""What finance looks through: claims, refunds, and the entries behind each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from auth.staff.models import StaffAccount
from foundation.ids import normalise_reference
from payments.attempts.models import CASH, Attempt, Receipt
from payments.claims import service as claims
from payments.claims.models import Claim
from payments.claims.service import Standing
from payments.ledger.models import LedgerEntry, Posting
from payments.ledger.service import Entry, entries
from payments.reconciliation.models import BankDeposit, Match, SettlementFile, SettlementLine
from payments.refunds.models import Refund
from payments.refunds.states import RefundState
from portal.applications.models import Application
from portal.applications.submission import SUBJECT_PREFIX

PAGE = 50

#: Refunds in which somebody has to do something. A submitted one has a failure where the provider
#: paid back something else than it was asked to.
WAITING = or_(
    Refund.state.in_((RefundState.REQUESTED, RefundState.APPROVED, RefundState.FAILED)),
    and_(Refund.state == RefundState.SUBMITTED, Refund.failure.is_not(None)),
)


@dataclass(frozen=True)
class ClaimRow:
    """A claim with where it stands."""

    claim: Claim
    standing: Standing


@dataclass(frozen=True)
class Page:
    """One page of a longer list."""

    rows: Sequence[ClaimRow] | Sequence[Entry]
    total: int
    number: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE))


def claim_page(session: Session, words: str, number: int) -> Page:
    """Claims, newest first; ``words`` is a 調定番号, a 受付番号 or part of the payer's name."""
    query = select(Claim)
    if words:
        query = query.where(_names(words))
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    found = session.scalars(
        query.order_by(Claim.established_at.desc(), Claim.id.desc())
        .offset((number - 1) * PAGE)
        .limit(PAGE)
    ).all()
    standings = claims.standings(session, [claim.id for claim in found]) if found else {}
    return Page([ClaimRow(claim, standings[claim.id]) for claim in found], total, number)


def _names(words: str) -> ColumnElement[bool]:
    reference = normalise_reference(words)
    by_name = Claim.payer_name.contains(words, autoescape=True)
    if reference is None:
        return by_name
    application = select(SUBJECT_PREFIX + Application.id).where(Application.reference == reference)
    return or_(Claim.reference == reference, Claim.subject.in_(application), by_name)


def application_of(session: Session, claim: Claim) -> Application | None:
    """What a claim is for, where it is an application."""
    if not claim.subject.startswith(SUBJECT_PREFIX):
        return None
    return session.get(Application, claim.subject.removeprefix(SUBJECT_PREFIX))


def entries_of_claim(session: Session, claim_id: str) -> list[Entry]:
    """The ledger's entries that move a claim, newest first."""
    return entries(session, LedgerEntry.claim_id == claim_id)


def ledger_page(session: Session, account: str, number: int) -> Page:
    """Entries of the ledger, newest first; of one account where it is named."""
    conditions: list[ColumnElement[bool]] = []
    if account:
        conditions.append(
            LedgerEntry.seq.in_(select(Posting.entry_seq).where(Posting.account == account))
        )
    count = select(func.count()).select_from(LedgerEntry).where(*conditions)
    total = session.scalar(count) or 0
    found = entries(session, *conditions, limit=PAGE, offset=(number - 1) * PAGE)
    return Page(found, total, number)


def refunds_by_turn(session: Session) -> tuple[Sequence[Refund], Sequence[Refund]]:
    """Refunds in which it is somebody's turn, oldest first; and the latest others."""
    order = (Refund.requested_at, Refund.id)
    waiting = session.scalars(select(Refund).where(WAITING).order_by(*order)).all()
    others = session.scalars(
        select(Refund)
        .where(~WAITING)
        .order_by(Refund.requested_at.desc(), Refund.id.desc())
        .limit(PAGE)
    ).all()
    return waiting, others


def claims_by_id(session: Session, refunds: Sequence[Refund]) -> Mapping[str, Claim]:
    """The claims of these refunds."""
    ids = {refund.claim_id for refund in refunds}
    return {
        claim.id: claim for claim in session.scalars(select(Claim).where(Claim.id.in_(ids))).all()
    }


def cash_refunds(session: Session, refunds: Sequence[Refund]) -> frozenset[str]:
    """Those that are paid back out of a drawer, by id."""
    ids = {refund.attempt_id for refund in refunds}
    cash = set(
        session.scalars(select(Attempt.id).where(Attempt.id.in_(ids), Attempt.provider == CASH))
    )
    return frozenset(refund.id for refund in refunds if refund.attempt_id in cash)


@dataclass(frozen=True)
class LineRow:
    """A line of a settlement file, and how it was matched with us (None where it was not)."""

    line: SettlementLine
    match: Match | None
    claim_id: str | None


def lines_of_file(session: Session, file: SettlementFile) -> list[LineRow]:
    """The transactions that a provider's file brought, in the order of the file."""
    rows = session.execute(
        select(SettlementLine, Match, func.coalesce(Receipt.claim_id, Refund.claim_id))
        .outerjoin(Match, Match.line_id == SettlementLine.id)
        .outerjoin(Receipt, Receipt.id == Match.receipt_id)
        .outerjoin(Refund, Refund.id == Match.refund_id)
        .where(SettlementLine.file_id == file.id)
        .order_by(SettlementLine.line)
    )
    return [LineRow(line, match, claim_id) for line, match, claim_id in rows]


def deposits_of_file(session: Session, file: SettlementFile) -> Sequence[BankDeposit]:
    """The deposits that the bank's file brought, in the order of the file."""
    return session.scalars(
        select(BankDeposit).where(BankDeposit.file_id == file.id).order_by(BankDeposit.line)
    ).all()


def staff_names(session: Session) -> dict[str, str]:
    """Who is who among the staff, by id."""
    return {account.id: account.name for account in session.scalars(select(StaffAccount))}
