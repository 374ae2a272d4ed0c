"""The two tables of the ledger; both only ever grow (see guards.py)."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from foundation.ids import new_id
from foundation.orm import Base


class LedgerEntry(Base):
    """One booking: a rule, what caused it, and its place in the chain.

    An entry is the seal on postings that were written before it: see guards.py.
    """

    __tablename__ = "ledger_entry"

    #: 1, 2, 3 … without a gap
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[str] = mapped_column(unique=True, default=new_id)
    posted_at: Mapped[datetime]
    #: the day of the cash book (JST)
    day: Mapped[date] = mapped_column(index=True)
    #: id of the posting rule (rules.py)
    rule: Mapped[str]
    #: what kind of thing caused it: "claim", "attempt", "receipt", "refund" …
    cause_kind: Mapped[str]
    cause_id: Mapped[str]
    #: the claim that it moves, where it moves one
    claim_id: Mapped[str | None] = mapped_column(ForeignKey("claim.id"), index=True)
    #: 摘要, for the reader
    text: Mapped[str]
    #: digest of the entry before
    previous: Mapped[str]
    #: SHA-256 over this entry, its postings and ``previous``
    digest: Mapped[str]

    __table_args__ = (
        # One cause is booked once under one rule, whoever tries again.
        UniqueConstraint("rule", "cause_kind", "cause_id"),
        Index("ix_ledger_entry_cause", "cause_kind", "cause_id"),
    )


class Posting(Base):
    """An amount on one account: debit positive, credit negative, zero in sum for each entry."""

    __tablename__ = "ledger_posting"

    entry_seq: Mapped[int] = mapped_column(
        # Deferred, because an entry is written after its postings.
        ForeignKey("ledger_entry.seq", deferrable=True, initially="DEFERRED"),
        primary_key=True,
        autoincrement=False,
    )
    account: Mapped[str] = mapped_column(primary_key=True, index=True)
    #: yen
    amount: Mapped[int] = mapped_column(BigInteger)

    __table_args__ = (CheckConstraint("amount <> 0", name="amount_not_zero"),)
