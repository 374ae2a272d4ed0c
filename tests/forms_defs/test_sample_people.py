"""The people of the sample city: the register, the cards and the staff fit one another."""

import base64
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from auth.jpki.mock.personas import Persona, SignatureState, read_personas
from auth.names import PersonName
from auth.residents.matching import address_key, name_key
from auth.residents.register import RegisterRow, read_register
from auth.staff.roles import Role
from portal.forms import Catalogue

#: Who holds a card but lives elsewhere.
FROM_ELSEWHERE = {"ichiro", "ai"}
#: What makes a name hard: 𠮷 and 髙, a variation selector.
HARD = ("𠮷", "髙", "\U000e0100")


@pytest.fixture(scope="module")
def residents(definitions: Path) -> list[RegisterRow]:
    return read_register(definitions / "sample" / "residents.yaml")


@pytest.fixture(scope="module")
def personas(definitions: Path) -> dict[str, Persona]:
    return read_personas(definitions / "sample" / "personas.yaml")


def test_each_card_leads_to_one_person_of_the_register(
    residents: list[RegisterRow], personas: dict[str, Persona]
) -> None:
    for persona in personas.values():
        four = persona.basic_four
        fitting = [
            row
            for row in residents
            if name_key(PersonName(row.family_name, row.given_name)) == name_key(four.name)
            and row.birth_date == four.birth_date
            and address_key(row.address) == address_key(four.address)
        ]
        assert len(fitting) == (0 if persona.id in FROM_ELSEWHERE else 1), persona.id


def test_the_personas_cover_what_happens_in_life(personas: dict[str, Persona]) -> None:
    assert len(personas) == 20
    names = "".join(persona.basic_four.name.whole for persona in personas.values())
    assert all(character in names for character in HARD)
    assert max(len(persona.basic_four.name.whole) for persona in personas.values()) > 40
    assert {persona.signature for persona in personas.values()} == set(SignatureState)
    assert any(persona.valid_days for persona in personas.values())


def test_the_register_has_its_traps(residents: list[RegisterRow]) -> None:
    assert any(row.protected for row in residents)
    same_birthday = [
        row for row in residents if row.family_name == "佐々木" and row.given_name == "優"
    ]
    assert len({row.birth_date for row in same_birthday}) == 1 < len(same_birthday)
    assert any(row.family_kana is None for row in residents)


def test_each_household_has_one_head(residents: list[RegisterRow]) -> None:
    households = {row.household_id for row in residents}
    heads = [row.household_id for row in residents if row.relation == "本人"]
    assert None not in households
    assert sorted(heads, key=str) == sorted(households, key=str)


def test_staff_work_in_departments_that_exist(definitions: Path, catalogue: Catalogue) -> None:
    staff = YAML(typ="safe").load(definitions / "sample" / "staff.yaml")["staff"]
    held = [
        (Role(entry["role"]), entry.get("department")) for one in staff for entry in one["roles"]
    ]
    assert {role for role, _ in held} == set(Role)
    assert {place for _, place in held if place} <= set(catalogue.departments)
    for department in {procedure.department for procedure in catalogue.procedures.values()}:
        assert (Role.CASE_WORKER, department) in held
        assert (Role.DECISION_MAKER, department) in held
    assert len({one["login"] for one in staff}) == len(staff)
    assert all(len(base64.b32decode(one["totp_secret"])) == 20 for one in staff)
