"""A message in the box and a mail for each step that a resident wants to know of."""

from collections.abc import Sequence

import pytest
from sqlalchemy import select

from foundation.outbox import OutboxMessage
from portal.applications.states import Event
from portal.notices.mail import MAIL_TOPIC
from portal.notices.models import Message
from portal.notices.service import mark_read, messages_of
from portal.office import service as office
from tests.applications.test_submission import REPORT
from tests.support.hall import CERTIFICATE, HANAKO, Hall

REASON = "生年月日を確かめてください。"


def _box(hall: Hall, resident_id: str) -> list[tuple[str, str]]:
    """Events and texts in the message box, oldest first."""
    with hall.portal.database.reading() as session:
        found = messages_of(session, resident_id)
    return [(message.event, message.text) for message, _ in reversed(found)]


def _mails(hall: Hall) -> Sequence[OutboxMessage]:
    with hall.portal.database.reading() as session:
        return session.scalars(
            select(OutboxMessage)
            .where(OutboxMessage.topic == MAIL_TOPIC)
            .order_by(OutboxMessage.id)
        ).all()


def test_each_step_is_told_with_the_words_that_belong_to_it(hall: Hall) -> None:
    hanako = hall.resident(email="hanako@example.com")
    key = hall.begin("report", hanako, **REPORT)
    hall.submit(key)
    hall.returned(key, REASON)
    hall.submit(key)
    hall.decide(key, office.approve, procedure=True)
    hall.decide(key, office.complete)
    assert _box(hall, hanako.id) == [
        ("submit", ""),
        ("return", REASON),
        ("resubmit", ""),
        ("approve", ""),
        ("complete", ""),
    ]
    # The form of the report asks for no address, so there is no mail.
    assert _mails(hall) == []


def test_a_mail_goes_to_the_address_in_the_form(hall: Hall) -> None:
    hanako = hall.resident(email="hanako@example.com")
    key = hall.begin(person=hanako, **CERTIFICATE)
    hall.submit(key)
    assert _mails(hall) == []
    hall.pay(key)
    (mail,) = _mails(hall)
    application = hall.application(key)
    assert mail.payload == {
        "to": "hanako@example.com",
        "language": "ja",
        "event": "paid",
        "title": "証明書の請求",
        "reference": application.reference,
        "sentence": "",
        "link": f"{hall.portal.config.public_url}/applications/{key}",
    }


def test_a_guest_has_no_box_but_a_mail(hall: Hall) -> None:
    key = hall.submitted(**CERTIFICATE, email="guest@example.com")
    hall.advance(key, Event.WITHDRAW)
    assert [mail.payload["event"] for mail in _mails(hall)] == ["withdraw"]
    with hall.portal.database.reading() as session:
        assert session.scalars(select(Message)).all() == []


def test_nobody_is_told_about_a_draft_that_was_thrown_away(hall: Hall) -> None:
    hanako = hall.resident(email="hanako@example.com")
    hall.advance(hall.begin(person=hanako, **CERTIFICATE), Event.WITHDRAW)
    assert (_box(hall, hanako.id), _mails(hall)) == ([], [])


def test_what_was_rolled_back_was_never_told(hall: Hall) -> None:
    hanako = hall.resident()
    key = hall.begin("report", hanako, **REPORT)
    hall.submit(key)
    hall.decide(key, office.take_up)

    def half_way(*given: object) -> None:
        office.approve(*given)  # type: ignore[arg-type]
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        hall.decide(key, half_way, procedure=True)
    assert _box(hall, hanako.id) == [("submit", "")]


def test_what_was_read_is_new_no_more(hall: Hall) -> None:
    hanako, taro = hall.resident(), hall.resident("太郎")
    for person in (hanako, taro):
        hall.submit(hall.begin("report", person, **REPORT))
    hall.do(lambda session: mark_read(session, hanako.id, hall.clock()))
    with hall.portal.database.reading() as session:
        for person, read_at in ((hanako, hall.clock()), (taro, None)):
            ((message, _),) = messages_of(session, person.id)
            assert message.read_at == read_at


def test_the_definition_adds_its_own_sentence(hall: Hall) -> None:
    hanako = hall.resident()
    key = hall.begin("license", hanako, owner=HANAKO["name"], kitchen=False)
    hall.submit(key)
    with hall.portal.database.reading() as session:
        ((message, _application),) = messages_of(session, hanako.id)
    assert message.sentence == "調査の日を、電話でお知らせします。"
