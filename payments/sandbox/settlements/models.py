"""Closings, the deposits that follow from them, and the files."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Date, ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from foundation.states import one_of
from payments.sandbox.store import SandboxBase


class FileKind(StrEnum):
    STRIPE = "stripe"
    PAYPAY = "paypay"
    BANK = "bank"


class Closing(SandboxBase):
    """One settlement of a day. A day has more than one where payments came after the first."""

    __tablename__ = "closing"

    id: Mapped[int] = mapped_column(primary_key=True)
    #: the day in Japan up to whose end payments are in
    day: Mapped[date] = mapped_column(Date, index=True)
    #: 1 for the first of its day
    number: Mapped[int]
    closed_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("day", "number"),)


class BankDeposit(SandboxBase):
    """What a provider paid into the city's account at the sample bank."""

    __tablename__ = "bank_deposit"

    #: 照会番号
    id: Mapped[int] = mapped_column(primary_key=True)
    closing: Mapped[int] = mapped_column(ForeignKey("closing.id"), index=True)
    provider: Mapped[str]
    #: yen, net of fees
    amount: Mapped[int]
    #: EDI information: the same reference as Stripe's trace id
    reference: Mapped[str]


class SettlementFile(SandboxBase):
    """One file of a closing, kept as it was made."""

    __tablename__ = "settlement_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    closing: Mapped[int] = mapped_column(ForeignKey("closing.id"))
    kind: Mapped[str]
    name: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary)
    #: lines that tell of money, the header not counted
    lines: Mapped[int]
    #: yen before fees (providers), deposited (bank)
    amount: Mapped[int]

    __table_args__ = (
        one_of("kind", FileKind, name="kind_known"),
        UniqueConstraint("closing", "kind"),
    )
