"""Whoever gives a day by its era is offered eras from then on, on every device of this session."""

import pytest
from flask.testing import FlaskClient

from portal.app import create_app
from tests.applications.test_submission import REPORT
from tests.support.hall import Hall

PERSON = {
    "notifier.name.family": "見本",
    "notifier.name.given": "花子",
    "notifier.address.text": "見本県試験市本町1丁目1番1号",
}
DAY = {"year": "63", "month": "4", "day": "2"}


@pytest.fixture
def client(hall: Hall) -> FlaskClient:
    app = create_app(portal=hall.portal)
    app.config["WTF_CSRF_ENABLED"] = False
    return app.test_client()


def _post(client: FlaskClient, page: str, era: str, **day: str) -> None:
    controls = {f"notifier.birth_date.{part}": text for part, text in day.items()}
    client.post(page, data={**PERSON, **controls, "notifier.birth_date.era": era})


def test_the_last_choice_is_remembered(hall: Hall, client: FlaskClient) -> None:
    hanako = hall.resident()
    with client.session_transaction() as kept:
        kept["resident_id"] = hanako.id
    draft = hall.begin("report", person=hanako, **REPORT)
    page = f"/applications/{draft}/sections/applicant?edit=notifier"
    assert 'value="1988"' in client.get(page).text
    _post(client, page, "showa", **DAY)
    shown = client.get(page).text
    assert 'value="showa" selected' in shown and 'value="63"' in shown
    # Boxes that nobody filled in say nothing about what one likes; what was known stays.
    _post(client, page, "western", year="", month="", day="")
    shown = client.get(page).text
    assert 'value="showa" selected' in shown and 'value="63"' in shown
    _post(client, page, "western", **{**DAY, "year": "1988"})
    assert 'value="1988"' in client.get(page).text
