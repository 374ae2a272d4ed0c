"""ワンスオンリー: what the city knows about a person of the sample city isn't asked for again."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from auth.residents.models import Resident
from auth.residents.profile import Profile, profile
from auth.residents.register import RegisterRow, read_register
from portal.forms import Catalogue
from portal.forms.statistics import Statistics, statistics
from tests.forms_defs.complete_answers import ANSWERS
from tests.forms_defs.test_journeys import CONTEXT, context_of
from tests.forms_defs.town_answers import ANONYMOUS


def _resident(number: int, row: RegisterRow) -> Resident:
    return Resident(
        id=str(number),
        family_name=row.family_name,
        given_name=row.given_name,
        family_kana=row.family_kana,
        given_kana=row.given_kana,
        birth_date=row.birth_date,
        sex=row.sex,
        postcode=row.postcode,
        address=row.address,
        phone=row.phone,
        email=row.email,
        household_id=row.household_id,
        relation=row.relation,
        protected=row.protected,
        of_city=True,
    )


@pytest.fixture(scope="module")
def people(definitions: Path) -> list[Resident]:
    """Everyone in the register of the sample city."""
    rows = read_register(definitions / "sample" / "residents.yaml")
    return [_resident(number, row) for number, row in enumerate(rows)]


def _profile_of(people: list[Resident], given_name: str) -> Profile:
    person = next(each for each in people if each.given_name == given_name)
    return profile(person, [each for each in people if each.household_id == person.household_id])


@pytest.mark.parametrize("procedure_id", sorted(set(ANSWERS) - ANONYMOUS))
def test_who_applies_comes_from_the_card(
    catalogue: Catalogue, people: list[Resident], procedure_id: str
) -> None:
    answers, sources = catalogue.procedures[procedure_id].prefill(_profile_of(people, "花子"))
    assert answers["applicant"]["name"] == {"family": "見本", "given": "花子"}
    assert sources["applicant"] == "card_and_register"
    assert {"phone", "email"} <= set(answers)


@pytest.mark.parametrize("procedure_id", ANSWERS)
@pytest.mark.parametrize("given_name", ["花子", "健一", "誠", "ハナ"])
def test_what_is_filled_in_is_valid(
    catalogue: Catalogue, people: list[Resident], procedure_id: str, given_name: str
) -> None:
    procedure = catalogue.procedures[procedure_id]
    answers, _ = procedure.prefill(_profile_of(people, given_name))
    journey = procedure.journey({**ANSWERS[procedure_id], **answers}, context_of(procedure_id))
    wrong = [error for error in journey.errors if _filled_in(error.path, answers)]
    assert [(error.path, error.message) for error in wrong] == []


def _filled_in(path: str, answers: Mapping[str, Any]) -> bool:
    """Whether the answer at a path came from the profile; of a known row, some is still asked."""
    field, _, inner = path.partition(".")
    value = answers.get(field)
    if not isinstance(value, list):
        return value is not None
    number, _, part = inner.partition(".")
    return bool(part) and part in value[int(number)]


def test_a_residence_record_is_asked_for_by_choosing_alone(
    catalogue: Catalogue, people: list[Resident]
) -> None:
    procedure = catalogue.procedures["certificates.residence-record"]
    known, _ = procedure.prefill(_profile_of(people, "花子"))
    chosen: dict[str, Any] = {"acting": "self", "scope": "self", "copies": 1, "purpose": "bank"}
    where = {"delivery": "post", "post_kind": "ordinary"}
    journey = procedure.journey({**known, **chosen, **where}, CONTEXT)
    assert journey.complete
    assert journey.price.total == 410


def test_the_family_is_known_to_the_nursery_form(
    catalogue: Catalogue, people: list[Resident]
) -> None:
    procedure = catalogue.procedures["childcare.nursery"]
    answers, sources = procedure.prefill(_profile_of(people, "花子"))
    family = [member["name"]["given"] for member in answers["members"]]
    assert sorted(family) == sorted(["太郎", "さくら", "陽翔", "結衣"])
    assert sources["members"] == "register"


def test_the_children_of_the_register_are_told_and_not_asked(
    catalogue: Catalogue, people: list[Resident]
) -> None:
    procedure = catalogue.procedures["childcare.nursery"]
    answers, sources = procedure.prefill(_profile_of(people, "花子"))
    html = procedure.render_section("child", answers, CONTEXT, sources=sources)
    assert "陽翔" in html and "住民記録から" in html and "?edit=children" in html
    assert 'id="f-children-1-applies-0"' in html
    for asked in ("name-family", "birth_date-year"):
        assert f'id="f-children-1-{asked}"' not in html
    opened = procedure.render_section(
        "child", answers, CONTEXT, sources=sources, edit=frozenset({"children"})
    )
    assert 'id="f-children-1-name-family"' in opened


def test_both_parents_are_known_to_the_nursery_form(
    catalogue: Catalogue, people: list[Resident]
) -> None:
    procedure = catalogue.procedures["childcare.nursery"]
    answers, _ = procedure.prefill(_profile_of(people, "花子"))
    assert answers["guardians"] == [{"who": "applicant"}, {"who": "spouse"}]
    alone, _ = procedure.prefill(_profile_of(people, "美穂"))
    assert "guardians" not in alone


@pytest.mark.parametrize(
    ("procedure_id", "most"), [("childcare.child-allowance", 20), ("childcare.nursery", 40)]
)
def test_little_is_typed_for_a_second_child(
    catalogue: Catalogue, procedure_id: str, most: int
) -> None:
    found = statistics(catalogue.procedures[procedure_id], CONTEXT.today)
    assert isinstance(found, Statistics)
    assert found.characters <= most
