"""Handing applications over: which ones, to whom, and that it is written down."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from auth.staff.roles import StaffIdentity
from foundation.clock import jst_midnight
from portal.applications.actors import Actor
from portal.applications.definitions import Definitions
from portal.applications.disposal import was_disposed
from portal.applications.life import record
from portal.applications.models import Application, Submission
from portal.applications.states import WITH_OFFICE, State
from portal.applications.submissions import submissions_of
from portal.exports.columns import tables
from portal.exports.files import Encoding, archive
from portal.exports.head import Exported
from portal.forms import Procedure
from portal.office.service import departments_of

#: Applications that one export may have; more at once is no day's work but a copy of the register.
MOST = 5_000

#: The word for it in the history of an application.
EXPORTED = "exported"


class TooMany(Exception):
    """More applications than one export may have."""


@dataclass(frozen=True)
class Wanted:
    """Which applications: those of a procedure that were received on these days in Japan."""

    procedure: str
    first: date
    #: included
    last: date


@dataclass(frozen=True)
class Choice:
    """A procedure of which there are applications that the person may export."""

    procedure: str
    title: str


@dataclass(frozen=True)
class Handover:
    """What was exported."""

    filename: str
    #: a ZIP archive
    content: bytes
    applications: int
    #: cells with characters that the encoding lacks
    unmapped: int


def choices(session: Session, staff: StaffIdentity) -> Sequence[Choice]:
    """The procedures of the person's departments, by title."""
    rows = session.execute(
        select(Application.procedure, func.max(Application.title))
        .where(*_theirs(staff))
        .group_by(Application.procedure)
    )
    return sorted((Choice(*row) for row in rows), key=lambda choice: choice.title)


def hand_over(
    session: Session,
    definitions: Definitions,
    staff: StaffIdentity,
    wanted: Wanted,
    encoding: Encoding | None,
    *,
    now: datetime,
    most: int = MOST,
) -> Handover | None:
    """Everything that was sent and is still kept, as files; each history says who took it.

    The encoding is the definition's where none is named. None where there is no application of
    these days in the person's departments. Raises TooMany.
    """
    found = session.scalars(
        select(Application)
        .where(
            *_theirs(staff),
            ~was_disposed(),
            Application.procedure == wanted.procedure,
            Application.submitted_at >= jst_midnight(wanted.first),
            Application.submitted_at < jst_midnight(wanted.last + timedelta(days=1)),
        )
        .order_by(Application.submitted_at, Application.id)
        .limit(most + 1)
    ).all()
    if len(found) > most:
        raise TooMany(wanted.procedure)
    if not found:
        return None
    versions = {each.checksum: definitions.of(session, each) for each in reversed(found)}
    newest = next(iter(versions.values())).definition.export
    sent = submissions_of(session, found)
    exported = [_exported(each, versions[each.checksum], sent[each.id]) for each in found]
    files = archive(
        tables(tuple(versions.values()), exported), exported, encoding or newest.encoding, now
    )
    for each in found:
        record(session, each, EXPORTED, Actor("staff", staff.id), now=now, text=newest.system or "")
    days = f"{wanted.first:%Y%m%d}-{wanted.last:%Y%m%d}"
    return Handover(f"{wanted.procedure}_{days}.zip", files.content, len(found), files.unmapped)


def _theirs(staff: StaffIdentity) -> list[ColumnElement[bool]]:
    departments = departments_of(staff)
    where: list[ColumnElement[bool]] = [Application.state.in_(WITH_OFFICE)]
    if departments is not None:
        where.append(Application.department.in_(departments))
    return where


def _exported(application: Application, procedure: Procedure, sent: Submission) -> Exported:
    return Exported(
        reference=application.reference,
        received_at=application.submitted_at or sent.at,
        procedure=application.procedure,
        version=procedure.version,
        checksum=application.checksum,
        state=application.state,
        channel=application.channel,
        applicant=application.applicant_name,
        protected=bool(application.applicant_facts.get("protected")),
        total=sent.price["total"] if sent.price else None,
        answers=_answers(application, procedure, sent),
    )


def _answers(application: Application, procedure: Procedure, sent: Submission) -> Mapping[str, Any]:
    """What the applicant sent last, and what the office has filled in itself.

    What somebody is still correcting was not sent yet.
    """
    if application.state != State.RETURNED:
        return application.answers
    own = {
        field.id: application.answers[field.id]
        for section in procedure.definition.sections
        for field in section.fields
        if field.staff_only and field.id in application.answers
    }
    return {**sent.answers, **own}
