"""Messages to residents."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from foundation.ids import new_id
from foundation.orm import Base


class Message(Base):
    """お知らせ: one message about one application, in a resident's message box.

    The words are made when it is read, in the reader's language; the row holds what happened.
    """

    __tablename__ = "message"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    resident_id: Mapped[str] = mapped_column(ForeignKey("resident.id"))
    application_id: Mapped[str] = mapped_column(ForeignKey("application.id"), index=True)
    #: which notice it is: a key of portal.notices.wording.WORDS
    event: Mapped[str]
    #: what the department wrote, as it was then
    text: Mapped[str] = mapped_column(default="")
    #: what the definition adds, in Japanese; translated when it is read
    sentence: Mapped[str | None]
    created_at: Mapped[datetime]
    read_at: Mapped[datetime | None]

    __table_args__ = (Index("ix_message_box", "resident_id", "created_at"),)
