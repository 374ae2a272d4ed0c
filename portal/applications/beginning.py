"""Beginning a draft for the party at this browser, on whichever way they came."""

from dataclasses import replace

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from auth.residents.profile import ProfileValue, Source
from portal.admission.presentation import none_left, pool_views
from portal.admission.reception import reception_for
from portal.applications.applicants import applicant_at_keyboard
from portal.applications.service import Applicant, begin
from portal.applications.visitor import current_actor, remember_guest
from portal.context import current_portal
from portal.forms import Procedure
from portal.i18n import current_language

#: What an applicant's e-mail address is called in a profile.
_MAIL_ADDRESS = "contact.email"


def begin_at_keyboard(
    db: Session, procedure: Procedure, *, verified_email: str | None = None
) -> ResponseReturnValue:
    """A new draft, and the way to its first page; back to the procedure where it is closed or full.

    ``verified_email`` is an address whose owner has just opened a link that was mailed there.
    """
    portal = current_portal()
    actor, now = current_actor(), portal.clock()
    applicant = _with_address(applicant_at_keyboard(db), verified_email)
    reception = reception_for(procedure, applicant.facts or {}, actor.channel, now)
    if not reception.open or none_left(pool_views(db, procedure, now)):
        return redirect(url_for("catalogue.procedure", procedure_id=procedure.id), 303)
    begun = begin(
        db,
        portal.definitions,
        procedure,
        actor,
        applicant,
        language=current_language(),
        now=now,
    )
    if begun.guest_key is not None:
        remember_guest(begun.application.id, begun.guest_key)
    # The first page even where nothing is missing: what is known is shown before it is used.
    first = procedure.section_ids[0]
    return redirect(
        url_for("applications.section", application_id=begun.application.id, section_id=first), 303
    )


def _with_address(applicant: Applicant, address: str | None) -> Applicant:
    if address is None:
        return applicant
    known = {_MAIL_ADDRESS: ProfileValue(address, Source.EMAIL), **(applicant.profile or {})}
    return replace(applicant, profile=known, verified_email=address)
