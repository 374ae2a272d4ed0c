"""Booking, and looking at what was booked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, insert, select, text
from sqlalchemy.orm import Session

from foundation.clock import jst_date
from foundation.hashchain import GENESIS, link
from foundation.ids import new_id

# Imported for its effect: the tables never exist without their triggers.
from payments.ledger import guards as guards
from payments.ledger.models import LedgerEntry, Posting
from payments.ledger.rules import Rule

#: PostgreSQL advisory lock under which entries are appended one after another ("ledg").
APPEND_LOCK = 0x6C656467


@dataclass(frozen=True)
class Cause:
    """What made an entry necessary: the kind of thing and its id. Booked once per rule."""

    kind: str
    id: str


@dataclass(frozen=True)
class Amount:
    """Yen (positive) to move by a rule, and what fills the patterns of its accounts."""

    yen: int
    revenue: str = ""
    provider: str = ""
    till: str = ""

    def account(self, pattern: str) -> str:
        return pattern.format(revenue=self.revenue, provider=self.provider, till=self.till)


def post(
    session: Session,
    rule: Rule,
    amounts: Sequence[Amount],
    *,
    cause: Cause,
    text: str,
    at: datetime,
    claim_id: str | None = None,
) -> int | None:
    """Append one entry; gives its number, or None where all amounts are zero.

    Raises ValueError for a negative amount, and IntegrityError where this cause has been booked
    under this rule before. Must run in a writing transaction, which it makes wait for others that
    are booking too; so book last, and briefly.
    """
    if any(amount.yen < 0 for amount in amounts):
        raise ValueError(f"{rule.id}: a rule moves positive amounts; use the opposite rule")
    totals: dict[str, int] = {}
    for amount in amounts:
        debit, credit = amount.account(rule.debit), amount.account(rule.credit)
        totals[debit] = totals.get(debit, 0) + amount.yen
        totals[credit] = totals.get(credit, 0) - amount.yen
    postings = {account: yen for account, yen in sorted(totals.items()) if yen}
    if not postings:
        return None
    last = _lock_and_read_last(session)
    entry: dict[str, Any] = {
        "seq": last.seq + 1 if last else 1,
        "id": new_id(),
        "posted_at": at,
        "day": jst_date(at),
        "rule": rule.id,
        "cause_kind": cause.kind,
        "cause_id": cause.id,
        "claim_id": claim_id,
        "text": text,
        "previous": last.digest if last else GENESIS,
    }
    entry["digest"] = _digest(entry, postings)
    # The entry comes last: it is the seal (guards.py).
    session.execute(
        insert(Posting),
        [
            {"entry_seq": entry["seq"], "account": account, "amount": yen}
            for account, yen in postings.items()
        ],
    )
    session.execute(insert(LedgerEntry), [entry])
    return int(entry["seq"])


def balances(
    session: Session, *, since: date | None = None, until: date | None = None
) -> dict[str, int]:
    """Balance of each account in yen, debit positive; over the days since … until (inclusive)."""
    conditions: list[ColumnElement[bool]] = []
    if since is not None:
        conditions.append(LedgerEntry.day >= since)
    if until is not None:
        conditions.append(LedgerEntry.day <= until)
    rows = session.execute(
        select(Posting.account, func.sum(Posting.amount))
        .join(LedgerEntry, LedgerEntry.seq == Posting.entry_seq)
        .where(*conditions)
        .group_by(Posting.account)
        .order_by(Posting.account)
    )
    return {account: int(amount) for account, amount in rows}


def claim_balances(session: Session, claim_ids: Iterable[str]) -> dict[str, dict[str, int]]:
    """For each of these claims, the balance that it has on each account."""
    wanted = list(claim_ids)
    found: dict[str, dict[str, int]] = {claim_id: {} for claim_id in wanted}
    rows = session.execute(
        select(LedgerEntry.claim_id, Posting.account, func.sum(Posting.amount))
        .join(LedgerEntry, LedgerEntry.seq == Posting.entry_seq)
        .where(LedgerEntry.claim_id.in_(wanted))
        .group_by(LedgerEntry.claim_id, Posting.account)
    )
    for claim_id, account, amount in rows:
        # IN has left out the entries that move no claim.
        found[str(claim_id)][account] = int(amount)
    return found


def total(session: Session) -> int:
    """The sum of all postings. Always zero; shown so that everybody can see that it is."""
    return int(session.scalar(select(func.coalesce(func.sum(Posting.amount), 0))) or 0)


@dataclass(frozen=True)
class Entry:
    """An entry with its postings, for reading."""

    entry: LedgerEntry
    postings: Mapping[str, int]


def entries(
    session: Session, *conditions: ColumnElement[bool], limit: int | None = None, offset: int = 0
) -> list[Entry]:
    """Entries, newest first, that fulfil conditions over LedgerEntry (and its postings' seq)."""
    found = session.scalars(
        select(LedgerEntry)
        .where(*conditions)
        .order_by(LedgerEntry.seq.desc())
        .limit(limit)
        .offset(offset)
    ).all()
    postings = _postings(session, [entry.seq for entry in found])
    return [Entry(entry, postings.get(entry.seq, {})) for entry in found]


@dataclass(frozen=True)
class Verification:
    """What a walk through the whole chain found; no problems means that it is intact."""

    entries: int
    problems: tuple[str, ...]

    @property
    def intact(self) -> bool:
        return not self.problems


def verify(session: Session, *, batch: int = 500) -> Verification:
    """Walk the chain from its first entry: numbers without a gap, sums of zero, digests right."""
    problems: list[str] = []
    expected, previous, count = 1, GENESIS, 0
    while True:
        chunk = session.scalars(
            select(LedgerEntry)
            .where(LedgerEntry.seq >= expected)
            .order_by(LedgerEntry.seq)
            .limit(batch)
        ).all()
        if not chunk:
            break
        postings = _postings(session, [entry.seq for entry in chunk])
        for entry in chunk:
            own = postings.get(entry.seq, {})
            if entry.seq != expected:
                problems.append(f"entries {expected} to {entry.seq - 1} are missing")
            if sum(own.values()) != 0 or len(own) < 2:
                problems.append(f"entry {entry.seq} does not balance")
            if entry.previous != previous:
                problems.append(f"entry {entry.seq} does not follow the one before")
            if entry.digest != _digest(_payload(entry), own):
                problems.append(f"entry {entry.seq} was changed")
            expected, previous, count = entry.seq + 1, entry.digest, count + 1
    orphans = session.scalar(
        select(func.count())
        .select_from(Posting)
        .where(~select(LedgerEntry.seq).where(LedgerEntry.seq == Posting.entry_seq).exists())
    )
    if orphans:
        problems.append(f"{orphans} postings belong to no entry")
    return Verification(count, tuple(problems))


def _lock_and_read_last(session: Session) -> LedgerEntry | None:
    # SQLite has one writer at a time from BEGIN IMMEDIATE on; PostgreSQL is told to.
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": APPEND_LOCK})
    return session.scalars(select(LedgerEntry).order_by(LedgerEntry.seq.desc()).limit(1)).first()


def _postings(session: Session, seqs: Sequence[int]) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = {}
    for posting in session.scalars(
        select(Posting)
        .where(Posting.entry_seq.in_(seqs))
        .order_by(Posting.entry_seq, Posting.account)
    ):
        found.setdefault(posting.entry_seq, {})[posting.account] = posting.amount
    return found


def _payload(entry: LedgerEntry) -> dict[str, Any]:
    return {
        "seq": entry.seq,
        "id": entry.id,
        "posted_at": entry.posted_at,
        "day": entry.day,
        "rule": entry.rule,
        "cause_kind": entry.cause_kind,
        "cause_id": entry.cause_id,
        "claim_id": entry.claim_id,
        "text": entry.text,
        "previous": entry.previous,
    }


def _digest(entry: Mapping[str, Any], postings: Mapping[str, int]) -> str:
    payload = {
        **{key: value for key, value in entry.items() if key != "previous"},
        "posted_at": entry["posted_at"].isoformat(),
        "day": entry["day"].isoformat(),
        "postings": [[account, postings[account]] for account in sorted(postings)],
    }
    return link(entry["previous"], payload)
