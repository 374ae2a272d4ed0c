"""廃棄: what is erased of an application when its 保存期間 is over.

The period is what the definition says (``retention``), counted from 1 April after the fiscal year
in which the application came to its end. What stays is that there was one: its number, procedure,
department and days, each step of its history without words, its claims and the ledger.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Select, delete, exists, select, update
from sqlalchemy.orm import Session

from foundation.clock import fiscal_year, jst_date, jst_midnight
from foundation.database import Database
from foundation.outbox import OutboxMessage
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
_MAILS_AT_ONCE = 500


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


def disposable(session: Session, definitions: Definitions, until: date) -> Iterator[Disposable]:
    """Whatever's period ended on ``until`` or before, what came to its end first before the rest.

    Without a period in its definition an application is kept.
    """
    # No period is over before the fiscal year is in which the application ended.
    first_of_year = jst_midnight(date(fiscal_year(until), 4, 1))
    rows = session.scalars(
        select(Application)
        .where(Application.changed_at < first_of_year, *_waiting())
        .order_by(Application.changed_at, Application.id)
    )
    for application in rows:
        found = _of(session, definitions, application)
        if found is not None and found.kept_until <= until:
            yield found


def dispose(
    database: Database, definitions: Definitions, until: date, now: datetime
) -> Iterator[Disposable]:
    """Erase them one after the other, each in a transaction of its own; says which.

    What another run does in the same moment is left to it.
    """
    with database.reading() as session:
        found = list(disposable(session, definitions, until))
    done = []
    for each in found:
        with database.transaction() as session:
            application = session.scalars(
                select(Application)
                .where(Application.id == each.id, *_waiting())
                .with_for_update(skip_locked=True)
            ).first()
            # Asked anew: another run may have been done with it just before the row was locked.
            if application is None or session.scalars(_disposed(each.id)).first():
                continue
            _erase(session, application)
            record(session, application, DISPOSED, SYSTEM, now=now, text=each.ground)
        done.append(each.reference)
        yield each
    for start in range(0, len(done), _MAILS_AT_ONCE):
        with database.transaction() as session:
            _forget_mails(session, done[start : start + _MAILS_AT_ONCE])


def _disposed(application_id: str) -> Select[str]:
    return select(ApplicationEntry.id).where(
        ApplicationEntry.application_id == application_id, ApplicationEntry.event == DISPOSED
    )


def _waiting() -> tuple[ColumnElement[bool], ...]:
    """At its end, and not erased before."""
    entries = exists().where(
        ApplicationEntry.application_id == Application.id, ApplicationEntry.event == DISPOSED
    )
    return (Application.state.in_(FINISHED), ~entries)


def _of(session: Session, definitions: Definitions, application: Application) -> Disposable | None:
    retention = definitions.of(session, application).retention
    if retention is None:
        return None
    number, unit = _parts(retention)
    finished_on = jst_date(application.changed_at)
    return Disposable(
        application.id,
        application.reference,
        application.title,
        finished_on,
        kept_until(finished_on, retention),
        f"{number}{_WORDS[unit]}",
    )


def _parts(retention: str) -> tuple[int, str]:
    found = _PERIOD.fullmatch(retention)
    if found is None:
        raise ValueError(f"{retention!r} is no period such as 3y")
    return int(found[1]), found[2]


def _erase(session: Session, application: Application) -> None:
    """Whoever it was about, and all that was said or sent."""
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
    for table in (Attachment, Submission, ApplicationKey, Message, MailLink):
        session.execute(delete(table).where(table.application_id == application.id))
    entries = ApplicationEntry.application_id == application.id
    session.execute(update(ApplicationEntry).where(entries).values(text=""))
    by_residents = ApplicationEntry.actor_kind == "resident"
    session.execute(update(ApplicationEntry).where(entries, by_residents).values(actor_id=None))
    session.execute(
        update(Booking).where(Booking.application_id == application.id).values(owner="")
    )


def _forget_mails(session: Session, references: list[str]) -> None:
    """The mails about them that were sent or given up."""
    session.execute(
        delete(OutboxMessage).where(
            OutboxMessage.done_at.is_not(None) | OutboxMessage.dead_at.is_not(None),
            OutboxMessage.payload["reference"].as_string().in_(references),
        )
    )
