"""Ledger entries that move a claim."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from payments.claims.models import Claim
from payments.ledger.rules import Rule
from payments.ledger.service import Amount, Cause, post


def book(
    session: Session,
    claim: Claim,
    rule: Rule,
    amounts: Sequence[Amount],
    *,
    cause: Cause,
    at: datetime,
    note: str | None = None,
) -> None:
    """Append an entry for a claim, which the caller has locked; nothing where all is zero.

    Its 摘要 is the claim's number and title, and a note where there is one. Raises as ``post``.
    """
    text = f"{claim.reference} {claim.title}"
    post(
        session,
        rule,
        amounts,
        cause=cause,
        claim_id=claim.id,
        text=text if note is None else f"{text}: {note}",
        at=at,
    )
