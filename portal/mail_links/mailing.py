"""Writing the mails with links, by the worker: the secret is made here and kept nowhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from foundation.clock import Clock
from foundation.database import Database
from portal.applications.models import Application
from portal.applications.states import WITH_APPLICANT
from portal.forms import Procedure
from portal.mail_links.models import MailLink
from portal.mail_links.service import issue
from portal.notices.mail import Mailer
from portal.notices.wording import BEGIN_LINK, RESUME_LINK


@dataclass(frozen=True)
class LinkMailer:
    """The handler of LINK_TOPIC. A second try writes a second mail, and voids the first."""

    database: Database
    clock: Clock
    mailer: Mailer
    public_url: str
    procedures: Mapping[str, Procedure]

    def deliver(self, payload: Mapping[str, Any]) -> None:
        with self.database.transaction() as session:
            link = session.get_one(MailLink, payload["link"], with_for_update=True)
            application = (
                session.get(Application, link.application_id) if link.application_id else None
            )
            if link.used_at is not None or (
                application is not None and application.state not in WITH_APPLICANT
            ):
                return
            if application is not None and application.applicant_id is not None:
                # A resident's own: whoever opens it puts their card on the reader first.
                path = f"/sign-in?next=/applications/{application.id}"
            else:
                path = f"/mail/{issue(session, link, self.clock())}"
            mail = {
                "to": link.address,
                "language": link.language,
                "event": BEGIN_LINK if link.purpose == "begin" else RESUME_LINK,
                "title": self._title(link, application),
                "reference": application.reference if application is not None else "",
                "link": self.public_url + path,
            }
        self.mailer.deliver(mail)

    def _title(self, link: MailLink, application: Application | None) -> str:
        if application is not None:
            return application.title
        procedure = self.procedures.get(link.procedure)
        return procedure.title if procedure is not None else link.procedure
