"""The sample city's cards and its register fit together."""

from pathlib import Path

import pytest

from auth.identity import VerifiedIdentity
from auth.jpki.mock.personas import Persona, read_personas
from auth.residents.register import read_register, register
from auth.residents.service import recognise
from foundation.database import Database
from tests.support.clock import FixedClock

SAMPLE = Path(__file__).resolve().parents[3] / "forms_defs" / "sample"
#: They live in other cities.
FROM_ELSEWHERE = {"ichiro", "ai"}
#: Their names have no furigana in the register.
WITHOUT_KANA = {"maria"}


def card_of(persona: Persona) -> VerifiedIdentity:
    card = persona.basic_four
    return VerifiedIdentity(
        "https://idp.example",
        persona.id,
        card.name,
        card.birth_date,
        card.sex,
        card.address,
        "aal3",
    )


@pytest.fixture
def city(database: Database, clock: FixedClock) -> Database:
    with database.transaction() as session:
        register(session, read_register(SAMPLE / "residents.yaml"), clock())
    return database


def test_everybody_is_who_their_card_says(city: Database, clock: FixedClock) -> None:
    personas = read_personas(SAMPLE / "personas.yaml")
    with city.transaction() as session:
        found = {
            persona.id: recognise(session, card_of(persona), clock())
            for persona in personas.values()
        }
    strangers = {name for name, resident in found.items() if not resident.of_city}
    assert strangers == FROM_ELSEWHERE
    nameless = {name for name, resident in found.items() if resident.family_kana is None}
    assert nameless == FROM_ELSEWHERE | WITHOUT_KANA
