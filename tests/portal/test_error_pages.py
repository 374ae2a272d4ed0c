"""When something goes wrong there is a page: what happened, what is safe, what to do."""

import re
from dataclasses import replace

import pytest
from flask import Flask
from flask.typing import ResponseReturnValue

from auth.staff.roles import Role
from foundation.database import Database
from portal.access import public
from portal.app import create_app
from portal.office import service as office
from tests.applications.test_submission import REPORT
from tests.support.hall import Hall

#: Where no database listens.
AWAY = {"sqlite": "sqlite:////nowhere/at/all", "postgresql": "postgresql+psycopg://127.0.0.1:1/no"}


def _app(hall: Hall) -> Flask:
    app = create_app(portal=hall.portal)
    app.config["WTF_CSRF_ENABLED"] = False
    return app


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/nothing-here", 404, "ページが見つかりません"),
        ("/applications/nobodys", 404, "ページが見つかりません"),
        ("/procedures/none", 404, "ページが見つかりません"),
    ],
)
def test_what_is_not_there(hall: Hall, address: str, status: int, words: str) -> None:
    answer = _app(hall).test_client().get(address)
    assert (answer.status_code, words in answer.text) == (status, True)


def test_a_post_without_the_token_of_its_page(hall: Hall) -> None:
    answer = create_app(portal=hall.portal).test_client().post("/sign-out")
    assert answer.status_code == 400
    assert "画面を開いてから時間がたちました" in answer.text


def test_who_decides_second_is_told_that_it_moved_on(hall: Hall) -> None:
    key = hall.submitted("report", **REPORT)
    chief = hall.employee("chief", (Role.DECISION_MAKER, None), (Role.CASE_WORKER, None))
    hall.decide(key, office.take_up)
    hall.decide(key, office.approve, procedure=True)
    client = _app(hall).test_client()
    with client.session_transaction() as session:
        session["staff_id"] = chief.id
    answer = client.post(
        f"/office/applications/{key}/reject",
        data={"reason": "対象外です。"},
        follow_redirects=True,
    )
    assert answer.status_code == 200
    assert "この間に状態が変わりました" in answer.text
    assert hall.application(key).reason is None


@pytest.mark.parametrize(
    ("cookie", "address"),
    [("resident_id", "/"), ("resident_id", "/my/"), ("staff_id", "/"), ("staff_id", "/staff/")],
)
def test_without_its_database_there_is_still_a_page(hall: Hall, cookie: str, address: str) -> None:
    """Also for those who are signed in, whose name the page can't look up now."""
    away = Database(AWAY[hall.portal.database.engine.dialect.name])
    client = _app(replace(hall, portal=replace(hall.portal, database=away))).test_client()
    with client.session_transaction() as session:
        session[cookie] = "somebody"
    answer = client.get(address)
    assert answer.status_code == 503
    assert "いま、つながりにくくなっています" in answer.text
    away.dispose()


def test_a_mistake_of_ours_tells_its_number_and_nothing_else(
    hall: Hall, caplog: pytest.LogCaptureFixture
) -> None:
    app = _app(hall)

    @public
    def broken() -> ResponseReturnValue:
        raise ZeroDivisionError("a secret of the program")

    app.add_url_rule("/broken", "broken", broken)
    answer = app.test_client().get("/broken")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    code = re.search(r"エラー番号 (\w{4}-\w{4})", answer.text)
    assert code is not None
    assert code[1] in caplog.text
