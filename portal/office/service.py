"""What the departments decide, each step in the caller's transaction.

Every function asks for the permission itself: the role in the application's own department.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from auth.staff.models import StaffAccount
from auth.staff.roles import Role, StaffIdentity
from payments.context import Payments
from portal.admission.service import waits_for_place
from portal.applications.actors import Actor
from portal.applications.life import advance, record
from portal.applications.models import Application, ApplicationEntry, Attachment
from portal.applications.payment import due_fee
from portal.applications.prices import decided, price_document, price_of
from portal.applications.states import WITH_OFFICE, Event, State
from portal.applications.submission import due_lines, open_claim
from portal.forms import Procedure
from portal.office.review import demand_all_done

#: How many rows a page of the inbox shows.
PAGE = 50


class NotPermitted(Exception):
    """The person doesn't hold the role in the application's department."""


class ReasonMissing(ValueError):
    """A return or a rejection without a reason helps nobody."""


class ReductionOpen(Exception):
    """減免 was asked for; who approves must say whether it is granted."""


class SecondPersonNeeded(Exception):
    """減免 is granted by somebody else than who took the case up or filled it in."""


class PlaceOpen(Exception):
    """Who waits for a place, or for the drawing of lots, can't be told yes."""


class FeeOpen(Exception):
    """What is not paid is not handed out."""


@dataclass(frozen=True)
class Inbox:
    """A page of a department's applications, what waits longest first."""

    rows: Sequence[Application]
    total: int
    page: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE))


def departments_of(staff: StaffIdentity) -> frozenset[str] | None:
    """The departments whose applications a person may see; None means all."""
    places: set[str] = set()
    for role in (Role.CASE_WORKER, Role.DECISION_MAKER):
        held = staff.departments(role)
        if held is None:
            return None
        places |= held
    return frozenset(places)


def inbox(session: Session, staff: StaffIdentity, states: Collection[State], page: int) -> Inbox:
    """The applications of the person's departments in these states."""
    wanted = WITH_OFFICE & set(states)
    query = select(Application).where(Application.state.in_(wanted))
    departments = departments_of(staff)
    if departments is not None:
        query = query.where(Application.department.in_(departments))
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    rows = session.scalars(
        query.order_by(Application.submitted_at, Application.id)
        .offset((page - 1) * PAGE)
        .limit(PAGE)
    ).all()
    return Inbox(rows, total, page)


def case(session: Session, staff: StaffIdentity, application_id: str) -> Application | None:
    """One application that is with the office; None for drafts and unknown ones.

    Locked against a colleague who decides at the same moment. Raises NotPermitted.
    """
    found = session.scalars(
        select(Application).where(Application.id == application_id).with_for_update()
    ).first()
    if found is None or found.state not in WITH_OFFICE:
        return None
    departments = departments_of(staff)
    if departments is not None and found.department not in departments:
        raise NotPermitted(found.department)
    return found


def by_reference(session: Session, staff: StaffIdentity, reference: str) -> Application | None:
    """An application of the person's departments by its 受付番号."""
    found = session.scalars(select(Application).where(Application.reference == reference)).first()
    departments = departments_of(staff)
    if found is None or found.state not in WITH_OFFICE:
        return None
    return found if departments is None or found.department in departments else None


def attachments_of(session: Session, application_id: str) -> Sequence[Attachment]:
    """The files of an application, without their content."""
    return session.scalars(
        select(Attachment)
        .where(Attachment.application_id == application_id)
        .order_by(Attachment.uploaded_at, Attachment.id)
    ).all()


def operator_of(session: Session, application: Application) -> StaffAccount | None:
    """The employee who filled it in at the counter; None for what came online."""
    key = application.operator_id
    return session.get(StaffAccount, key) if key else None


def names_of_staff(session: Session, history: Sequence[ApplicationEntry]) -> dict[str, str]:
    """Who of the staff appears in a history, by id."""
    ids = {entry.actor_id for entry in history if entry.actor_kind == "staff"}
    accounts = session.scalars(select(StaffAccount).where(StaffAccount.id.in_(ids)))
    return {account.id: account.name for account in accounts}


def take_up(
    session: Session, payments: Payments, application: Application, staff: StaffIdentity
) -> None:
    """審査開始: a received application is in somebody's hands."""
    _demand(staff, application, Role.CASE_WORKER, Role.DECISION_MAKER)
    _move(session, payments, application, Event.OPEN, staff)


def send_back(
    session: Session,
    payments: Payments,
    application: Application,
    staff: StaffIdentity,
    reason: str,
) -> None:
    """補正依頼: ask the applicant to correct it. Raises NotPermitted, ReasonMissing."""
    _demand(staff, application, Role.CASE_WORKER, Role.DECISION_MAKER)
    application.reason = _required(reason)
    _move(session, payments, application, Event.RETURN, staff, application.reason)


