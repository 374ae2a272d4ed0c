"""Once only: what somebody already answered in another application, for the next one."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from auth.residents.profile import Profile, ProfileValue, Source
from portal.applications.definitions import Definitions
from portal.applications.models import Application
from portal.applications.states import State

#: Applications that are looked through, the latest first; older answers are rarely still right.
MOST = 20


def earlier_answers(
    session: Session,
    definitions: Definitions,
    *,
    resident_id: str | None,
    sitting_id: str | None = None,
) -> Profile:
    """The latest answer to each concept in a resident's other applications, drafts included.

    At the counter also those of the same sitting, so that a person who is in no register and has
    no card is asked once. What the city refused is as true as the rest; what was withdrawn or
    lapsed may have been a mistake, and is left out.
    """
    whose = []
    if resident_id is not None:
        whose.append(Application.applicant_id == resident_id)
    if sitting_id is not None:
        whose.append(Application.sitting_id == sitting_id)
    if not whose:
        return {}
    found = session.scalars(
        select(Application)
        .where(or_(*whose), Application.state.not_in((State.WITHDRAWN, State.LAPSED)))
        .order_by(Application.changed_at.desc(), Application.id.desc())
        .limit(MOST)
    )
    known: dict[str, ProfileValue] = {}
    for application in found:
        procedure = definitions.of(session, application)
        for key, value in procedure.known_from(application.answers).items():
            known.setdefault(key, ProfileValue(value, Source.EARLIER))
    return known
