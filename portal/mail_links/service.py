"""What can be done with links by mail, each inside the caller's transaction."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, or_, select, update
from sqlalchemy.orm import Session

from foundation.ids import new_token
from foundation.outbox import enqueue
from portal.applications.actors import digest_of
from portal.applications.models import Application, ApplicationKey
from portal.applications.states import WITH_APPLICANT
from portal.forms import Procedure
from portal.mail_links.models import MailLink

#: Topic of the outbox: a mail with a link is to be written.
LINK_TOPIC = "mail_link"

#: How long a link begins an application.
BEGIN_FOR = timedelta(minutes=30)
#: How long a link opens a draft, while it is one.
RESUME_FOR = timedelta(days=30)

#: Mails to one address, or about one draft, within WINDOW; more are silently not sent.
MOST_MAILS = 5
WINDOW = timedelta(hours=1)


@dataclass(frozen=True)
class LinkDead:
    """It opens nothing: unknown, too old, used, replaced, or its draft is no draft any more."""

    #: the procedure to begin anew, where that is known
    procedure: str | None = None


def ask_to_begin(
    session: Session, procedure: Procedure, address: str, *, language: str, now: datetime
) -> None:
    """Have a mail sent with which its reader begins an application of a procedure."""
    _ask(session, MailLink(purpose="begin", procedure=procedure.id), address, language, now)


def ask_to_resume(
    session: Session, application: Application, address: str, *, language: str, now: datetime
) -> None:
    """Have a mail sent with which its reader goes on with an application."""
    link = MailLink(
        purpose="resume", procedure=application.procedure, application_id=application.id
    )
    _ask(session, link, address, language, now)


def _ask(session: Session, link: MailLink, address: str, language: str, now: datetime) -> None:
    link.address, link.address_key = address, address.casefold()
    about: list[ColumnElement[bool]] = [MailLink.address_key == link.address_key]
    if link.application_id is not None:
        about.append(MailLink.application_id == link.application_id)
    lately = session.scalar(
        select(func.count()).where(or_(*about), MailLink.asked_at > now - WINDOW)
    )
    if (lately or 0) >= MOST_MAILS:
        return
    link.language, link.asked_at = language, now
    session.add(link)
    session.flush()
    enqueue(session, LINK_TOPIC, {"link": link.id}, now=now)


def issue(session: Session, link: MailLink, now: datetime) -> str:
    """A new secret for a link that is being mailed; what was mailed of it before is void.

    A newer link to a draft takes the place of the older ones: a mail that went astray is made
    harmless by asking again.
    """
    token = new_token()
    link.digest = digest_of(token)
    link.expires_at = now + (BEGIN_FOR if link.purpose == "begin" else RESUME_FOR)
    if link.application_id is not None:
        session.execute(
            update(MailLink)
            .where(MailLink.application_id == link.application_id, MailLink.id != link.id)
            .values(digest=None)
        )
    session.flush()
    return token


def find(session: Session, token: str, now: datetime, *, lock: bool = False) -> MailLink | LinkDead:
    """The link of a secret, if it still opens something."""
    query = select(MailLink).where(MailLink.digest == digest_of(token))
    if lock:
        query = query.with_for_update()
    link = session.scalars(query).first()
    if link is None:
        return LinkDead()
    if link.used_at is not None or link.expires_at is None or link.expires_at <= now:
        return LinkDead(link.procedure)
    if link.application_id is not None:
        application = session.get_one(Application, link.application_id)
        if application.state not in WITH_APPLICANT:
            return LinkDead(link.procedure)
    return link


def new_key(session: Session, application_id: str, now: datetime) -> str:
    """One more secret that opens an application, for one more browser."""
    key = new_token()
    session.add(
        ApplicationKey(digest=digest_of(key), application_id=application_id, created_at=now)
    )
    return key
