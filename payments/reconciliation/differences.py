"""The work list: findings are written down once, closed when they disappear or by a person."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from foundation.ids import new_id
from payments.chunks import chunked
from payments.reconciliation.models import Difference
from payments.reconciliation.reasons import DifferenceKind

#: Findings that are computed anew at each import. The others happened once, with one file, and
#: only a person can say that they are settled.
RECOMPUTED = frozenset(DifferenceKind) - {
    DifferenceKind.UNREADABLE_LINE,
    DifferenceKind.LINE_CHANGED,
    DifferenceKind.DEPOSIT_CANCELLED,
}


class UnknownDifference(LookupError):
    """There is no difference with this id."""


class NoteMissing(ValueError):
    """A difference is resolved with a note of what was found out; it can't be empty."""


@dataclass(frozen=True)
class Finding:
    """Something that does not fit, as found; ``key`` says what it is about."""

    key: str
    kind: DifferenceKind
    source: str
    day: date
    #: yen in our books, and in the file
    ours: int | None
    theirs: int | None
    reason_code: str
    reason_values: Mapping[str, Any] = field(default_factory=dict)
    file_id: str | None = None
    attempt_id: str | None = None


def note_findings(session: Session, findings: Sequence[Finding], now: datetime) -> None:
    """Write findings down; one that is known stays as it is."""
    known = _by_key(session, findings)
    for finding in findings:
        if finding.key not in known:
            known[finding.key] = row = _row(finding, now)
            session.add(row)
    session.flush()


def bring_up_to_date(session: Session, findings: Sequence[Finding], now: datetime) -> None:
    """Make the open differences of the recomputed kinds be exactly these findings.

    What a person has resolved stays resolved; what disappeared is closed, and opens again if it
    comes back.
    """
    current = {finding.key: finding for finding in findings}
    still_open = session.scalars(
        select(Difference).where(
            Difference.resolved_at.is_(None), Difference.kind.in_(sorted(RECOMPUTED))
        )
    )
    for difference in still_open:
        if difference.key not in current:
            difference.resolved_at = now
    known = _by_key(session, findings)
    for finding in current.values():
        before = known.get(finding.key)
        if before is None:
            session.add(_row(finding, now))
        elif before.resolved_by is None:
            before.resolved_at = None
            before.kind, before.ours, before.theirs = finding.kind, finding.ours, finding.theirs
            before.reason_code = finding.reason_code
            before.reason_values = dict(finding.reason_values)
    session.flush()


def differences(session: Session, *, open_only: bool = True) -> list[Difference]:
    """The work list, oldest money first; with the resolved ones where asked for."""
    query = select(Difference).order_by(Difference.day, Difference.id)
    if open_only:
        query = query.where(Difference.resolved_at.is_(None))
    return list(session.scalars(query))


def open_count(session: Session) -> int:
    """How many differences wait."""
    return (
        session.scalar(
            select(func.count()).select_from(Difference).where(Difference.resolved_at.is_(None))
        )
        or 0
    )


def resolve(
    session: Session, difference_id: str, *, note: str, staff: str, now: datetime
) -> Difference:
    """A person has found out. Raises UnknownDifference, NoteMissing.

    Resolving it again changes nothing: the first note stands.
    """
    if not note.strip():
        raise NoteMissing(difference_id)
    difference = session.get(Difference, difference_id, with_for_update=True)
    if difference is None:
        raise UnknownDifference(difference_id)
    if difference.resolved_at is None:
        difference.resolved_at = now
        difference.resolved_by = staff
        difference.note = note.strip()
        session.flush()
    return difference


def _by_key(session: Session, findings: Iterable[Finding]) -> dict[str, Difference]:
    keys = [finding.key for finding in findings]
    found: dict[str, Difference] = {}
    for chunk in chunked(keys):
        for row in session.scalars(select(Difference).where(Difference.key.in_(chunk))):
            found[row.key] = row
    return found


def _row(finding: Finding, now: datetime) -> Difference:
    return Difference(
        id=new_id(),
        key=finding.key,
        kind=finding.kind,
        source=finding.source,
        day=finding.day,
        ours=finding.ours,
        theirs=finding.theirs,
        reason_code=finding.reason_code,
        reason_values=dict(finding.reason_values),
        file_id=finding.file_id,
        attempt_id=finding.attempt_id,
        opened_at=now,
        resolved_at=None,
        resolved_by=None,
        note=None,
    )
