"""Whether a person must look at an application before anything is handed out."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from portal.applications.models import Application
from portal.applications.parties import concerns_protected
from portal.applications.service import context_of
from portal.forms import Procedure


def held_back(
    session: Session, procedure: Procedure, application: Application, now: datetime
) -> bool:
    """``outcome.hold_when``, also for the sake of the person for whom somebody else applies.

    Their protection (支援措置) counts here alone: on the applicant's own pages it would tell.
    """
    context = context_of(application, now)
    if concerns_protected(session, application.answers):
        context = replace(context, resident={**context.resident, "protected": True})
    return procedure.held(application.answers, context)
