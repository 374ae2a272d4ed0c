"""だれの申請ですか: who acts for whom is asked first, kept as two facts, and shown everywhere."""

import io
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from auth.residents.models import Resident
from auth.residents.profile import ProfileValue, Source, profile
from auth.residents.service import household
from auth.staff.roles import Role
from portal.admission.limits import LimitReached
from portal.app import create_app
from portal.applications.parties import Parties, concerns_protected, known_people, parties_of
from portal.applications.submission import Submitted
from portal.forms import Context, Procedure
from portal.forms.definition import Ages
from portal.forms.functions import corporate_number
from portal.office.holding import held_back
from tests.support.hall import Hall
from tests.support.papers import pdf

HANAKO = {"family": "見本", "given": "花子"}
TARO = {"family": "見本", "given": "太郎"}
TODAY = date(2026, 6, 3)
SELF = {"acting": "self", "applicant": HANAKO, "copies": 1}
CHILD = {**SELF, "acting": "child", "acting_name": TARO, "acting_birth_date": "2020-05-01"}


@pytest.fixture
def app(hall: Hall) -> Flask:
    app = create_app(portal=hall.portal)
    app.config["WTF_CSRF_ENABLED"] = False
    return app


@pytest.fixture
def signed_in(hall: Hall, app: Flask) -> Callable[[Resident], FlaskClient]:
    def client(person: Resident) -> FlaskClient:
        client = app.test_client()
        with client.session_transaction() as session:
            session["resident_id"] = person.id
        return client

    return client


def _family(hall: Hall) -> Resident:
    """A mother; her child; her mother, who lives with her; and one who hides."""
    mother = hall.resident()

    def step(session: Any) -> None:
        for given, born, relation, hides in (
            ("太郎", date(2020, 5, 1), "長男", False),
            ("梅", date(1950, 5, 1), "母", False),
            ("菊", date(1952, 5, 1), "母", True),
        ):
            session.add(
                Resident(
                    family_name="見本",
                    given_name=given,
                    birth_date=born,
                    postcode="0000011",
                    address="見本県試験市本町1丁目1番1号",
                    household_id="h1",
                    relation=relation,
                    of_city=True,
                    protected=hides,
                    created_at=hall.clock(),
                )
            )
        here = session.get_one(Resident, mother.id)
        here.household_id, here.relation = "h1", "本人"

    hall.do(step)
    return hall.see(lambda session: session.get_one(Resident, mother.id))


def test_it_is_the_first_thing_asked_and_only_where_it_has_answers(hall: Hall) -> None:
    asks, plain = hall.procedures["pass"], hall.procedures["swim"]
    assert asks.section_ids == ("acting", "who", "what")
    assert "acting" not in plain.section_ids
    seen = plain.scope({}, Context(today=date(2026, 6, 3)))
    assert seen["acting"] == "self"


@pytest.mark.parametrize(
    ("answers", "missing"),
    [
        ({"acting": "self"}, set()),
        ({"acting": "child"}, {"acting_name", "acting_birth_date"}),
        (
            {"acting": "mandate"},
            {"acting_name", "acting_birth_date", "acting_address", "acting_mandate"},
        ),
        (
            {"acting": "agent", "acting_name": TARO, "acting_birth_date": "1990-01-01"},
            {"acting_address", "acting_mandate", "acting_office", "acting_registration"},
        ),
        ({"acting": "business"}, {"acting_business", "acting_representative"}),
    ],
)
def test_each_asks_for_its_own(hall: Hall, answers: dict[str, object], missing: set[str]) -> None:
    journey = hall.procedures["pass"].journey(answers, Context(today=date(2026, 6, 3)))
    found = {error.path.partition(".")[0] for error in journey.errors}
    assert {path for path in found if path.startswith("acting")} == missing


@pytest.mark.parametrize(
    ("number", "right"),
    [
        ("5835678256246", True),
        ("2835678256246", False),
        ("583567825624", False),
        ("５８３５６７８２５６２４６", False),
        ("", False),
    ],
)
def test_the_check_digit_of_a_corporate_number(number: str, right: bool) -> None:
    assert corporate_number(number) is right


