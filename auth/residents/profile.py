"""What is known about a person, by concept, in the shape of a form's answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from auth.residents.models import Resident
from auth.residents.relations import is_child, is_spouse, relation_between


class Source(StrEnum):
    """Where a value comes from; a page says so beside it."""

    CARD = "card"
    #: a card has neither kana nor postcode; the register adds them
    CARD_AND_REGISTER = "card_and_register"
    REGISTER = "register"
    EARLIER = "earlier"
    STAFF = "staff"
    #: an address that was proved by a link mailed there
    EMAIL = "email"


@dataclass(frozen=True)
class ProfileValue:
    """One answer that need not be typed again."""

    value: Any
    source: Source


#: What follows from the register and says less than an earlier answer to the same.
OUTLINES = frozenset({"household.guardians"})

#: By concept id (``person.name``); a concept that isn't known is absent.
Profile = Mapping[str, ProfileValue]


def profile(
    resident: Resident,
    household: Sequence[Resident],
    *,
    identified_by: Source = Source.CARD,
) -> Profile:
    """Everything known of a person, for the form engine to fill in.

    ``identified_by`` says how we know that it is they: by their card, or because staff found
    them in the register. The address and the family of a person under 支援措置 are filled in
    for their own card alone.
    """
    known: dict[str, ProfileValue] = {}
    name = {"family": resident.family_name, "given": resident.given_name}
    kana = _kana(resident)
    birth_date = resident.birth_date.isoformat()
    known["person.name"] = ProfileValue(name, identified_by)
    known["person.birth_date"] = ProfileValue(birth_date, identified_by)
    if kana:
        known["person.kana"] = ProfileValue(kana, Source.REGISTER)
    if resident.protected and identified_by is not Source.CARD:
        return known
    address = {"postcode": resident.postcode or "", "text": resident.address}
    known["person.address"] = ProfileValue(address, identified_by)
    known["person"] = ProfileValue(
        {
            "name": name,
            "kana": kana,
            "birth_date": birth_date,
            "sex": resident.sex,
            "address": address,
        },
        _source_of_person(resident, identified_by),
    )
    if resident.phone:
        known["contact.phone"] = ProfileValue(resident.phone, Source.REGISTER)
    if resident.email:
        known["contact.email"] = ProfileValue(resident.email, Source.REGISTER)
    others = [other for other in household if other.id != resident.id]
    known.update(_family(resident, others))
    return known


def _family(resident: Resident, others: Sequence[Resident]) -> Profile:
    """Everybody at the address, and among them the spouse and the children, the eldest first."""
    known: dict[str, ProfileValue] = {}
    if others:
        members = [_member(resident, other) for other in others]
        known["household.members"] = ProfileValue(members, Source.REGISTER)
    children = [other for other in others if is_child(relation_between(resident, other))]
    if children:
        eldest_first = sorted(children, key=lambda child: child.birth_date)
        rows = [_identity(child) for child in eldest_first]
        known["household.children"] = ProfileValue(rows, Source.REGISTER)
    spouse = next((o for o in others if is_spouse(relation_between(resident, o))), None)
    if spouse is not None:
        known["household.spouse"] = ProfileValue("together", Source.REGISTER)
        for key, value in _identity(spouse).items():
            if value is not None:
                known[f"household.spouse.{key}"] = ProfileValue(value, Source.REGISTER)
        both = [{"who": "applicant"}, {"who": "spouse"}]
        known["household.guardians"] = ProfileValue(both, Source.REGISTER)
    return known


def _source_of_person(resident: Resident, identified_by: Source) -> Source:
    if identified_by is Source.CARD and resident.of_city:
        return Source.CARD_AND_REGISTER
    return identified_by


def _kana(resident: Resident) -> dict[str, str] | None:
    if not resident.family_kana:
        return None
    return {"family": resident.family_kana, "given": resident.given_kana or ""}


def _member(resident: Resident, other: Resident) -> dict[str, Any]:
    return {**_identity(other), "relation": relation_between(resident, other)}


def _identity(other: Resident) -> dict[str, Any]:
    return {
        "name": {"family": other.family_name, "given": other.given_name},
        "kana": _kana(other),
        "birth_date": other.birth_date.isoformat(),
    }
