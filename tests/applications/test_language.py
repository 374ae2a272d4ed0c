"""An application is in the language that its applicant read last, and so are its notices."""

import pytest
from flask.testing import FlaskClient

from portal.app import create_app
from tests.support.hall import Hall


@pytest.fixture
def client(hall: Hall) -> FlaskClient:
    app = create_app(portal=hall.portal)
    app.config["WTF_CSRF_ENABLED"] = False
    return app.test_client()


def test_it_follows_the_switch_on_a_form_page(hall: Hall, client: FlaskClient) -> None:
    page = client.post("/applications/", data={"procedure": "survey"}).location
    key = page.split("/")[2]
    assert hall.application(key).language == "ja"
    client.post(page, data={"age": "40", "_refresh": "language=pt"})
    assert hall.application(key).language == "pt"
    assert hall.application(key).answers["age"] == 40
    # The size of the type is no language.
    client.post(page, data={"age": "40", "_refresh": "type=large"})
    assert hall.application(key).language == "pt"


def test_it_is_sent_in_the_language_in_which_it_was_checked(
    hall: Hall, client: FlaskClient
) -> None:
    page = client.post("/applications/", data={"procedure": "survey"}).location
    typed = {"age": "40", "parent": "no", "years": "9", "text": ""}
    check = client.post(page, data=typed).location
    client.get("/preferences?language=es")
    client.post(check, data={"total": "0"})
    sent = hall.application(page.split("/")[2])
    assert (sent.state != "draft", sent.language) == (True, "es")