def test_a_wrong_corporate_number_is_said_at_its_field(hall: Hall) -> None:
    answers = {"acting": "business", "acting_number": "2835678256246"}
    journey = hall.procedures["pass"].journey(answers, Context(today=date(2026, 6, 3)))
    (error,) = [error for error in journey.errors if error.path == "acting_number"]
    assert error.message.startswith("法人番号が正しくありません") and error.section == "acting"


@pytest.mark.parametrize(
    ("answers", "parties"),
    [
        (SELF, Parties("self", "見本 花子", "")),
        ({}, Parties("self", "だれか", "")),
        (CHILD, Parties("child", "見本 太郎", "見本 花子")),
        (
            {**CHILD, "acting": "agent", "acting_office": "見本事務所"},
            Parties("agent", "見本 太郎", "見本 花子（見本事務所）"),
        ),
        (
            {"acting": "business", "acting_business": "見本商店", "acting_representative": TARO},
            Parties("business", "見本商店", "だれか"),
        ),
    ],
)
def test_the_person_concerned_is_the_applicant(
    answers: dict[str, object], parties: Parties
) -> None:
    assert parties_of(answers, "だれか") == parties


def test_it_is_kept_and_corrected(hall: Hall) -> None:
    key = hall.begin("pass", hall.resident(), **CHILD)
    assert isinstance(hall.submit(key), Submitted)
    found = hall.application(key)
    assert (found.applicant_name, found.acted_by, found.acting) == (
        "見本 太郎", "見本 花子", "child"
    )  # fmt: skip
    hall.returned(key)
    hall.answer(key, acting="self")
    assert isinstance(hall.submit(key), Submitted)
    found = hall.application(key)
    assert (found.applicant_name, found.acted_by, found.acting) == ("見本 花子", None, None)


def test_once_is_once_whoever_applies(hall: Hall) -> None:
    mother, father = hall.resident(), hall.resident("一郎")
    assert isinstance(hall.submit(hall.begin("pass", mother, **CHILD)), Submitted)
    refused = hall.submit(hall.begin("pass", father, **CHILD))
    assert isinstance(refused, LimitReached) and refused.earlier is None
    assert isinstance(hall.submit(hall.begin("pass", mother, **SELF)), Submitted)
    # What she applied for herself counts also when he does it in her name.
    for_her = {"acting_name": HANAKO, "acting_birth_date": "1988-04-02", "acting": "household"}
    assert isinstance(hall.submit(hall.begin("pass", father, **{**SELF, **for_her})), LimitReached)


def test_the_family_is_chosen_and_not_typed(
    hall: Hall, signed_in: Callable[[Resident], FlaskClient]
) -> None:
    mother = _family(hall)
    client = signed_in(mother)
    section = client.post("/applications/", data={"procedure": "pass"}).location
    page = client.get(section).text
    assert "だれの申請ですか" in page and "見本 太郎（長男）" in page and "見本 梅（母）" in page
    # Who hides from the family is not on the page.
    assert "見本 菊" not in page
    answer = client.post(section, data={"_person": "1"}, follow_redirects=True)
    key = section.split("/")[2]
    assert hall.application(key).answers["acting_name"] == TARO
    assert hall.application(key).answers["acting"] == "child"
    assert answer.request.path.endswith("/what")
    for nonsense in ("7", "x", "-1", "²"):
        assert client.post(section, data={"_person": nonsense}).status_code == 303
    assert hall.application(key).answers["acting"] == "child"
    check = client.post(f"/applications/{key}/sections/what", data={"copies": "1"}).location
    assert "見本　太郎" in client.get(check).text
    client.post(check, data={"total": "0"})
    assert "見本 太郎さんの申請" in client.get("/my/").text
    shown = client.get(f"/applications/{key}").text
    assert "代わりに申請する人" in shown and "見本 花子" in shown


def test_only_what_the_procedure_admits_is_offered(hall: Hall) -> None:
    mother = _family(hall)
    family = hall.see(lambda s: profile(mother, household(s, mother), identified_by=Source.CARD))
    definition = hall.procedures["pass"].definition
    for acts_for, names in (
        (("self", "child"), ["見本 太郎"]),
        (("household",), ["見本 梅", "見本 太郎"]),
        (("self", "mandate"), []),
    ):
        applicants = definition.applicants.model_copy(update={"acts_for": acts_for})
        changed = type(hall.procedures["pass"])(
            definition.model_copy(update={"applicants": applicants})
        )
        assert [person.name for person in known_people(changed, family, TODAY)] == names


