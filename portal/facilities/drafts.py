"""From held slots into the form: a new draft, or the one whose slots were lost or replaced."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from portal.applications.actors import Actor
from portal.applications.definitions import Definitions
from portal.applications.models import Application
from portal.applications.service import Applicant, begin
from portal.applications.states import State
from portal.facilities.models import Booking
from portal.facilities.service import attach, form_context
from portal.facilities.states import BookingState
from portal.forms import Procedure


@dataclass(frozen=True)
class Draft:
    """Where to go on. ``guest_key`` is the secret of a guest's new draft, told once."""

    application_id: str
    guest_key: str | None


def draft_for(
    session: Session,
    definitions: Definitions,
    procedure: Procedure,
    actor: Actor,
    applicant: Applicant,
    booking: Booking,
    *,
    language: str,
    now: datetime,
) -> Draft:
    """The draft that carries a booking that was just held.

    Whoever had begun the form and then lost the slots, or chose others, goes on with what was
    answered already; everybody else begins a new one.
    """
    application = _left_without_slots(session, procedure, actor, booking, now)
    if application is not None:
        application.booking = form_context(booking)
        application.changed_at = now
        attach(session, booking.id, application.id)
        return Draft(application.id, None)
    begun = begin(
        session,
        definitions,
        procedure,
        actor,
        applicant,
        language=language,
        now=now,
        booking=form_context(booking),
    )
    attach(session, booking.id, begun.application.id)
    return Draft(begun.application.id, begun.guest_key)


def _left_without_slots(
    session: Session, procedure: Procedure, actor: Actor, booking: Booking, now: datetime
) -> Application | None:
    drafts = session.scalars(
        select(Application)
        .join(Booking, Booking.application_id == Application.id)
        .where(
            Booking.owner == booking.owner,
            Booking.facility == booking.facility,
            or_(
                Booking.state.in_((BookingState.RELEASED, BookingState.CANCELLED)),
                and_(Booking.state == BookingState.HELD, Booking.held_until <= now),
            ),
            Application.procedure == procedure.id,
            Application.state == State.DRAFT,
        )
        .order_by(Application.changed_at.desc())
        .with_for_update(of=Application, skip_locked=True)
    )
    return next((draft for draft in drafts if actor.may_open(draft)), None)
