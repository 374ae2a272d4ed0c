"""A disaster: urgent procedures come first and ask less, and what was begun keeps its rules."""

from datetime import timedelta

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from auth.staff.roles import Role
from portal.app import create_app
from portal.applications.states import State
from portal.surge import service
from portal.surge.cli import surge_group
from tests.support.hall import HANAKO, Hall

WHY = "台風19号の被害にあわれたかたへ"


@pytest.fixture
def client(hall: Hall) -> FlaskClient:
    app = create_app(portal=hall.portal)
    app.config["WTF_CSRF_ENABLED"] = False
    return app.test_client()


def _turn(hall: Hall, *, on: bool) -> None:
    hall.clock.advance(timedelta(minutes=1))
    now = hall.clock()
    hall.do(lambda db: service.turn(db, on=on, reason=WHY, staff_id=None, now=now))


def test_urgent_procedures_come_first_only_while_it_is_on(hall: Hall, client: FlaskClient) -> None:
    assert "いま必要な手続き" not in client.get("/").text
    _turn(hall, on=True)
    page = client.get("/").text
    assert WHY in page
    assert page.index("被害の届け出") < page.index("どんな手続きをしますか")
    _turn(hall, on=False)
    assert WHY not in client.get("/").text


def test_without_a_card_and_without_photos(hall: Hall, client: FlaskClient) -> None:
    refused = client.post("/applications/", data={"procedure": "damage"})
    assert "/sign-in" in refused.location
    _turn(hall, on=True)
    begun = client.post("/applications/", data={"procedure": "damage"})
    assert "/sections/" in begun.location
    typed = {"name.family": "見本", "name.given": "花子"}
    check = client.post(begun.location, data=typed)
    _turn(hall, on=False)
    # The draft goes on by the rules under which it was begun.
    done = client.post(check.location, data={"total": "0"})
    assert done.location.endswith("?done=1")


def test_what_was_begun_before_keeps_its_rules(hall: Hall) -> None:
    key = hall.begin("damage", hall.resident(), name=HANAKO["name"])
    _turn(hall, on=True)
    hall.submit(key, 0)
    assert hall.state(key) is State.DRAFT  # the photos are still asked for


def test_the_page_of_those_who_may_turn_it(hall: Hall, client: FlaskClient) -> None:
    chief = hall.employee("chief", (Role.DECISION_MAKER, "welfare"))
    clerk = hall.employee("clerk", (Role.COUNTER, None))
    with client.session_transaction() as cookie:
        cookie["staff_id"] = clerk.id
    assert client.get("/staff/surge/").status_code == 403
    with client.session_transaction() as cookie:
        cookie["staff_id"] = chief.id
    assert "被害の届け出" in client.get("/staff/surge/").text
    empty = client.post("/staff/surge/", data={"turn": "on"}, follow_redirects=True)
    assert "市民に伝えることを書いてください。" in empty.text
    assert hall.see(service.surge_now) is None
    on = client.post("/staff/surge/", data={"turn": "on", "reason": WHY}, follow_redirects=True)
    assert "災害時の受付をしています" in on.text
    now = hall.see(service.surge_now)
    assert now is not None and now.staff_id == chief.id
    off = client.post("/staff/surge/", data={"turn": "off"}, follow_redirects=True)
    assert "災害時の受付を始める" in off.text


def test_the_command_line_turns_it_too(hall: Hall) -> None:
    commands = surge_group(lambda: hall.portal)

    def run(*arguments: str) -> str:
        hall.clock.advance(timedelta(minutes=1))
        return CliRunner().invoke(commands, arguments).output

    assert run("status") == "off\n"
    assert "say why" in run("on", "  ")
    assert run("on", WHY) == "The surge is on. First on the start page: damage\n"
    assert WHY in run("status")
    assert run("off") == "The surge is off.\n"