def test_only_those_whom_it_makes_sense_for_are_offered(hall: Hall) -> None:
    mother = _family(hall)
    family = hall.see(lambda s: profile(mother, household(s, mother), identified_by=Source.CARD))
    definition = hall.procedures["pass"].definition
    # 太郎 is 6, 梅 76.
    for least, most, names in (
        (0, 6, ["見本 太郎"]),
        (7, 75, []),
        (76, 120, ["見本 梅"]),
    ):
        ages = Ages.model_validate({"from": least, "to": most})
        update = {"acts_for": ("self", "household"), "ages": ages}
        applicants = definition.applicants.model_copy(update=update)
        changed = Procedure(definition.model_copy(update={"applicants": applicants}))
        assert [person.name for person in known_people(changed, family, TODAY)] == names


def test_the_buttons_say_whose_birthday_it_is(
    hall: Hall, signed_in: Callable[[Resident], FlaskClient]
) -> None:
    client = signed_in(_family(hall))
    section = client.post("/applications/", data={"procedure": "pass"}).location
    page = client.get(section).text
    # Both calendars, and no day of the week: nobody knows on which they were born.
    assert "2020年5月1日（令和2年）</span></button>" in page


def test_a_family_that_was_typed_earlier_is_not_offered(hall: Hall) -> None:
    typed = [{"name": TARO, "birth_date": None, "relation": "子"}]
    family = {"household.members": ProfileValue(typed, Source.EARLIER)}
    assert known_people(hall.procedures["pass"], family, TODAY) == []


def test_a_mandate_is_a_file(hall: Hall, signed_in: Callable[[Resident], FlaskClient]) -> None:
    client = signed_in(hall.resident())
    section = client.post("/applications/", data={"procedure": "pass"}).location
    assert "家族からえらぶ" not in client.get(section).text
    answer = client.post(section, data={"acting": "mandate"})
    assert "委任状" in answer.text
    typed = {
        "acting": "mandate",
        "acting_name.family": "見本",
        "acting_name.given": "太郎",
        "acting_birth_date.era": "ce",
        "acting_birth_date.year": "1960",
        "acting_birth_date.month": "5",
        "acting_birth_date.day": "1",
        "acting_address.postcode": "0000011",
        "acting_address.text": "見本県試験市本町1丁目1番1号",
    }
    assert "エラー" in client.post(section, data=typed).text
    typed |= {"acting_mandate": (io.BytesIO(pdf()), "委任状.pdf")}  # type: ignore[dict-item]
    answer = client.post(section, data=typed, content_type="multipart/form-data")
    assert answer.status_code == 303, answer.text


def test_the_office_sees_both_and_holds_what_concerns_a_protected_person(
    hall: Hall, app: Flask
) -> None:
    mother = _family(hall)
    answers = {"acting_name": {"family": "見本", "given": "菊"}, "acting_birth_date": "1952-05-01"}
    hidden = hall.begin("pass", mother, **{**CHILD, **answers, "acting": "household"})
    plain = hall.begin("pass", mother, **CHILD)
    procedure, now = hall.procedures["pass"], hall.clock()
    for key in (hidden, plain):
        assert isinstance(hall.submit(key), Submitted)
    held = [
        hall.see(
            partial(held_back, procedure=procedure, application=hall.application(key), now=now)
        )
        for key in (hidden, plain)
    ]
    assert held == [True, False]
    assert hall.see(lambda s: concerns_protected(s, {"acting_name": 1})) is False
    employee = hall.employee("sato", (Role.CASE_WORKER, None))
    client = app.test_client()
    with client.session_transaction() as session:
        session["staff_id"] = employee.id
    assert "代理：見本 花子" in client.get("/office/").text
    page = client.get(f"/office/applications/{hidden}").text
    assert (
        "代理人" in page and "同じ世帯の人の申請" in page and "交付の前に確かめてください" in page
    )
    page = client.get(f"/office/applications/{plain}").text
    assert "子どもの申請" in page and "交付の前に確かめてください" not in page
