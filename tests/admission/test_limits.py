"""回数制限: once is once, however it is spelt and however many try in the same moment."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from portal.admission.limits import LimitReached
from portal.admission.models import AdmissionUse
from portal.app import create_app
from portal.applications.states import Event, State
from portal.applications.submission import Submitted
from tests.applications.test_races import at_once
from tests.support.hall import Hall

TARO = {"name": {"family": "見本", "given": "太郎"}, "birth_date": "2020-05-01"}
JIRO = {"name": {"family": "見本", "given": "次郎"}, "birth_date": "2022-05-01"}
NAME = {"family": "見本", "given": "花子"}


@pytest.fixture
def client(hall: Hall) -> FlaskClient:
    app = create_app(portal=hall.portal)
    app.config["WTF_CSRF_ENABLED"] = False
    return app.test_client()


def _ask(hall: Hall, *children: dict[str, Any]) -> str:
    return hall.begin("allowance", children=[dict(child) for child in children])


def _uses(hall: Hall) -> int:
    return hall.see(lambda s: s.scalar(select(func.count()).select_from(AdmissionUse))) or 0


def test_each_child_counts_for_itself(hall: Hall) -> None:
    assert isinstance(hall.submit(_ask(hall, TARO)), Submitted)
    both = _ask(hall, TARO, JIRO)
    refused = hall.submit(both)
    assert isinstance(refused, LimitReached) and refused.earlier is None
    assert hall.state(both) is State.DRAFT
    # What was refused counts for nobody.
    assert _uses(hall) == 1
    assert isinstance(hall.submit(_ask(hall, JIRO)), Submitted)


@pytest.mark.parametrize(
    "name",
    [
        {"family": "見本　太郎", "given": ""},
        {"family": "見本", "given": " 太郎 "},
    ],
)
def test_it_is_the_same_child_however_it_is_spelt(hall: Hall, name: dict[str, str]) -> None:
    hall.submit(_ask(hall, TARO))
    other = {"name": name, "birth_date": "2020-05-01", "school": "第一小学校"}
    assert isinstance(hall.submit(_ask(hall, other)), LimitReached)


def test_another_character_is_another_child(hall: Hall) -> None:
    takahashi = {"name": {"family": "高橋", "given": "一"}, "birth_date": "2020-05-01"}
    variant = {**takahashi, "name": {"family": "髙橋", "given": "一"}}
    assert isinstance(hall.submit(_ask(hall, takahashi)), Submitted)
    assert isinstance(hall.submit(_ask(hall, variant)), Submitted)


def test_the_next_fiscal_year_counts_anew(hall: Hall) -> None:
    hall.submit(_ask(hall, TARO))
    hall.clock.advance(timedelta(days=200))
    assert isinstance(hall.submit(_ask(hall, TARO)), LimitReached)
    hall.clock.advance(timedelta(days=102))
    assert isinstance(hall.submit(_ask(hall, TARO)), Submitted)


@pytest.mark.parametrize("end", [Event.WITHDRAW, Event.REJECT])
def test_what_came_to_nothing_does_not_count(hall: Hall, end: Event) -> None:
    key = _ask(hall, TARO)
    hall.submit(key)
    if end is Event.REJECT:
        hall.advance(key, Event.OPEN)
    hall.advance(key, end)
    assert _uses(hall) == 0
    assert isinstance(hall.submit(_ask(hall, TARO)), Submitted)


def test_a_correction_counts_once_and_may_name_another_child(hall: Hall) -> None:
    key = _ask(hall, TARO)
    hall.submit(key)
    hall.returned(key)
    assert isinstance(hall.submit(key), Submitted)
    assert isinstance(hall.submit(_ask(hall, JIRO)), Submitted)
    hall.advance(key, Event.RETURN)
    hall.answer(key, children=[JIRO])
    assert isinstance(hall.submit(key), LimitReached)
    hall.answer(key, children=[{**TARO, "birth_date": "2021-05-01"}])
    assert isinstance(hall.submit(key), Submitted)
    assert _uses(hall) == 2
    assert isinstance(hall.submit(_ask(hall, TARO)), Submitted)


def test_a_person_is_told_of_their_own_earlier_application(hall: Hall) -> None:
    hanako, taro = hall.resident(), hall.resident("太郎")
    keys = [hall.begin("ticket", hanako, name=NAME) for _ in range(3)]
    assert [type(hall.submit(key)) for key in keys] == [Submitted, Submitted, LimitReached]
    refused = hall.submit(keys[2])
    assert isinstance(refused, LimitReached)
    assert refused.earlier == hall.application(keys[1]).reference
    assert isinstance(hall.submit(hall.begin("ticket", taro, name=NAME)), Submitted)


def test_the_page_says_why_and_keeps_the_answers(hall: Hall, client: FlaskClient) -> None:
    hall.submit(_ask(hall, TARO))
    begun = client.post("/applications/", data={"procedure": "allowance"})
    typed = {
        "children.0._row": "1",
        "children.0.name.family": "見本",
        "children.0.name.given": "太郎",
        "children.0.birth_date.era": "ce",
        "children.0.birth_date.year": "2020",
        "children.0.birth_date.month": "5",
        "children.0.birth_date.day": "1",
    }
    check = client.post(begun.location, data=typed).location
    answer = client.post(check, data={"total": "0"}, follow_redirects=True)
    assert "1年度（4月から3月まで）に1回までです。" in answer.text
    assert "すでに申請があります。" in answer.text and "太郎" in answer.text


def test_of_many_in_the_same_moment_one_is_counted(hall: Hall) -> None:
    for day in range(1, 7):
        child = {**TARO, "birth_date": f"2020-05-0{day}"}
        sends = [partial(hall.submit, _ask(hall, child)) for _ in range(3)]
        assert at_once(*sends) == ["LimitReached", "LimitReached", "Submitted"]


def test_of_three_in_the_same_moment_two_are_counted(hall: Hall) -> None:
    for number in range(4):
        person = hall.resident(f"花子{number}")
        sends = [partial(hall.submit, hall.begin("ticket", person, name=NAME)) for _ in range(3)]
        assert at_once(*sends) == ["LimitReached", "Submitted", "Submitted"]
