"""Who changes the language or the type size on a form keeps what was typed, without a script."""

import re

import pytest
from flask.testing import FlaskClient

from portal.app import create_app
from tests.support.hall import CERTIFICATE, Hall

#: A whole number that is none, and a choice that the others depend on.
TYPED = {"copies": "三通", "post": "yes"}


@pytest.fixture
def client(hall: Hall) -> FlaskClient:
    app = create_app(portal=hall.portal)
    app.config["WTF_CSRF_ENABLED"] = False
    return app.test_client()


@pytest.fixture
def draft(hall: Hall, client: FlaskClient) -> str:
    """A draft of the person who sits at the client; copies and post aren't answered."""
    hanako = hall.resident()
    with client.session_transaction() as kept:
        kept["resident_id"] = hanako.id
    return hall.begin(person=hanako, applicant=CERTIFICATE["applicant"])


def _address(draft: str) -> str:
    return f"/applications/{draft}/sections/request"


def test_a_form_speaks_another_language_and_holds_what_was_typed(
    hall: Hall, client: FlaskClient, draft: str
) -> None:
    address = _address(draft)
    page = client.post(address, data={**TYPED, "_refresh": "language=pt"})
    assert page.status_code == 200 and '<html lang="pt-BR"' in page.text
    assert 'value="三通"' in page.text
    assert "notice--error" not in page.text
    # What could be understood is in the draft, for who closes the browser now.
    assert hall.application(draft).answers["post"] is True
    assert '<html lang="pt-BR"' in client.get(address).text


def test_the_type_size_keeps_it_too(client: FlaskClient, draft: str) -> None:
    address = _address(draft)
    page = client.post(address, data={**TYPED, "_refresh": "type=large"}).text
    assert 'class="large-type"' in page and 'value="三通"' in page
    assert 'class=""' in client.post(address, data={"_refresh": "type=normal"}).text


@pytest.mark.parametrize("button", ["language=xx", "language", "type=huge", "fields", ""])
def test_any_other_refresh_is_only_shown(
    hall: Hall, client: FlaskClient, draft: str, button: str
) -> None:
    page = client.post(_address(draft), data={**TYPED, "_refresh": button}).text
    assert '<html lang="ja" class=""' in page and 'value="三通"' in page
    assert "post" not in hall.application(draft).answers


def test_enter_in_a_field_means_next(client: FlaskClient, draft: str) -> None:
    page = client.get(_address(draft)).text
    buttons = re.findall(r"<button[^>]*>", page[: page.index("</form>", page.index("<main"))])
    own = [button for button in buttons if 'form="section-form"' in button]
    assert "name=" not in own[0] and len(own) > len(("next", "normal", "large"))
    assert "/preferences" not in page


def test_elsewhere_a_link_does(client: FlaskClient) -> None:
    page = client.get("/").text
    assert "/preferences?" in page and "_refresh" not in page
    query = {"language": "en", "type": "large", "next": "/facilities/"}
    answer = client.get("/preferences", query_string=query)
    assert answer.location == "/facilities/"
    assert '<html lang="en" class="large-type"' in client.get("/").text
