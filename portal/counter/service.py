"""What happens at the counter: a sitting begins, the person is identified, it ends.

Who the applicant is and who operates are two facts, and nothing of one sitting shows in the next.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from auth.staff.roles import Role, StaffIdentity
from portal.applications.models import Application
from portal.counter.models import Sitting
from portal.counter.tablet import sitting_id

#: Why the card is read: not to sign in, but to identify the person at the window.
CARD_PURPOSE = "counter"


class NotAtCounter(Exception):
    """Only staff with the role of the counter hold sittings, and only their own."""


def begin_sitting(session: Session, staff: StaffIdentity, till: str, now: datetime) -> Sitting:
    """The next person: whatever sitting the employee had open is ended first.

    Raises NotAtCounter.
    """
    if not staff.may(Role.COUNTER):
        raise NotAtCounter(staff.id)
    for earlier in session.scalars(
        select(Sitting).where(Sitting.staff_id == staff.id, Sitting.ended_at.is_(None))
    ):
        earlier.ended_at = now
    sitting = Sitting(staff_id=staff.id, till=till, identified_by="typed", started_at=now)
    session.add(sitting)
    session.flush()
    return sitting


def open_sitting(session: Session, sitting: str, staff: StaffIdentity) -> Sitting:
    """The employee's own sitting that is on. Raises NotAtCounter."""
    found = session.get(Sitting, sitting)
    if found is None or found.staff_id != staff.id or found.ended_at is not None:
        raise NotAtCounter(sitting)
    return found


def identify(sitting: Sitting, resident_id: str, identified_by: str) -> None:
    """Say who sits there: by ``card``, or found in the ``register`` by staff."""
    sitting.applicant_id, sitting.identified_by = resident_id, identified_by


def card_was_read(session: Session, resident_id: str) -> None:
    """The person at the window has read their card; belongs to the sitting of this browser.

    Without a sitting (it ended meanwhile) the card identifies nobody.
    """
    key = sitting_id()
    sitting = session.get(Sitting, key) if key else None
    if sitting is not None and sitting.ended_at is None:
        identify(sitting, resident_id, "card")


def end_sitting(sitting: Sitting, now: datetime) -> None:
    """Thank you, next please."""
    sitting.ended_at = now


def applications_of_sitting(session: Session, sitting: str) -> list[Application]:
    """What was begun in a sitting, in order."""
    return list(
        session.scalars(
            select(Application)
            .where(Application.sitting_id == sitting)
            .order_by(Application.created_at)
        )
    )
