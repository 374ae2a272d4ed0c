"""The sitting as every page of the tablet shows it: whose, and by whom."""

from dataclasses import dataclass

from flask import g

from auth.residents.models import Resident
from portal.context import current_portal
from portal.counter.models import Sitting
from portal.counter.tablet import sitting_id
from portal.people import current_staff


@dataclass(frozen=True)
class SittingView:
    """For the banner that can't be scrolled away."""

    id: str
    staff_id: str
    staff_name: str
    #: the resident who was identified; None while the person is only typed in
    applicant_id: str | None
    #: empty while the person is not identified
    applicant_name: str
    identified_by: str
    till: str


def current_sitting() -> SittingView | None:
    """The sitting that is on in this browser; None everywhere else."""
    if "sitting" not in g:
        g.sitting = _load()
    found: SittingView | None = g.sitting
    return found


def _load() -> SittingView | None:
    staff, key = current_staff(), sitting_id()
    if staff is None or key is None:
        return None
    with current_portal().database.reading() as db:
        sitting = db.get(Sitting, key)
        if sitting is None or sitting.staff_id != staff.id or sitting.ended_at is not None:
            return None
        person = db.get(Resident, sitting.applicant_id) if sitting.applicant_id else None
    name = f"{person.family_name} {person.given_name}".strip() if person else ""
    return SittingView(
        id=sitting.id,
        staff_id=staff.id,
        staff_name=staff.name,
        applicant_id=sitting.applicant_id,
        applicant_name=name,
        identified_by=sitting.identified_by,
        till=sitting.till,
    )
