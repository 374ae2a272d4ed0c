"""Whose application it is, and who acts: 申請者と代理人 are two facts wherever one is shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from auth.residents.profile import Source
from auth.residents.relations import is_child
from auth.residents.service import find_by_typing
from foundation.age import age_on
from portal.applications.drafts import Draft
from portal.forms import Answers, Procedure, ProfileValue
from portal.forms.acting import ACTING, SELF, offered

#: Before the ids of all that is asked of the person whom it is for.
_PREFIX = ACTING + "_"
_FAMILY = "household.members"


@dataclass(frozen=True)
class Parties:
    """Who an application is for, and who filled it in for them."""

    #: a word of ``applicants``: self, child, household, mandate, agent, business
    acting: str
    #: the person or body concerned
    applicant: str
    #: who acts for them; "" where they act for themselves
    acted_by: str


@dataclass(frozen=True)
class KnownPerson:
    """Somebody of the household, for whom it can be applied without typing."""

    name: str
    birth_date: date
    #: 続柄, as the register spells it; may be empty
    relation: str
    #: the answers that choosing them gives
    answers: Mapping[str, Any]


def parties_of(answers: Answers, keyboard: str) -> Parties:
    """The parties by complete answers; ``keyboard`` is the name of who fills in, if known."""
    own = name_in({k: v for k, v in answers.items() if not k.startswith(_PREFIX)}) or keyboard
    acting = answers.get(ACTING) or SELF
    if acting == SELF:
        return Parties(SELF, own, "")
    if acting == "business":
        by = own or name_in({"name": answers.get("acting_representative")})
        return Parties(acting, str(answers.get("acting_business") or ""), by)
    office = answers.get("acting_office")
    by = f"{own}（{office}）" if office and own else own or str(office or "")
    return Parties(acting, name_in({"name": answers.get("acting_name")}), by)


def name_in(answers: Mapping[str, Any]) -> str:
    """A name among the answers: the first person or name that they hold."""
    for value in answers.values():
        name = value.get("name", value) if isinstance(value, Mapping) else None
        if isinstance(name, Mapping) and name.get("family"):
            return f"{name['family']} {name.get('given') or ''}".strip()
    return ""


def known_people(
    procedure: Procedure, profile: Mapping[str, ProfileValue], today: date
) -> Sequence[KnownPerson]:
    """The children and the others of the household whom the definition admits, by age too.

    Nobody whom the person may not know of: the profile leaves those under 支援措置 out.
    """
    applicants = procedure.definition.applicants
    kinds, ages = offered(applicants), applicants.ages
    family = profile.get(_FAMILY)
    # What somebody typed in an earlier application is nobody's register.
    of_register = family is not None and family.source == Source.REGISTER
    found = []
    for member in family.value if family is not None and of_register else ():
        child = is_child(member["relation"])
        kind = "child" if child and "child" in kinds else "household"
        born = date.fromisoformat(member["birth_date"])
        if kind not in kinds or not ages.least <= age_on(born, today) <= ages.most:
            continue
        found.append(
            KnownPerson(
                name_in({"name": member["name"]}),
                born,
                member["relation"],
                {
                    ACTING: kind,
                    "acting_name": member["name"],
                    "acting_birth_date": member["birth_date"],
                },
            )
        )
    return found


def with_person(draft: Draft, people: Sequence[KnownPerson], number: str) -> Draft:
    """One of the people filled in, by the number on its button; any other changes nothing."""
    if not number.isdecimal() or int(number) >= len(people):
        return draft
    chosen = people[int(number)].answers
    register = {key: Source.REGISTER.value for key in chosen if key != ACTING}
    return replace(
        draft, answers={**draft.answers, **chosen}, sources={**draft.sources, **register}
    )


def concerns_protected(session: Session, answers: Answers) -> bool:
    """Whether the person concerned may be one under 支援措置, whoever applies for them.

    For employees only: an applicant who learned of it would learn where somebody hides.
    """
    name, born = answers.get("acting_name"), answers.get("acting_birth_date")
    if not isinstance(name, Mapping) or not isinstance(born, str):
        return False
    found = find_by_typing(
        session,
        family_name=str(name.get("family") or ""),
        given_name=str(name.get("given") or ""),
        birth_date=date.fromisoformat(born),
    )
    return any(person.protected for person in found)
