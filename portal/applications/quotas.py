"""無料枠: what a person had free already, counted from earlier applications of the procedure."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from foundation.clock import fiscal_year, jst_date
from portal.applications.drafts import Draft
from portal.applications.models import Application
from portal.applications.service import context_of
from portal.applications.states import State
from portal.forms import Context, Procedure

Per = Literal["fiscal_year", "year", "month", "ever"]

#: Ends that give back what was free.
_GIVEN_BACK = (State.DRAFT, State.WITHDRAWN, State.REJECTED, State.LAPSED)


def priced_context(
    session: Session, procedure: Procedure, application: Application | Draft, now: datetime
) -> Context:
    """The context of an application, with what the person had free already where that matters."""
    context = context_of(application, now)
    if not procedure.quotas or _person(application) is None:
        return context
    used = _used(session, procedure, application, jst_date(application.submitted_at or now))
    return replace(context, free_used=used)


def hold_quota(session: Session, procedure: Procedure, application: Application) -> None:
    """From here to the end of the transaction nobody else uses what the person has free.

    Two applications that are sent at once are counted one after the other. SQLite has one writer
    at a time anyway.
    """
    person = _person(application)
    if procedure.quotas and person is not None and session.get_bind().dialect.name == "postgresql":
        key = f"free:{application.procedure}:{person}"
        session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(key, 0))))


def _person(application: Application | Draft) -> str | None:
    """Whose applications are counted: a resident's, else those of a verified e-mail address."""
    if application.applicant_id is not None:
        return application.applicant_id
    email = application.verified_email
    return None if email is None else email.lower()


def _used(
    session: Session, procedure: Procedure, application: Application | Draft, day: date
) -> Mapping[str, int]:
    """How many were free in the period of a day, by fee line, in all other applications."""
    theirs = Application.applicant_id == application.applicant_id
    if application.applicant_id is None:
        email = func.lower(Application.verified_email) == _person(application)
        theirs = Application.applicant_id.is_(None) & email
    rows = session.execute(
        select(Application.price, Application.submitted_at).where(
            theirs,
            Application.procedure == application.procedure,
            Application.id != application.id,
            Application.submitted_at.is_not(None),
            Application.state.not_in(_GIVEN_BACK),
        )
    )
    used: Counter[str] = Counter()
    for price, submitted_at in rows:
        for line in (price or {}).get("lines", ()):
            name = line["id"].split(".")[0]
            quota = procedure.quotas.get(name)
            if quota is not None and _period(jst_date(submitted_at), quota.per) == _period(
                day, quota.per
            ):
                used[name] += line.get("free", 0)
    return used


def _period(day: date, per: Per) -> tuple[int, ...]:
    """What two days of the same period have in common."""
    return {
        "fiscal_year": (fiscal_year(day),),
        "year": (day.year,),
        "month": (day.year, day.month),
        "ever": (),
    }[per]
