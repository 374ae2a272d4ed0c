"""Tables: places that are taken, wishes for places, draws of lots, and uses that are counted."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from foundation.ids import new_id
from foundation.orm import Base
from portal.admission.states import ENTRY, EntryState


class AdmissionPool(Base):
    """The places of one procedure, period and option, and the record of their draw.

    Its row is locked by whoever takes or frees places of it, so that order is kept in the queue.
    """

    __tablename__ = "admission_pool"

    procedure: Mapped[str] = mapped_column(primary_key=True)
    #: 受付期間: the day on which it opened, ISO; "" where there is but one
    edition: Mapped[str] = mapped_column(primary_key=True)
    #: the option whose places these are; "" where the procedure has one kind of places
    pool: Mapped[str] = mapped_column(primary_key=True)
    #: how many wishes have come in; the next one gets the next number
    arrivals: Mapped[int] = mapped_column(default=0)
    #: 抽選: when and by whom it was drawn; an employee's id, or None for the command line
    drawn_at: Mapped[datetime | None]
    drawn_by: Mapped[str | None] = mapped_column(ForeignKey("staff_account.id"))
    #: the random number of the draw, hexadecimal, and what it was drawn from, in order of arrival:
    #: [[受付番号, places], …], with its SHA-256
    seed: Mapped[str | None]
    drawn_from: Mapped[list[Any] | None]
    drawn_from_digest: Mapped[str | None]


class AdmissionEntry(Base):
    """One application's wish for places."""

    __tablename__ = "admission_entry"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    application_id: Mapped[str] = mapped_column(ForeignKey("application.id"), index=True)
    procedure: Mapped[str]
    edition: Mapped[str]
    pool: Mapped[str]
    #: how many places
    takes: Mapped[int]
    state: Mapped[str] = mapped_column(String, default=EntryState.ENTERED)
    #: its number in the order of arrival; after a draw, in the order of the lots
    turn: Mapped[int]
    #: the last state that the applicant was told of
    told: Mapped[str | None]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]

    __table_args__ = (
        ENTRY.check("state"),
        CheckConstraint("takes > 0", name="takes_positive"),
        ForeignKeyConstraint(
            ["procedure", "edition", "pool"],
            ["admission_pool.procedure", "admission_pool.edition", "admission_pool.pool"],
            name="fk_admission_entry_pool",
        ),
        Index("ix_admission_entry_queue", "procedure", "edition", "pool", "state", "turn"),
    )


class AdmissionSeat(Base):
    """A place that is taken. The primary key is what makes overbooking impossible."""

    __tablename__ = "admission_seat"

    procedure: Mapped[str] = mapped_column(primary_key=True)
    edition: Mapped[str] = mapped_column(primary_key=True)
    pool: Mapped[str] = mapped_column(primary_key=True)
    #: from 1 to the number of places
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    entry_id: Mapped[str] = mapped_column(ForeignKey("admission_entry.id"), index=True)

    __table_args__ = (CheckConstraint("number > 0", name="number_positive"),)


class AdmissionUse(Base):
    """回数制限: one use that counts. The primary key is what makes one too many impossible."""

    __tablename__ = "admission_use"

    procedure: Mapped[str] = mapped_column(primary_key=True)
    #: SHA-256 of what says for whom it is
    digest: Mapped[str] = mapped_column(primary_key=True)
    #: first day of the stretch in which it counts, ISO; "" for ever
    since: Mapped[str] = mapped_column(primary_key=True)
    #: from 1 to the number of times
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    application_id: Mapped[str] = mapped_column(ForeignKey("application.id"), index=True)

    __table_args__ = (CheckConstraint("number > 0", name="number_positive"),)
