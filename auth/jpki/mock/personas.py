"""The people of the sample city and elsewhere who hold a mock card."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from auth.jpki.attributes import BasicFour
from auth.jpki.profile import PROFILES, CertificateKind
from auth.names import PersonName, Sex


class SignatureState(StrEnum):
    """What became of the signature certificate on a persona's card."""

    GOOD = "good"
    #: the person is under fifteen
    NONE = "none"
    #: the person has just moved
    REVOKED = "revoked"


@dataclass(frozen=True)
class Persona:
    """One person and what their card says."""

    id: str
    basic_four: BasicFour
    #: in one line, why a tester would choose this person; by language (ja, en)
    about: Mapping[str, str]
    #: known to everyone, since they protect nothing
    pins: Mapping[CertificateKind, str]
    signature: SignatureState = SignatureState.GOOD
    #: the card expires so many days after it was made; None: as a real one does
    valid_days: int | None = None


def read_personas(path: Path) -> dict[str, Persona]:
    """By id, in the order of the file ``personas: [{id, family, given, birth_date, …}]``.

    Raises ValueError, with the person's number in the file, where one is wrong.
    """
    document = YAML(typ="safe").load(path)
    personas = [_persona(number, raw) for number, raw in enumerate(document["personas"], start=1)]
    return {persona.id: persona for persona in personas}


def _persona(number: int, raw: Mapping[str, Any]) -> Persona:
    try:
        about = str(raw.get("about", ""))
        return Persona(
            id=str(raw["id"]),
            basic_four=BasicFour(
                name=PersonName(raw["family"], raw.get("given") or ""),
                address=raw["address"],
                birth_date=date.fromisoformat(str(raw["birth_date"])),
                sex=Sex(raw.get("sex", Sex.UNKNOWN)),
            ),
            about={"ja": about, "en": str(raw.get("about_en", about))},
            pins={
                CertificateKind.USER_AUTHENTICATION: _pin(
                    raw["pin"], CertificateKind.USER_AUTHENTICATION
                ),
                CertificateKind.SIGNATURE: _pin(raw["signature_pin"], CertificateKind.SIGNATURE),
            },
            signature=SignatureState(raw.get("signature", SignatureState.GOOD)),
            valid_days=raw.get("valid_days"),
        )
    except (KeyError, ValueError) as error:
        raise ValueError(f"persona {number}: {error!r}") from error


def _pin(value: object, kind: CertificateKind) -> str:
    pattern = PROFILES[kind].pin
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise ValueError(f"the PIN {value!r} is not in quotes, or not {pattern.pattern}")
    return value
