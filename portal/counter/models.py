"""Sittings: one person at the window, one employee, one tablet."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from foundation.ids import new_id
from foundation.orm import Base


class Sitting(Base):
    """From the greeting to "next, please". Nothing of one sitting shows in the next.

    ``applicant_id`` is the resident whose card was read, or whom staff found in the register;
    None while the person is only typed in.
    """

    __tablename__ = "counter_sitting"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff_account.id"))
    #: the drawer that cash goes into
    till: Mapped[str]
    applicant_id: Mapped[str | None] = mapped_column(ForeignKey("resident.id"))
    #: card (the person proved it), register (staff looked them up) or typed
    identified_by: Mapped[str]
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    __table_args__ = (Index("ix_counter_sitting_open", "staff_id", "ended_at"),)
