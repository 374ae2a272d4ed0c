"""Imported files, what they said, what it was matched with, and what did not fit."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from foundation.ids import new_id
from foundation.orm import Base
from foundation.states import one_of
from foundation.wording import Translate, untranslated
from payments.reconciliation.reasons import TITLES, DifferenceKind, sentence
from payments.settlements.values import FileFormat, LineKind


class SettlementFile(Base):
    """A file that was imported. The same content is never imported twice."""

    __tablename__ = "settlement_file"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    #: of the content, 64 hex digits
    sha256: Mapped[str] = mapped_column(unique=True)
    filename: Mapped[str]
    format: Mapped[FileFormat] = mapped_column(String)
    #: "stripe", "paypay"; "bank" for a deposit notice
    source: Mapped[str]
    imported_by: Mapped[str]
    imported_at: Mapped[datetime]
    #: the days (JST) that the file speaks about; None where it says nothing about days
    first_day: Mapped[date | None]
    last_day: Mapped[date | None]
    #: lines that could be read
    read: Mapped[int]
    #: of these, the ones that no earlier file had brought
    new: Mapped[int]
    #: lines that could not be read
    errors: Mapped[int]

    __table_args__ = (
        one_of("format", FileFormat, name="format_known"),
        Index("ix_settlement_file_period", "source", "first_day", "last_day"),
    )


class BankDeposit(Base):
    """A deposit in the bank's file."""

    __tablename__ = "bank_deposit"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    file_id: Mapped[str] = mapped_column(ForeignKey("settlement_file.id"))
    line: Mapped[int]
    #: tells it from every other deposit, in whichever file it comes
    key: Mapped[str] = mapped_column(unique=True)
    #: 勘定日 and 起算日
    booked_on: Mapped[date]
    value_on: Mapped[date]
    #: yen; a cancelled deposit is negative
    amount: Mapped[int] = mapped_column(BigInteger)
    #: half-width kana as the bank wrote it
    sender_name: Mapped[str]
    edi: Mapped[str]
    account: Mapped[str]
    #: the provider that it can only have come from; None where nobody is known
    provider: Mapped[str | None]
    #: which payouts it is the money of; None while unknown
    remittance_id: Mapped[str | None] = mapped_column(ForeignKey("remittance.id"), index=True)
    #: True from when it was booked against 仮受金 because its reason was not known
    in_suspense: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (CheckConstraint("amount <> 0", name="amount_not_zero"),)


class Remittance(Base):
    """払込み: payouts of a provider that arrived in the bank, with what the provider kept."""

    __tablename__ = "remittance"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    provider: Mapped[str]
    #: yen: net = gross − fee, and net is what the deposits add up to
    gross: Mapped[int] = mapped_column(BigInteger)
    fee: Mapped[int] = mapped_column(BigInteger)
    net: Mapped[int] = mapped_column(BigInteger)
    #: the last day (勘定日) of its deposits
    received_on: Mapped[date]
    #: how deposits and payouts were found to belong together
    found_by: Mapped[str]
    booked_at: Mapped[datetime]

    __table_args__ = (CheckConstraint("gross - fee = net", name="net_is_gross_less_fee"),)


