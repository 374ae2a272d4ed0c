"""Links that were asked for by mail."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from foundation.ids import new_id
from foundation.orm import Base
from foundation.states import one_of


class MailLink(Base):
    """One mail with a link. The secret itself is in the mail alone."""

    __tablename__ = "mail_link"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    #: begin: a new application of an address that is verified by it; resume: a draft elsewhere
    purpose: Mapped[str] = mapped_column(String)
    #: as it was typed, less spaces around it
    address: Mapped[str]
    #: in small letters, so that all mails to one address are counted together
    address_key: Mapped[str]
    procedure: Mapped[str]
    #: the draft to go on with
    application_id: Mapped[str | None] = mapped_column(ForeignKey("application.id"), index=True)
    #: the language in which it was asked for
    language: Mapped[str]
    asked_at: Mapped[datetime]
    #: SHA-256 of the secret; None until the mail is written, and for a resident, who signs in
    digest: Mapped[str | None] = mapped_column(unique=True)
    expires_at: Mapped[datetime | None]
    #: when it began an application; such a link opens nothing twice
    used_at: Mapped[datetime | None]

    __table_args__ = (
        one_of("purpose", ("begin", "resume"), name="purpose_known"),
        Index("ix_mail_link_asked", "address_key", "asked_at"),
    )
