"""The person that a new application is for, from what is known in this request."""

from sqlalchemy.orm import Session

from auth.residents.models import Resident
from auth.residents.profile import Source, profile
from auth.residents.service import household
from foundation.age import age_on
from foundation.clock import jst_date
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
            return Applicant()
        person = db.get_one(Resident, sitting.applicant_id)
        return known_applicant(db, person, Source(sitting.identified_by))
    resident = current_resident()
    return known_applicant(db, resident, Source.CARD) if resident is not None else Applicant()


def known_applicant(db: Session, person: Resident, identified_by: Source) -> Applicant:
    """A resident as an applicant: name, what conditions may ask, what can be filled in."""
    today = jst_date(current_portal().clock())
    return Applicant(
        resident_id=person.id,
        name=f"{person.family_name} {person.given_name}".strip(),
        facts={
            "signed_in": identified_by is Source.CARD,
            "of_city": person.of_city,
            "protected": person.protected,
            "age": age_on(person.birth_date, today),
        },
        profile=profile(person, household(db, person), identified_by=identified_by),
    )
