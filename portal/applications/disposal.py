"""廃棄: what is erased of an application when its 保存期間 is over.

The period is what the definition says (``retention``), counted from 1 April after the fiscal year
in which the application came to its end. What stays is that there was one: its number, procedure,
department and days, each step of its history without words, its claims and the ledger. Whatever
still moves, money above all, keeps it all.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, exists, or_, select, update
from sqlalchemy.orm import Session, load_only

from foundation.clock import fiscal_year, jst_date, jst_midnight
from foundation.database import Database
from foundation.outbox import OutboxMessage
from portal.admission.models import AdmissionUse
from portal.applications.actors import SYSTEM
from portal.applications.definitions import Definitions
from portal.applications.life import record
from portal.applications.models import (
    Application,
    ApplicationEntry,
    ApplicationKey,
    Attachment,
    Submission,
)
from portal.applications.payment import claims_with_standing
from portal.applications.states import State
from portal.facilities.models import Booking
from portal.mail_links.models import MailLink
from portal.notices.models import Message

#: What the history says of it.
DISPOSED = "disposed"
#: Nothing happens to these any more.
FINISHED = frozenset({State.COMPLETED, State.REJECTED, State.WITHDRAWN, State.LAPSED})

_PERIOD = re.compile(r"(\d+)([ymd])")
_WORDS = {"y": "年", "m": "か月", "d": "日"}
#: Longer than any stretch in which uses count (回数制限), but for those that count for ever.
_LONGEST_STRETCH = timedelta(days=366)


@dataclass(frozen=True)
class Disposable:
    """One application whose period is over."""

    id: str
    reference: str
    title: str
    #: the day in Japan on which it came to its end
    finished_on: date
    #: the last day of its period
    kept_until: date
    #: the period in words: 3年
    period: str

    @property
    def ground(self) -> str:
        """Why it was erased, for its history."""
        return (
            f"保存期間{self.period}（{self.finished_on:%Y-%m-%d}完結、"
            f"{self.kept_until:%Y-%m-%d}まで）が終わったため"
        )


def kept_until(finished_on: date, retention: str) -> date:
    """The last day of the period: of 3y for what ended in June 2026 it is 31 March 2030."""
    number, unit = _parts(retention)
    start = date(fiscal_year(finished_on) + 1, 4, 1)
    if unit == "d":
        return start + timedelta(days=number - 1)
    years, month = divmod(start.month - 1 + number * (12 if unit == "y" else 1), 12)
    return date(start.year + years, month + 1, 1) - timedelta(days=1)


def was_disposed() -> ColumnElement[bool]:
    """Of an application: that it was erased."""
    return exists().where(
        ApplicationEntry.application_id == Application.id, ApplicationEntry.event == DISPOSED
    )


def disposable(session: Session, definitions: Definitions, until: date) -> Iterator[Disposable]:
    """Whatever's period ended on ``until`` or before, what came to its end first before the rest.

    Without a period in its definition an application is kept; so it is while somebody owes or is
    owed money for it, and before the day for which it booked a room.
    """
    # No period is over before the fiscal year is in which the application ended.
    first_of_year = jst_midnight(date(fiscal_year(until), 4, 1))
    rows = session.scalars(
        select(Application)
        .where(
            Application.changed_at < first_of_year,
            Application.state.in_(FINISHED),
            ~was_disposed(),
        )
        .order_by(Application.changed_at, Application.id)
        # Years of answers would not fit into the memory.
        .options(
            load_only(
                Application.reference,
                Application.procedure,
                Application.checksum,
                Application.title,
                Application.changed_at,
            )
        )
    )
    for application in rows:
        found = _of(session, definitions, application, until)
        if found is not None:
            yield found


def dispose(
    database: Database, definitions: Definitions, until: date, now: datetime
) -> Iterator[Disposable]:
    """Erase them one after the other, each in a transaction of its own; says which.

    What another run does in the same moment is left to it. What a run that was killed, or a mail
    that was still waiting, left behind is erased by the next.
    """
    with database.reading() as session:
        found = list(disposable(session, definitions, until))
    for each in found:
        with database.transaction() as session:
            application = session.scalars(
                select(Application)
                .where(Application.id == each.id, Application.state.in_(FINISHED))
                .with_for_update(skip_locked=True)
            ).first()
            if application is None:
                continue
            # Asked anew: another run may have been done with it just before the row was locked.
            erased = select(Application.id).where(Application.id == each.id, was_disposed())
            if (
                session.scalars(erased).first() is not None
                or _of(session, definitions, application, until) is None
            ):
                continue
            _erase(session, application)
            record(session, application, DISPOSED, SYSTEM, now=now, text=each.ground)
        yield each
    with database.transaction() as session:
        _forget_mails(session)
        _forget_uses(session, until)


def _of(
    session: Session, definitions: Definitions, application: Application, until: date
) -> Disposable | None:
    retention = definitions.of(session, application).retention
    if retention is None:
        return None
    number, unit = _parts(retention)
    finished_on = jst_date(application.changed_at)
    last = kept_until(finished_on, retention)
    if last > until or _still_moves(session, application, until):
        return None
    return Disposable(
        application.id,
        application.reference,
        application.title,
        finished_on,
        last,
        f"{number}{_WORDS[unit]}",
    )


def _still_moves(session: Session, application: Application, until: date) -> bool:
    """Whether money is owed, held or on its way, or a booked day is still to come."""
    booked = select(Booking.id).where(Booking.application_id == application.id, Booking.day > until)
    return session.scalars(booked).first() is not None or any(
        fee.is_due or fee.live or fee.standing.excess or fee.standing.refunding
        for fee in claims_with_standing(session, application)
    )


def _parts(retention: str) -> tuple[int, str]:
    found = _PERIOD.fullmatch(retention)
    if found is None:
        raise ValueError(f"{retention!r} is no period such as 3y")
    return int(found[1]), found[2]


def _erase(session: Session, application: Application) -> None:
    """Whoever it was about, and all that was said or sent."""
    begun_by_mail = and_(
        MailLink.purpose == "begin",
        MailLink.address == application.verified_email,
        MailLink.procedure == application.procedure,
        MailLink.asked_at <= application.created_at,
    )
    session.execute(
        delete(MailLink).where(or_(MailLink.application_id == application.id, begun_by_mail))
    )
    application.answers = {}
    application.sources = {}
    application.applicant_facts = {}
    application.applicant_name = ""
    application.price = None
    application.booking = None
    # A sitting names the person too.
    application.applicant_id = application.sitting_id = None
    application.acted_by = application.guest_key = None
    application.verified_email = application.reason = None
    for table in (Attachment, Submission, ApplicationKey, Message):
        session.execute(delete(table).where(table.application_id == application.id))
    entries = ApplicationEntry.application_id == application.id
    session.execute(update(ApplicationEntry).where(entries).values(text=""))
    by_residents = ApplicationEntry.actor_kind == "resident"
    session.execute(update(ApplicationEntry).where(entries, by_residents).values(actor_id=None))
    session.execute(
        update(Booking).where(Booking.application_id == application.id).values(owner="")
    )


def _forget_mails(session: Session) -> None:
    """The mails about whatever was erased, now or before, that were sent or given up."""
    session.execute(
        delete(OutboxMessage).where(
            OutboxMessage.done_at.is_not(None) | OutboxMessage.dead_at.is_not(None),
            OutboxMessage.payload["reference"]
            .as_string()
            .in_(select(Application.reference).where(was_disposed())),
        )
    )


def _forget_uses(session: Session, until: date) -> None:
    """For whom it was, where that counts no more; once for ever is once for ever."""
    session.execute(
        delete(AdmissionUse).where(
            AdmissionUse.since != "",
            AdmissionUse.since < (until - _LONGEST_STRETCH).isoformat(),
            AdmissionUse.application_id.in_(select(Application.id).where(was_disposed())),
        )
    )
