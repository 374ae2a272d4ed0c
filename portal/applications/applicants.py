"""The person that a new application is for, from what is known in this request."""

from sqlalchemy.orm import Session

from auth.residents.models import Resident
from auth.residents.profile import OUTLINES, Source, profile
from auth.residents.service import household
from foundation.age import age_on
from foundation.clock import jst_date
from portal.applications.earlier import earlier_answers
from portal.applications.service import Applicant
from portal.context import current_portal
from portal.counter.presentation import current_sitting
from portal.people import current_resident


def applicant_at_keyboard(db: Session) -> Applicant:
    """The person of the sitting at the counter, else whoever signed in, else nobody known.

    Never the employee, and never the person of an earlier sitting.
    """
    sitting = current_sitting()
    if sitting is not None:
        if sitting.applicant_id is None:
            definitions = current_portal().definitions
            told = earlier_answers(db, definitions, resident_id=None, sitting_id=sitting.id)
            return Applicant(profile=told)
        person = db.get_one(Resident, sitting.applicant_id)
        return known_applicant(db, person, Source(sitting.identified_by))
    resident = current_resident()
    return known_applicant(db, resident, Source.CARD) if resident is not None else Applicant()


def known_applicant(db: Session, person: Resident, identified_by: Source) -> Applicant:
    """A resident as an applicant: name, what conditions may ask, what can be filled in.

    The card and the register go before what the person answered earlier. The earlier answers of a
    person under 支援措置 are for their own card alone, as their address is.
    """
    portal = current_portal()
    today = jst_date(portal.clock())
    known = profile(person, household(db, person), identified_by=identified_by)
    if identified_by is Source.CARD or not person.protected:
        told = earlier_answers(db, portal.definitions, resident_id=person.id)
        outlines = {key: value for key, value in known.items() if key in OUTLINES}
        known = {**told, **known, **{key: told.get(key, outlines[key]) for key in outlines}}
    return Applicant(
        resident_id=person.id,
        name=f"{person.family_name} {person.given_name}".strip(),
        facts={
            "signed_in": identified_by is Source.CARD,
            "of_city": person.of_city,
            "protected": person.protected,
            "age": age_on(person.birth_date, today),
        },
        profile=known,
    )
