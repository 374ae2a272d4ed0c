"""還付: money that goes back to the payer."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from foundation.ids import new_id
from foundation.orm import Base
from payments.refunds.states import REFUND, RefundState


class Refund(Base):
    """One refund of (part of) what one attempt brought."""

    __tablename__ = "refund"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    claim_id: Mapped[str] = mapped_column(ForeignKey("claim.id"), index=True)
    attempt_id: Mapped[str] = mapped_column(ForeignKey("attempt.id"), index=True)
    state: Mapped[RefundState] = mapped_column(String, default=REFUND.initial)
    #: yen
    amount: Mapped[int] = mapped_column(BigInteger)
    #: why, in the words of who asked for it
    reason: Mapped[str]
    #: sent with every repetition of the submission; stored before the provider hears of it
    idempotency_key: Mapped[str] = mapped_column(unique=True)
    requested_by: Mapped[str]
    requested_at: Mapped[datetime]
    #: who approved or declined; never who requested
    decided_by: Mapped[str | None]
    decided_at: Mapped[datetime | None]
    decline_reason: Mapped[str | None]
    submitted_at: Mapped[datetime | None]
    #: when it succeeded or failed, last
    ended_at: Mapped[datetime | None]
    provider_refund_id: Mapped[str | None] = mapped_column(index=True)
    #: why it failed, in the provider's words; while submitted, what was paid back in place of
    #: ``amount``, for a person to look at
    failure: Mapped[str | None]
    #: drawer that a cash refund came out of
    till_id: Mapped[str | None] = mapped_column(ForeignKey("till.id"))
    #: when the sweeper looks next; None where there is nothing left to do
    next_check_at: Mapped[datetime | None] = mapped_column(index=True)

    __table_args__ = (
        REFUND.check("state"),
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint("decided_by <> requested_by", name="two_persons"),
    )
