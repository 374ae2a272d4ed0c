"""A link by mail proves an address, begins an application, and brings a draft to another device."""

import re
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from foundation.outbox import OutboxMessage, work_once
from portal.app import create_app
from portal.applications.models import Application
from portal.applications.states import Event
from portal.forms.kinds.texts import mail_address
from portal.mail_links.models import MailLink
from portal.mail_links.service import MOST_MAILS
from portal.processes import outbox_handlers
from tests.support.hall import Hall

ADDRESS = "hanako@example.jp"
TYPED = {"name.family": "見本", "name.given": "花子", "email": ADDRESS}


@pytest.fixture
def app(hall: Hall) -> Flask:
    app = create_app(portal=hall.portal)
    app.config["WTF_CSRF_ENABLED"] = False
    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def _mails(hall: Hall) -> list[tuple[str, str, str]]:
    """What the worker sends now: address, subject, path of the link; in order."""
    handlers = outbox_handlers(hall.portal)
    while work_once(hall.portal.database, handlers, hall.clock):
        pass
    found = []
    for path in sorted((hall.portal.config.data_dir / "mail").glob("*.eml")):
        mail = message_from_bytes(path.read_bytes(), policy=policy.default)
        text = mail.get_content()  # type: ignore[attr-defined]
        link = re.findall(rf"{re.escape(hall.portal.config.public_url)}(/\S+)", text)[-1]
        found.append((mail["To"], mail["Subject"], link))
        path.unlink()
    return found


def _ask(client: FlaskClient, address: str = ADDRESS) -> str:
    answer = client.post("/procedures/letter/email", data={"address": address})
    return answer.text.replace(address, "…")


def test_an_address_is_verified_before_anything_begins(
    hall: Hall, client: FlaskClient, app: Flask
) -> None:
    begun = client.post("/applications/", data={"procedure": "letter"})
    assert begun.location == "/procedures/letter/email"
    assert "メールアドレスを確かめます" in client.get(begun.location).text
    assert "メールを送りました" in _ask(client)
    ((to, subject, link),) = _mails(hall)
    assert (to, subject) == (ADDRESS, "申請を始めるためのリンク")
    # Another device, and a program that looks into the mail before its reader does.
    phone = app.test_client()
    for _ in range(2):
        assert "メールアドレスを確かめました" in phone.get(link).text
    section = phone.post(link).location
    page = phone.get(section).text
    assert ADDRESS in page and "確認したメールアドレス" in page
    check = phone.post(section, data={**TYPED, "email": "other@example.jp"}).location
    sent = phone.post(check, data={"total": "0"}).location
    application = hall.application(sent.split("/")[2].split("?")[0])
    assert application.verified_email == ADDRESS
    assert application.state == "received"
    # The device on which it was asked for has no part in it.
    assert client.get(sent).status_code == 404


def test_the_answer_is_the_same_for_known_and_unknown(hall: Hall, client: FlaskClient) -> None:
    hall.resident(email=ADDRESS)
    assert _ask(client) == _ask(client, "nobody@example.jp")
    assert len(_mails(hall)) == 2


def test_a_link_begins_once_and_for_half_an_hour(hall: Hall, client: FlaskClient) -> None:
    _ask(client)
    ((_, _, link),) = _mails(hall)
    assert client.post(link).status_code == 303
    assert client.post(link).status_code == 410
    assert "このリンクは使えません" in client.get(link).text
    _ask(client)
    ((_, _, late),) = _mails(hall)
    hall.clock.advance(timedelta(minutes=30))
    assert client.get(late).status_code == 410
    assert client.get("/mail/anything").status_code == 410


def test_nobody_is_flooded(hall: Hall, client: FlaskClient) -> None:
    answers = {_ask(client, address) for address in [ADDRESS, ADDRESS.upper()] * MOST_MAILS}
    assert len(answers) == 1
    assert len(_mails(hall)) == MOST_MAILS
    hall.clock.advance(timedelta(hours=1, seconds=1))
    _ask(client)
    assert len(_mails(hall)) == 1


