"""Telling residents what happened to their applications, in the transaction in which it did."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import g
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from foundation.clock import Clock
from foundation.events import Events
from foundation.outbox import enqueue
from portal.applications.definitions import Definitions
from portal.applications.life import ApplicationMoved
from portal.applications.models import Application
from portal.applications.prices import price_of
from portal.config import Config
from portal.context import current_portal
from portal.notices.mail import MAIL_TOPIC
from portal.notices.models import Message
from portal.notices.wording import notice_of, own_sentence
from portal.people import current_resident

#: What an applicant's e-mail address is called in a profile.
MAIL_ADDRESS = "contact.email"


@dataclass(frozen=True)
class Notices:
    """Writes the message and hands the mail to the outbox."""

    config: Config
    clock: Clock
    definitions: Definitions

    def subscribe(self, events: Events) -> None:
        events.subscribe(ApplicationMoved, self.application_moved)

    def application_moved(self, session: Session, event: ApplicationMoved) -> None:
        """A message for the resident, and a mail where an address was given."""
        application = event.application
        reduction = price_of(application.price).reduction
        notice = notice_of(
            event.event,
            is_booking=application.booking is not None,
            reduction=reduction.state if reduction is not None else None,
        )
        if notice is not None and application.submitted_at is not None:
            own = own_sentence(self.definitions.of(session, application), event.event)
            self.tell(session, application, notice, event.text, own)

    def tell(
        self,
        session: Session,
        application: Application,
        notice: str,
        text: str = "",
        sentence: str | None = None,
    ) -> None:
        """One notice: to the message box, and by mail where an address was given.

        ``text`` is an employee's own, ``sentence`` the definition's, which is translated.
        """
        now = self.clock()
        if application.applicant_id is not None:
            session.add(
                Message(
                    resident_id=application.applicant_id,
                    application_id=application.id,
                    event=notice,
                    text=text,
                    sentence=sentence,
                    created_at=now,
                )
            )
        procedure = self.definitions.of(session, application)
        answered = procedure.answer_known_as(MAIL_ADDRESS, application.answers)
        address = answered or application.verified_email
        if address:
            enqueue(
                session,
                MAIL_TOPIC,
                {
                    "to": address,
                    "language": application.language,
                    "event": notice,
                    "title": application.title,
                    "reference": application.reference,
                    "sentence": sentence or "",
                    "link": f"{self.config.public_url}/applications/{application.id}",
                },
                now=now,
            )


def messages_of(session: Session, resident_id: str) -> Sequence[tuple[Message, Application]]:
    """The message box, newest first."""
    rows = session.execute(
        select(Message, Application)
        .join(Application, Application.id == Message.application_id)
        .where(Message.resident_id == resident_id)
        .order_by(Message.created_at.desc(), Message.id.desc())
    )
    return [(message, application) for message, application in rows]


def mark_read(session: Session, resident_id: str, now: datetime) -> None:
    """Everything in the box has been seen."""
    session.execute(
        update(Message)
        .where(Message.resident_id == resident_id, Message.read_at.is_(None))
        .values(read_at=now)
    )


def unread_messages() -> int:
    """How many messages the resident of this request hasn't seen; 0 for everybody else."""
    resident = current_resident()
    if resident is None:
        return 0
    if "unread" not in g:
        with current_portal().database.reading() as db:
            g.unread = db.scalar(
                select(func.count())
                .select_from(Message)
                .where(Message.resident_id == resident.id, Message.read_at.is_(None))
            )
    return int(g.unread)
