"""Applications, their history, their attachments, and the definitions they were begun with."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from foundation.ids import new_id, new_reference
from foundation.orm import Base
from foundation.states import one_of
from portal.applications.states import MACHINE, State


class DefinitionSnapshot(Base):
    """A procedure as it was when somebody began it; a draft finishes on its own rules."""

    __tablename__ = "definition_snapshot"

    checksum: Mapped[str] = mapped_column(primary_key=True)
    procedure: Mapped[str]
    version: Mapped[str]
    #: what ``portal.forms.thaw`` needs
    document: Mapped[dict[str, Any]]
    kept_at: Mapped[datetime]


class Application(Base):
    """申請: one person's use of one procedure.

    Who the applicant is and who operated are two facts: ``applicant_id`` is a resident (or nobody
    known, for a guest or a person who was typed in), ``operator_id`` the employee who filled it in
    at the counter.
    """

    __tablename__ = "application"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    #: 受付番号, to be read out over the phone
    reference: Mapped[str] = mapped_column(unique=True, default=new_reference)
    procedure: Mapped[str]
    checksum: Mapped[str] = mapped_column(ForeignKey("definition_snapshot.checksum"))
    #: as it was called when it was begun
    title: Mapped[str]
    #: 担当課
    department: Mapped[str]
    state: Mapped[str] = mapped_column(String, default=State.DRAFT)
    #: online or counter
    channel: Mapped[str]
    #: the language in which the applicant read it, for notices
    language: Mapped[str]
    applicant_id: Mapped[str | None] = mapped_column(ForeignKey("resident.id"))
    #: as answered, for lists; empty until it is known
    applicant_name: Mapped[str] = mapped_column(default="")
    #: for whom somebody else fills it in: child, household, mandate, agent, business; None: nobody
    acting: Mapped[str | None]
    #: 代理人: who fills it in for them
    acted_by: Mapped[str | None]
    #: the facts about the applicant that conditions may ask for, as they were at the beginning
    applicant_facts: Mapped[dict[str, Any]]
    #: the employee at the counter; None online
    operator_id: Mapped[str | None] = mapped_column(ForeignKey("staff_account.id"))
    #: the sitting at the counter in which it was begun
    sitting_id: Mapped[str | None] = mapped_column(ForeignKey("counter_sitting.id"), index=True)
    #: SHA-256 of the secret that lets a guest come back; None for everybody else
    guest_key: Mapped[str | None]
    #: an address whose owner began it by a link that was mailed there
    verified_email: Mapped[str | None]
    answers: Mapped[dict[str, Any]]
    #: where prefilled answers came from, by field
    sources: Mapped[dict[str, Any]]
    #: the price lines as they were shown at submission
    price: Mapped[dict[str, Any] | None]
    #: what the booked slots were when they were taken (``booking.…`` in expressions)
    booking: Mapped[dict[str, Any] | None]
    #: what the department asks to be corrected, or why it was rejected
    reason: Mapped[str | None]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]

    #: opened by links that were mailed
    further_keys: Mapped[list["ApplicationKey"]] = relationship(viewonly=True)

    __table_args__ = (
        MACHINE.check("state"),
        one_of("channel", ("online", "counter"), name="channel_known"),
        Index("ix_application_inbox", "department", "state", "submitted_at"),
        Index("ix_application_mine", "applicant_id", "changed_at"),
    )


class ApplicationKey(Base):
    """A further secret that opens an application without a sign-in, for one more browser."""

    __tablename__ = "application_key"

    #: SHA-256 of the secret
    digest: Mapped[str] = mapped_column(primary_key=True)
    application_id: Mapped[str] = mapped_column(ForeignKey("application.id"), index=True)
    created_at: Mapped[datetime]


class ApplicationEntry(Base):
    """One step in an application's life: who did what, when."""

    __tablename__ = "application_entry"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    application_id: Mapped[str] = mapped_column(ForeignKey("application.id"), index=True)
    at: Mapped[datetime]
    #: an Event, or a word for what changes no state
    event: Mapped[str]
    state: Mapped[str]
    #: resident, guest, staff or system
    actor_kind: Mapped[str]
    #: id of the resident or employee
    actor_id: Mapped[str | None]
    #: a reason or a note, as written
    text: Mapped[str] = mapped_column(default="")


class Attachment(Base):
    """A file that belongs to an application. The answers name it by its id."""

    __tablename__ = "attachment"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    application_id: Mapped[str] = mapped_column(ForeignKey("application.id"), index=True)
    filename: Mapped[str]
    #: found by looking at the bytes, not by the name
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    uploaded_at: Mapped[datetime]


class Submission(Base):
    """What was sent: a new row when an application is submitted, and again after a correction.

    The application itself goes on changing while somebody corrects it; this never does.
    """

    __tablename__ = "application_submission"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    application_id: Mapped[str] = mapped_column(ForeignKey("application.id"))
    #: 1 for what was sent first
    number: Mapped[int]
    at: Mapped[datetime]
    answers: Mapped[dict[str, Any]]
    sources: Mapped[dict[str, Any]]
    #: the price lines as they were shown
    price: Mapped[dict[str, Any] | None]
    booking: Mapped[dict[str, Any] | None]
    #: the employee at the counter; None online
    operator_id: Mapped[str | None] = mapped_column(ForeignKey("staff_account.id"))

    __table_args__ = (UniqueConstraint("application_id", "number"),)
