"""調定: what a resident owes, and the lines it consists of."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from foundation.ids import new_id, new_reference
from foundation.orm import Base
from foundation.states import one_of


class ClaimState(StrEnum):
    """The only two things that people decide about a claim; paid or not is computed."""

    OPEN = "open"
    CANCELLED = "cancelled"


class ClaimLine(Base):
    """One line of a claim: an amount for one 歳入科目."""

    __tablename__ = "claim_line"

    claim_id: Mapped[str] = mapped_column(ForeignKey("claim.id"), primary_key=True)
    #: counted from 1, in the order in which money is set against them
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    #: code of the 歳入科目
    account: Mapped[str]
    #: what the payer reads on the receipt
    label: Mapped[str]
    #: yen; zero where an exemption leaves nothing to pay
    amount: Mapped[int] = mapped_column(BigInteger)

    __table_args__ = (CheckConstraint("amount >= 0", name="amount_not_negative"),)


class Claim(Base):
    """調定: what one payer owes the city for one subject.

    Its amounts never change; what is taken off later (調定減額) stands in the ledger.
    """

    __tablename__ = "claim"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    #: 調定番号, can be read out over the phone
    reference: Mapped[str] = mapped_column(unique=True, default=new_reference)
    #: what it is for, as its owner names it: "application:<id>"
    subject: Mapped[str] = mapped_column(index=True)
    title: Mapped[str]
    #: 納入義務者
    payer_name: Mapped[str]
    state: Mapped[ClaimState] = mapped_column(String, default=ClaimState.OPEN)
    #: 所属年度, the western year in which it began
    fiscal_year: Mapped[int]
    #: 調定日 (JST)
    established_on: Mapped[date]
    #: 納期限 (JST)
    due_on: Mapped[date]
    established_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]
    cancel_reason: Mapped[str | None]

    lines: Mapped[list[ClaimLine]] = relationship(order_by=ClaimLine.position, lazy="selectin")

    __table_args__ = (one_of("state", ClaimState, name="state_known"),)

    @property
    def amount(self) -> int:
        """The sum of the lines, yen."""
        return sum(line.amount for line in self.lines)
