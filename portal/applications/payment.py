"""The fees of an application as its pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from payments.attempts.models import Attempt
from payments.attempts.states import LIVE, AttemptState
from payments.claims import service as claims
from payments.claims.models import Claim, ClaimState
from payments.claims.service import Standing
from portal.applications.models import Application
from portal.applications.submission import subject_of


@dataclass(frozen=True)
class Fee:
    """One claim of an application, where it stands, and what was tried to pay it."""

    claim: Claim
    standing: Standing
    attempts: Sequence[Attempt]

    @property
    def is_due(self) -> bool:
        return self.claim.state == ClaimState.OPEN and self.standing.outstanding > 0

    @property
    def live(self) -> Sequence[Attempt]:
        """Attempts that may still be paid by the person."""
        return [a for a in self.attempts if a.state in LIVE]

    @property
    def paid_by(self) -> Sequence[Attempt]:
        """The attempts that brought money, oldest first."""
        return [a for a in self.attempts if a.state == AttemptState.SUCCEEDED]

    @property
    def last_failure(self) -> Attempt | None:
        """The attempt that ended without money last, if nothing has come since."""
        last = self.attempts[-1] if self.attempts else None
        ended = (AttemptState.FAILED, AttemptState.CANCELLED, AttemptState.EXPIRED)
        return last if last is not None and last.state in ended else None


def claims_with_standing(session: Session, application: Application) -> list[Fee]:
    """Every claim of an application, oldest first."""
    found = claims.claims_of(session, subject_of(application))
    if not found:
        return []
    standings = claims.standings(session, [claim.id for claim in found])
    attempts = session.scalars(
        select(Attempt)
        .where(Attempt.claim_id.in_(standings))
        .order_by(Attempt.created_at, Attempt.id)
    ).all()
    return [
        Fee(claim, standings[claim.id], [a for a in attempts if a.claim_id == claim.id])
        for claim in found
    ]


def due_fee(session: Session, application: Application) -> Fee | None:
    """The claim that has to be paid next."""
    return next((fee for fee in claims_with_standing(session, application) if fee.is_due), None)