def approve(
    session: Session,
    payments: Payments,
    procedure: Procedure,
    application: Application,
    staff: StaffIdentity,
    *,
    reduction: bool | None = None,
    reason: str = "",
) -> None:
    """承認. A fee that is collected on approval is claimed now, at the price that was shown when
    the application was sent.

    Where 減免 was asked for, ``reduction`` says whether it is granted; refused, the whole fee is
    claimed and the applicant is told the reason. Raises NotPermitted, ReductionOpen,
    SecondPersonNeeded, ReasonMissing, StepOpen, PlaceOpen.
    """
    _demand(staff, application, Role.DECISION_MAKER)
    now = payments.clock()
    demand_all_done(session, procedure, application, now)
    if waits_for_place(session, application.id):
        raise PlaceOpen(application.id)
    told = _decide_reduction(session, application, staff, reduction, reason)
    application.reason = None
    application.decided_at = now
    _move(session, payments, application, Event.APPROVE, staff, told)
    if procedure.fees_collected == "on_approval":
        lines = due_lines(None, application.price)
        if lines:
            open_claim(session, payments, application, lines, now)


def reduction_asked(application: Application) -> bool:
    """Whether the applicant asked for 減免 that nobody has decided yet."""
    asked = price_of(application.price).reduction
    return asked is not None and asked.state == "requested"


def evidence_of(session: Session, application: Application) -> Sequence[Attachment]:
    """The files with which the applicant proves the ground of 減免."""
    reduction = price_of(application.price).reduction
    if reduction is None or reduction.evidence is None:
        return ()
    proof = application.answers.get(reduction.evidence) or ()
    kept = {file["id"] for file in proof if isinstance(file, dict)}
    return [file for file in attachments_of(session, application.id) if file.id in kept]


def _decide_reduction(
    session: Session,
    application: Application,
    staff: StaffIdentity,
    granted: bool | None,
    reason: str,
) -> str:
    """Grant or refuse the reduction that was asked for; what the applicant is told of it."""
    if not reduction_asked(application):
        return ""
    if granted is None:
        raise ReductionOpen(application.id)
    if granted and staff.id in _first_persons(session, application):
        raise SecondPersonNeeded(application.id)
    told = "" if granted else _required(reason)
    price = decided(price_of(application.price), granted=granted, reason=told)
    application.price = price_document(price)
    return told


def _first_persons(session: Session, application: Application) -> set[str | None]:
    """Who took the case up, each time, and who filled it in at the counter."""
    taken_up = session.scalars(
        select(ApplicationEntry.actor_id).where(
            ApplicationEntry.application_id == application.id,
            ApplicationEntry.event == Event.OPEN,
            ApplicationEntry.actor_kind == "staff",
        )
    )
    return {application.operator_id, *taken_up}


def reject(
    session: Session,
    payments: Payments,
    application: Application,
    staff: StaffIdentity,
    reason: str,
) -> None:
    """却下. Raises NotPermitted, ReasonMissing."""
    _demand(staff, application, Role.DECISION_MAKER)
    application.reason = _required(reason)
    application.decided_at = payments.clock()
    _move(session, payments, application, Event.REJECT, staff, application.reason)


def complete(
    session: Session, payments: Payments, application: Application, staff: StaffIdentity
) -> None:
    """完了: handed out or sent. Raises NotPermitted, FeeOpen."""
    _demand(staff, application, Role.CASE_WORKER, Role.DECISION_MAKER)
    if due_fee(session, application) is not None:
        raise FeeOpen(application.id)
    _move(session, payments, application, Event.COMPLETE, staff)


def add_note(
    session: Session, application: Application, staff: StaffIdentity, text: str, now: datetime
) -> None:
    """A note for colleagues; the applicant never sees it. Raises NotPermitted, ReasonMissing."""
    _demand(staff, application, Role.CASE_WORKER, Role.DECISION_MAKER)
    record(session, application, "note", _actor(staff), now=now, text=_required(text))


def _demand(staff: StaffIdentity, application: Application, *roles: Role) -> None:
    if not any(staff.may(role, application.department) for role in roles):
        raise NotPermitted(application.department)


def _required(text: str) -> str:
    cleaned = text.strip()
    if not cleaned:
        raise ReasonMissing
    return cleaned[:2000]


def _actor(staff: StaffIdentity) -> Actor:
    return Actor("staff", staff.id)


def _move(
    session: Session,
    payments: Payments,
    application: Application,
    event: Event,
    staff: StaffIdentity,
    text: str = "",
) -> None:
    session.flush()
    now = payments.clock()
    advance(session, payments.events, application, event, _actor(staff), now=now, text=text)
