"""Mail, delivered by the worker: through the city's relay, or into a folder in development."""

import smtplib
from collections.abc import Mapping
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from typing import Any

from babel.support import Translations

from foundation.ids import new_id
from portal import ruby
from portal.config import ROOT, Config
from portal.i18n import DefinitionTexts
from portal.notices.wording import WORDS

#: Topic of the outbox.
MAIL_TOPIC = "notice.mail"

#: Seconds to wait for the relay.
TIMEOUT = 20


class Mailer:
    """Sends what the outbox holds. A failure is raised, and the outbox tries again later."""

    def __init__(self, config: Config, texts: DefinitionTexts) -> None:
        self._config = config
        self._texts = texts

    def deliver(self, payload: Mapping[str, Any]) -> None:
        """Send one mail."""
        mail = self.compose(payload)
        if self._config.smtp is None:
            folder = self._config.data_dir / "mail"
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{new_id()}.eml").write_bytes(mail.as_bytes())
            return
        host, _, port = self._config.smtp.partition(":")
        with smtplib.SMTP(host, int(port or 25), timeout=TIMEOUT) as relay:
            relay.send_message(mail)

    def compose(self, payload: Mapping[str, Any]) -> EmailMessage:
        """The mail in the language of the applicant. It names no personal datum but the number."""
        words = WORDS[payload["event"]]
        gettext = self._gettext(payload["language"])
        title = self._texts.in_language(payload["title"], payload["language"])
        values = {"title": title, "reference": payload["reference"]}
        mail = EmailMessage()
        mail["From"] = self._config.mail_from
        mail["To"] = payload["to"]
        mail["Subject"] = ruby.plain(gettext(words.subject))
        mail["Date"] = formatdate(localtime=False)
        mail["Message-ID"] = make_msgid(domain=self._config.mail_from.rpartition("@")[2])
        own = self._texts.in_language(payload.get("sentence", ""), payload["language"])
        parts = (gettext(words.text) % values, own, gettext(words.closing))
        text = "\n\n".join(part for part in parts if part)
        mail.set_content(f"{ruby.bracketed(text)}\n{payload['link']}\n")
        return mail

    def _gettext(self, language: str) -> Any:
        return Translations.load(str(ROOT / "portal" / "translations"), [language]).gettext
