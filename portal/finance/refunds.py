"""Money that is held without being owed asks for its own refund; a person approves it."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from foundation.wording import N_
from payments.attempts.models import Attempt, Receipt
from payments.context import Payments
from payments.events import RefundDue, RefundReason
from payments.refunds import service as refunds

#: Who asks for a refund that nobody had to ask for. No employee has this id, so that any of them
#: may approve it.
SYSTEM = "system"

REASONS = {
    RefundReason.DOUBLE_PAYMENT: N_("二重納付"),
    RefundReason.OVERPAYMENT: N_("過納"),
    RefundReason.PAID_AFTER_CANCELLATION: N_("取消後の納付"),
    RefundReason.CLAIM_CANCELLED: N_("納付後の取消"),
    RefundReason.CLAIM_REDUCED: N_("納付後の減額"),
}


@dataclass(frozen=True)
class RefundsDue:
    """Writes the request in the transaction in which the money became due back."""

    payments: Payments

    def subscribe(self) -> None:
        self.payments.events.subscribe(RefundDue, self.refund_due)

    def refund_due(self, session: Session, event: RefundDue) -> None:
        """Ask for ``event.amount`` back, from the latest payment on; each as far as it reaches."""
        session.flush()
        owed = event.amount
        for attempt_id in _paying_attempts(session, event.claim_id):
            available = refunds.refundable(session, attempt_id)
            amount = min(owed, available)
            if amount <= 0:
                continue
            refunds.request(
                session,
                self.payments,
                attempt_id=attempt_id,
                amount=amount,
                reason=REASONS[event.reason],
                requested_by=SYSTEM,
                expected_refundable=available,
            )
            owed -= amount
            if owed == 0:
                return


def _paying_attempts(session: Session, claim_id: str) -> list[str]:
    """The attempts that brought money for a claim, the latest first."""
    return list(
        session.scalars(
            select(Attempt.id)
            .join(Receipt, Receipt.attempt_id == Attempt.id)
            .where(Receipt.claim_id == claim_id)
            .group_by(Attempt.id)
            .order_by(Attempt.succeeded_at.desc(), Attempt.id.desc())
        )
    )
