"""A closed reception takes nothing, says why, and loses nothing."""

from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient

from foundation.clock import JST
from portal.admission.reception import ReceptionClosed, reception_for
from portal.app import create_app
from portal.applications.states import State
from portal.applications.submission import Submitted
from tests.support.hall import Hall

NAME = {"family": "見本", "given": "花子"}


@pytest.fixture
def client(hall: Hall) -> FlaskClient:
    app = create_app(portal=hall.portal)
    app.config["WTF_CSRF_ENABLED"] = False
    return app.test_client()


def _on(hall: Hall, day: int, hour: int = 10) -> None:
    hall.clock.set(datetime(2026, 6, day, hour, tzinfo=JST))


def test_a_resident_may_apply_at_once_and_others_a_week_later(
    hall: Hall, client: FlaskClient
) -> None:
    _on(hall, 3)
    resident = hall.begin("course", hall.resident(), name=NAME)
    stranger = hall.begin("course", name=NAME)
    refused = hall.submit(stranger)
    assert isinstance(refused, ReceptionClosed) and refused.state.closed == "residents_first"
    assert isinstance(hall.submit(resident), Submitted)
    assert hall.state(stranger) is State.DRAFT
    _on(hall, 8)
    assert isinstance(hall.submit(stranger), Submitted)


def test_the_page_says_from_when_and_offers_no_button(hall: Hall, client: FlaskClient) -> None:
    _on(hall, 1, 7)
    page = client.get("/procedures/course").text
    assert "受付はまだ始まっていません" in page and "令和8年6月1日（月） 09:00" in page
    assert "電話でも受け付けます。" in page and "申請を始める" not in page
    answer = client.post("/applications/", data={"procedure": "course"})
    assert answer.location == "/procedures/course"


def test_at_night_what_was_typed_stays(hall: Hall, client: FlaskClient) -> None:
    _on(hall, 10, 19)
    page = client.get("/procedures/course").text
    assert "受付は令和8年6月20日（土）までです。" in page
    begun = client.post("/applications/", data={"procedure": "course"})
    typed = {"name.family": "見本", "name.given": "花子"}
    check = client.post(begun.location, data=typed).location
    hall.clock.advance(timedelta(hours=2))
    answer = client.post(check, data={"total": "0"}, follow_redirects=True)
    assert "いまは受付時間の外です" in answer.text and "6月11日（木） 08:00" in answer.text
    assert "花子" in answer.text
    hall.clock.advance(timedelta(hours=12))
    answer = client.post(check, data={"total": "0"}, follow_redirects=True)
    assert answer.request.args.get("done") == "1", answer.text


def test_the_counter_has_hours_of_its_own(hall: Hall) -> None:
    procedure = hall.procedures["course"]
    late = datetime(2026, 6, 10, 21, tzinfo=JST)
    assert not reception_for(procedure, {}, "online", late).open
    assert reception_for(procedure, {}, "counter", late).open
