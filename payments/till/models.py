"""Cash drawers and the counts of what is in them."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from foundation.ids import new_id
from foundation.orm import Base


class Till(Base):
    """A cash drawer; its content is the balance of the ledger account ``till:<id>``."""

    __tablename__ = "till"

    id: Mapped[str] = mapped_column(primary_key=True)
    #: 納付場所: where it stands
    place: Mapped[str]


class TillCount(Base):
    """What was counted in a drawer at the end of a day, beside what should have been there."""

    __tablename__ = "till_count"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    till_id: Mapped[str] = mapped_column(ForeignKey("till.id"), index=True)
    #: JST
    day: Mapped[date]
    #: yen in the drawer
    counted: Mapped[int] = mapped_column(BigInteger)
    #: yen that the ledger says
    expected: Mapped[int] = mapped_column(BigInteger)
    counted_by: Mapped[str]
    counted_at: Mapped[datetime]

    __table_args__ = (CheckConstraint("counted >= 0", name="counted_not_negative"),)
