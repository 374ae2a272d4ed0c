"""What can be done with applications, each inside the caller's transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from foundation.clock import jst_date
from foundation.ids import new_token
from portal.applications.actors import Actor, digest_of
from portal.applications.definitions import Definitions
from portal.applications.drafts import Draft
from portal.applications.life import record
from portal.applications.models import Application, ApplicationEntry
from portal.applications.states import WITH_APPLICANT, State
from portal.forms import Context, Procedure, ProfileValue


@dataclass(frozen=True)
class Applicant:
    """The person an application is for, as far as they are known when it begins."""

    resident_id: str | None = None
    name: str = ""
    #: what conditions may ask as ``resident.…``
    facts: Mapping[str, Any] | None = None
    #: what is known already, by concept
    profile: Mapping[str, ProfileValue] | None = None
    #: an address that was proved by a link mailed there
    verified_email: str | None = None


@dataclass(frozen=True)
class Begun:
    """A new draft. ``guest_key`` is the secret that lets a guest come back, told once."""

    application: Application
    guest_key: str | None


def begin(
    session: Session,
    definitions: Definitions,
    procedure: Procedure,
    actor: Actor,
    applicant: Applicant,
    *,
    language: str,
    now: datetime,
    booking: Mapping[str, Any] | None = None,
) -> Begun:
    """Begin a draft with everything filled in that is known already.

    The definition is kept with it. At the counter (``actor.sitting``) the employee is the operator,
    whoever has the tablet in hand, and the applicant is the person of the sitting.
    """
    definitions.keep(session, procedure, now)
    answers, sources = _known(procedure, applicant, actor, now, booking)
    at_counter = actor.sitting is not None
    is_guest = actor.kind == "guest"
    key = new_token() if is_guest else None
    application = Application(
        procedure=procedure.id,
        checksum=procedure.checksum,
        title=procedure.title,
        department=procedure.department,
        channel="counter" if at_counter else "online",
        language=language,
        applicant_id=applicant.resident_id,
        applicant_name=applicant.name,
        applicant_facts=dict(applicant.facts or {}),
        operator_id=actor.operator,
        sitting_id=actor.sitting,
        guest_key=digest_of(key) if key else None,
        verified_email=applicant.verified_email,
        answers=answers,
        sources=sources,
        booking=dict(booking) if booking else None,
        created_at=now,
        changed_at=now,
    )
    session.add(application)
    session.flush()
    record(session, application, "begin", actor, now=now)
    return Begun(application, key)


def _known(
    procedure: Procedure,
    applicant: Applicant,
    actor: Actor,
    now: datetime,
    booking: Mapping[str, Any] | None,
) -> tuple[dict[str, Any], dict[str, str]]:
    """What can be filled in, and from where. An earlier answer that breaks a rule here is left out.

    The card and the register are shown even then, so that the person sees what has to be put right.
    """
    answers, sources = procedure.prefill(applicant.profile or {})
    facts = applicant.facts or {}
    context = Context(jst_date(now), actor.channel, facts, booking)
    for error in procedure.journey(answers, context).errors:
        field = error.path.partition(".")[0]
        if sources.get(field) == "earlier":
            del answers[field], sources[field]
    return answers, sources


def context_of(application: Application | Draft, now: datetime) -> Context:
    """What the rules of the procedure may know about an application beside its answers."""
    return Context(
        today=jst_date(now),
        channel="counter" if application.channel == "counter" else "online",
        resident=application.applicant_facts,
        booking=application.booking,
        now=now,
    )


def expected_by(procedure: Procedure, application: Application) -> date | None:
    """標準処理期間: the open day by which the office wants to have decided; None without one."""
    days = procedure.definition.processing_days
    if days is None or application.submitted_at is None:
        return None
    return procedure.calendar.add_open(jst_date(application.submitted_at), days)


def applications_of(session: Session, resident_id: str) -> Sequence[Application]:
    """Everything a resident applied for, what changed last first; discarded drafts left out."""
    return session.scalars(
        select(Application)
        .where(
            Application.applicant_id == resident_id,
            ~(
                Application.submitted_at.is_(None)
                & Application.state.in_((State.WITHDRAWN, State.LAPSED))
            ),
        )
        .order_by(Application.changed_at.desc(), Application.id.desc())
    ).all()


def waiting_for(session: Session, actor: Actor) -> Sequence[Application]:
    """Those in which it is this person's turn: to finish, to pay, to correct.

    A resident's, and what this browser began as a guest; nobody's in a sitting at the counter.
    """
    if actor.sitting is not None:
        return ()
    theirs: list[ColumnElement[bool]] = [Application.id.in_(actor.guest_keys)]
    if actor.kind == "resident":
        theirs.append(Application.applicant_id == actor.id)
    found = session.scalars(
        select(Application)
        .where(or_(*theirs), Application.state.in_(WITH_APPLICANT))
        .order_by(Application.changed_at.desc())
    )
    return [application for application in found if actor.may_open(application)]


def draft_of(session: Session, resident_id: str, procedure: str) -> Application | None:
    """The draft of a procedure that a resident has begun and not finished, the latest."""
    return session.scalars(
        select(Application)
        .where(
            Application.applicant_id == resident_id,
            Application.procedure == procedure,
            Application.state == State.DRAFT,
            Application.channel == "online",
        )
        .order_by(Application.changed_at.desc())
    ).first()


def history_of(session: Session, application_id: str) -> Sequence[ApplicationEntry]:
    """Every step of an application's life, in order."""
    return session.scalars(
        select(ApplicationEntry)
        .where(ApplicationEntry.application_id == application_id)
        .order_by(ApplicationEntry.at, ApplicationEntry.id)
    ).all()
