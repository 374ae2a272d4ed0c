"""Residents, and the sign-ins that lead to them."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from auth.names import PersonName, Sex
from foundation.ids import new_id
from foundation.orm import Base
from foundation.states import one_of


class Resident(Base):
    """A person as this city knows them: of its register, or from elsewhere."""

    __tablename__ = "resident"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    #: never normalised: 髙 and 高 are two names; holds the whole name where it isn't divided
    family_name: Mapped[str]
    given_name: Mapped[str]
    #: unknown for people from elsewhere (a card has no kana) and for many foreign residents
    family_kana: Mapped[str | None]
    given_kana: Mapped[str | None]
    birth_date: Mapped[date]
    #: a word of auth.names.Sex
    sex: Mapped[str] = mapped_column(String, default=Sex.UNKNOWN)
    #: seven digits without a hyphen
    postcode: Mapped[str | None]
    #: from the prefecture on
    address: Mapped[str]
    phone: Mapped[str | None]
    email: Mapped[str | None]
    #: people of one 世帯 share it
    household_id: Mapped[str | None] = mapped_column(index=True)
    #: 続柄 to the head of the household, as the register spells it (本人, 妻, 子 …)
    relation: Mapped[str | None]
    #: in the register of this city; prices and duties depend on it
    of_city: Mapped[bool]
    #: 支援措置: nobody but the person may learn the address
    protected: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]

    __table_args__ = (
        one_of("sex", Sex, name="sex_known"),
        Index("ix_resident_birth_date", "birth_date"),
    )

    @property
    def name(self) -> PersonName:
        return PersonName(self.family_name, self.given_name)


class ResidentLink(Base):
    """One sign-in (issuer and subject) that leads to one resident."""

    __tablename__ = "resident_link"

    issuer: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)
    resident_id: Mapped[str] = mapped_column(ForeignKey("resident.id"), index=True)
    created_at: Mapped[datetime]
    last_used_at: Mapped[datetime]