class SettlementLine(Base):
    """A transaction in a provider's file."""

    __tablename__ = "settlement_line"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    file_id: Mapped[str] = mapped_column(ForeignKey("settlement_file.id"))
    line: Mapped[int]
    provider: Mapped[str]
    #: tells it from every other of the provider, in whichever file it comes
    key: Mapped[str]
    kind: Mapped[LineKind] = mapped_column(String)
    at: Mapped[datetime]
    #: JST
    day: Mapped[date]
    #: yen before fees; negative where money goes back
    gross: Mapped[int] = mapped_column(BigInteger)
    #: yen that the provider keeps: as its file says, else as its terms say
    fee: Mapped[int] = mapped_column(BigInteger)
    #: the provider's identifier of the payment
    transaction_id: Mapped[str] = mapped_column(index=True)
    #: our identifiers, as the provider repeats them
    attempt_id: Mapped[str | None]
    refund_id: Mapped[str | None]
    provider_refund_id: Mapped[str | None]
    #: what is paid out together: the provider's payout, or the day where it names none.
    #: None while the provider has not decided
    batch: Mapped[str | None]
    #: expected in the bank on this day
    payout_on: Mapped[date | None]
    #: what the deposit will carry as EDI information
    trace_id: Mapped[str | None]
    #: with which money it reached the bank; None while it has not
    remittance_id: Mapped[str | None] = mapped_column(ForeignKey("remittance.id"), index=True)
    #: True once a Match names its counterpart with us (or where it needs none)
    matched: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (
        UniqueConstraint("provider", "key"),
        one_of("kind", LineKind, name="kind_known"),
        Index("ix_settlement_line_batch", "provider", "remittance_id", "batch"),
        Index("ix_settlement_line_matched", "matched", "provider"),
    )


class Match(Base):
    """消込: a provider's line and its counterpart with us. Exactly one counterpart is named."""

    __tablename__ = "settlement_match"

    line_id: Mapped[str] = mapped_column(ForeignKey("settlement_line.id"), primary_key=True)
    receipt_id: Mapped[str | None] = mapped_column(ForeignKey("receipt.id"), unique=True)
    refund_id: Mapped[str | None] = mapped_column(ForeignKey("refund.id"), unique=True)
    reversal_id: Mapped[str | None] = mapped_column(ForeignKey("receipt_reversal.id"), unique=True)
    #: the identifier that decided it: "transaction_id", "attempt_id", "refund_id" …
    found_by: Mapped[str]
    matched_at: Mapped[datetime]

    __table_args__ = (
        CheckConstraint(
            "(receipt_id IS NOT NULL AND refund_id IS NULL AND reversal_id IS NULL)"
            " OR (receipt_id IS NULL AND refund_id IS NOT NULL AND reversal_id IS NULL)"
            " OR (receipt_id IS NULL AND refund_id IS NULL AND reversal_id IS NOT NULL)",
            name="one_counterpart",
        ),
    )


class Difference(Base):
    """Something that does not fit, for a person to look at."""

    __tablename__ = "reconciliation_difference"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    #: what it is about, so that it is written down once however often it is found
    key: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[DifferenceKind] = mapped_column(String)
    #: "stripe", "paypay", "bank"
    source: Mapped[str]
    #: the day (JST) of the money; of the import where no day could be read
    day: Mapped[date] = mapped_column(index=True)
    #: yen in our books; None where we have nothing
    ours: Mapped[int | None] = mapped_column(BigInteger)
    #: yen in the file; None where the file has nothing, or nothing that can be read
    theirs: Mapped[int | None] = mapped_column(BigInteger)
    #: which template of the reason, and its values
    reason_code: Mapped[str]
    reason_values: Mapped[dict[str, Any]]
    file_id: Mapped[str | None] = mapped_column(ForeignKey("settlement_file.id"))
    attempt_id: Mapped[str | None] = mapped_column(ForeignKey("attempt.id"))
    opened_at: Mapped[datetime]
    #: None while it is open
    resolved_at: Mapped[datetime | None] = mapped_column(index=True)
    #: staff; None where a later file made it disappear
    resolved_by: Mapped[str | None]
    #: what was found out, in the words of who resolved it
    note: Mapped[str | None]

    __table_args__ = (one_of("kind", DifferenceKind, name="kind_known"),)

    @property
    def title(self) -> str:
        """How the kind is called, to be translated."""
        return TITLES[self.kind]

    def reason(self, translate: Translate = untranslated) -> str:
        """What differs and what to do, a sentence or two in the reader's language."""
        return sentence(self.reason_code, self.reason_values, translate)
