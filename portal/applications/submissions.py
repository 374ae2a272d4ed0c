"""What was sent, each time that it was: kept as it is written down, and found again.

Subscribed once, in ``portal/building.py``; runs inside the transaction of the submission.
"""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from foundation.events import Events
from portal.applications.life import ApplicationMoved
from portal.applications.models import Application, Submission
from portal.applications.states import Event

#: The steps with which somebody sends what they have answered.
SENDING = frozenset({Event.SUBMIT, Event.SUBMIT_WITH_FEE, Event.RESUBMIT, Event.RESUBMIT_WITH_FEE})

#: Those of them that send what was put right.
CORRECTING = frozenset({Event.RESUBMIT, Event.RESUBMIT_WITH_FEE})


def subscribe(events: Events) -> None:
    """Keep what is sent from now on."""
    events.subscribe(ApplicationMoved, keep)


def keep(session: Session, moved: ApplicationMoved) -> None:
    """Write down what is being sent, beside what was sent before."""
    if moved.event not in SENDING:
        return
    application = moved.application
    before = session.scalar(select(func.count()).where(Submission.application_id == application.id))
    session.add(_as_it_stands(application, (before or 0) + 1))


def submission_of(session: Session, application: Application) -> Submission | None:
    """What was sent last; None for what never was."""
    return submissions_of(session, [application]).get(application.id)


def submissions_of(session: Session, applications: Sequence[Application]) -> dict[str, Submission]:
    """What was sent last, by application.

    Of applications that are older than this table there is what they say now: it can't have
    changed but while one is with its applicant for correction.
    """
    sent = [each for each in applications if each.submitted_at is not None]
    kept = session.scalars(
        select(Submission)
        .where(Submission.application_id.in_([each.id for each in sent]))
        .order_by(Submission.number)
    )
    found = {each.application_id: each for each in kept}
    return {each.id: found.get(each.id) or _as_it_stands(each, 1) for each in sent}


def _as_it_stands(application: Application, number: int) -> Submission:
    return Submission(
        application_id=application.id,
        number=number,
        at=application.changed_at if number > 1 else application.submitted_at,
        answers=application.answers,
        sources=application.sources,
        price=application.price,
        booking=application.booking,
        operator_id=application.operator_id,
    )
