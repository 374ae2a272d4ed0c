"""Mail: in the language of the applicant, through a relay, and again where the relay fails."""

from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from foundation.database import Database
from foundation.outbox import RETRY_AFTER, enqueue, work_once
from portal.i18n import DefinitionTexts
from portal.notices.mail import MAIL_TOPIC, Mailer
from portal.notices.wording import BEGIN_LINK, WORDS
from tests.support.clock import FixedClock
from tests.support.mail import MailSink
from tests.support.portal import portal_config

PAYLOAD = {
    "to": "hanako@example.com",
    "language": "ja",
    "event": "paid",
    "title": "住民票の写しの交付請求",
    "reference": "7KQ4-M3XD",
    "link": "http://127.0.0.1:8000/applications/1",
}


@pytest.fixture
def relay() -> Iterator[MailSink]:
    with MailSink() as sink:
        yield sink


def _mailer(folder: Path, **settings: str) -> Mailer:
    config = portal_config(folder, f"sqlite:///{folder / 'unused.sqlite'}", **settings)
    return Mailer(config, DefinitionTexts(config.definitions_dir / "translations"))


def test_the_relay_gets_the_mail_as_it_was_written(relay: MailSink, tmp_path: Path) -> None:
    _mailer(tmp_path, SMTP=relay.address).deliver(PAYLOAD)
    (mail,) = relay.received
    assert (mail["To"], mail["From"]) == ("hanako@example.com", "madoguchi@city.mihon.example")
    assert mail["Subject"] == "支払いを確認し、受け付けました"
    assert mail["Message-ID"].endswith("@city.mihon.example>")
    text = mail.get_content()
    assert "「住民票の写しの交付請求」の支払いを確認し、受け付けました。" in text
    assert "受付番号は 7KQ4-M3XD です。" in text
    assert "http://127.0.0.1:8000/applications/1" in text


@pytest.mark.parametrize("event", sorted(WORDS))
def test_every_notice_has_words_in_both_languages(event: str, tmp_path: Path) -> None:
    mailer = _mailer(tmp_path)
    japanese = mailer.compose({**PAYLOAD, "event": event})
    english = mailer.compose({**PAYLOAD, "event": event, "language": "en"})
    assert japanese["Subject"] == WORDS[event].subject
    assert english["Subject"].isascii()
    # Only a link to begin has no application yet whose number it could say.
    if event != BEGIN_LINK:
        assert "7KQ4-M3XD" in japanese.get_content()
        assert "7KQ4-M3XD" in english.get_content()
    assert all(character.isascii() or character in "“”‘’–—" for character in english.get_content())


def test_furigana_stands_in_brackets_and_not_in_the_subject(tmp_path: Path) -> None:
    mail = _mailer(tmp_path).compose({**PAYLOAD, "language": "ja@easy", "event": "complete"})
    assert "（" not in mail["Subject"]
    assert "手続（てつづ）きが" in mail.get_content()
    assert mail["Subject"].isprintable()


def test_without_a_relay_it_lies_in_the_folder(tmp_path: Path) -> None:
    _mailer(tmp_path).deliver(PAYLOAD)
    (file,) = (tmp_path / "mail").glob("*.eml")
    mail = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert mail["To"] == "hanako@example.com"


def test_a_relay_that_fails_is_tried_again(
    relay: MailSink, database: Database, clock: FixedClock, tmp_path: Path
) -> None:
    handlers = {MAIL_TOPIC: _mailer(tmp_path, SMTP=relay.address).deliver}
    with database.transaction() as session:
        enqueue(session, MAIL_TOPIC, PAYLOAD, now=clock())
    relay.is_full = True
    assert work_once(database, handlers, clock) is True
    assert work_once(database, handlers, clock) is False
    assert relay.received == []
    relay.is_full = False
    clock.advance(RETRY_AFTER[0])
    assert work_once(database, handlers, clock) is True
    assert [mail["To"] for mail in relay.received] == ["hanako@example.com"]
    clock.advance(RETRY_AFTER[-1])
    assert work_once(database, handlers, clock) is False


def test_the_definitions_sentence_stands_before_the_link(tmp_path: Path) -> None:
    own = "調査の日を、電話でお知らせします。"
    text = _mailer(tmp_path).compose({**PAYLOAD, "sentence": own}).get_content()
    assert text.index("受付番号は") < text.index(own) < text.index("http://")