@pytest.mark.parametrize(
    "wrong", ["", "hanako", "a@b", "a b@c..jp", "x" * 300 + "@a.jp", "\0@a.jp"]
)
def test_what_is_no_address_is_said(hall: Hall, client: FlaskClient, wrong: str) -> None:
    answer = client.post("/procedures/letter/email", data={"address": wrong})
    assert "メールアドレスを確かめてください" in answer.text
    assert mail_address(wrong) is None and _mails(hall) == []


def test_only_what_takes_an_address_asks_for_one(client: FlaskClient) -> None:
    assert client.get("/procedures/swim/email").status_code == 404
    assert client.get("/procedures/nothing/email").status_code == 404


def _draft(client: FlaskClient) -> tuple[str, str]:
    """A guest's draft and where it goes on."""
    section = client.post("/applications/", data={"procedure": "swim"}).location
    return section.split("/")[2], section


def test_a_draft_goes_on_elsewhere_a_week_later(
    hall: Hall, client: FlaskClient, app: Flask
) -> None:
    key, section = _draft(client)
    typed = {"name.family": "見本", "name.given": "", "_mail": "1"}
    asking = client.post(section, data=typed)
    assert asking.location == f"/applications/{key}/mail"
    assert "自分のアドレスを入れてください" in client.get(asking.location).text
    assert "確かめてください" in client.post(asking.location, data={"address": "x"}).text
    client.post(asking.location, data={"address": ADDRESS})
    ((_, _, link),) = _mails(hall)
    hall.clock.advance(timedelta(days=7))
    phone = app.test_client()
    assert phone.get(f"/applications/{key}").status_code == 404
    assert "入力のつづきを" in phone.get(link).text
    page = phone.post(link, follow_redirects=True)
    assert page.request.path == f"/applications/{key}/check" and "見本" in page.text
    # Both devices hold it from now on, and a third opens the same link.
    assert client.get(section).status_code == 200
    assert app.test_client().post(link, follow_redirects=True).status_code == 200


def test_a_new_link_voids_the_one_before(hall: Hall, client: FlaskClient, app: Flask) -> None:
    key, _section = _draft(client)
    for _ in range(2):
        client.post(f"/applications/{key}/mail", data={"address": ADDRESS})
    (_, _, old), (_, _, new) = sorted(
        _mails(hall), key=lambda mail: app.test_client().get(mail[2]).status_code, reverse=True
    )
    assert app.test_client().get(old).status_code == 410
    assert app.test_client().post(new).status_code == 303
    hall.clock.advance(timedelta(days=30))
    assert app.test_client().get(new).status_code == 410


def test_what_is_no_draft_any_more_is_opened_by_no_mail(
    hall: Hall, client: FlaskClient, app: Flask
) -> None:
    key, _section = _draft(client)
    client.post(f"/applications/{key}/mail", data={"address": ADDRESS})
    ((_, _, link),) = _mails(hall)
    client.post(f"/applications/{key}/mail", data={"address": ADDRESS})
    hall.advance(key, Event.WITHDRAW)
    assert _mails(hall) == []
    assert app.test_client().get(link).status_code == 410
    assert client.get(f"/applications/{key}/mail").status_code == 302
    assert app.test_client().get(f"/applications/{key}/mail").status_code == 404


def test_a_residents_own_draft_asks_for_the_sign_in(hall: Hall, app: Flask) -> None:
    person = hall.resident(email=ADDRESS)
    key = hall.begin("letter", person)
    client = app.test_client()
    with client.session_transaction() as session:
        session["resident_id"] = person.id
    assert ADDRESS in client.get(f"/applications/{key}/mail").text
    client.post(f"/applications/{key}/mail", data={"address": ADDRESS})
    ((_, subject, link),) = _mails(hall)
    assert subject == "申請のつづきを入力するためのリンク"
    assert link == f"/sign-in?next=/applications/{key}"
    assert "カード" in app.test_client().get(link).text
    assert app.test_client().get(f"/applications/{key}").status_code == 404


def test_no_secret_is_kept(hall: Hall, client: FlaskClient) -> None:
    _ask(client)
    ((_, _, link),) = _mails(hall)
    token = link.rpartition("/")[2]
    with hall.portal.database.reading() as session:
        kept = session.scalars(select(OutboxMessage)).all()
        digests = session.scalars(select(MailLink.digest)).all()
        assert session.scalar(select(func.count()).select_from(Application)) == 0
    assert all(token not in str(each.payload) for each in kept)
    assert token not in digests
