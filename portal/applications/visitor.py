"""The party at this browser, and the applications that are theirs."""

from dataclasses import replace

from flask import abort, session
from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from foundation.database import Work
from payments.claims import service as claims
from portal.applications.actors import Actor
from portal.applications.drafts import Draft, find_draft, further_keys
from portal.applications.models import Application
from portal.applications.submission import SUBJECT_PREFIX
from portal.counter.presentation import current_sitting
from portal.counter.tablet import tablet_is_with_resident
from portal.people import current_resident

_GUEST_KEYS = "guest_keys"

# Built once: a statement that is built for each request costs more than its rows.
_BY_ID = select(Application).where(Application.id == bindparam("application_id"))
_LOCKED = _BY_ID.with_for_update()

#: A cookie holds this many secrets of guest applications; the oldest is dropped first.
GUEST_KEYS_KEPT = 5


def current_actor() -> Actor:
    """Who acts in this request.

    In a sitting it is the employee, or, while the tablet is in their hands, the resident; either
    way only the applications of this sitting are open.
    """
    sitting = current_sitting()
    if sitting is not None:
        if tablet_is_with_resident():
            return Actor(
                "resident",
                sitting.applicant_id,
                sitting=sitting.id,
                operator=sitting.staff_id,
            )
        return Actor("staff", sitting.staff_id, sitting=sitting.id, operator=sitting.staff_id)
    resident = current_resident()
    keys = session.get(_GUEST_KEYS, {})
    if resident is not None:
        return Actor("resident", resident.id, guest_keys=keys)
    return Actor("guest", guest_keys=keys)


def own_application(db: Session, application_id: str, *, lock: bool = False) -> Application:
    """An application of the party at this browser; 404 for any other, as if it didn't exist."""
    return find_own_application(db, application_id, lock=lock) or abort(404)


def find_own_application(
    db: Session, application_id: str, *, lock: bool = False
) -> Application | None:
    """An application of the party at this browser; None for any other."""
    if lock:
        # Payments take a claim before its application; so do we, lest both wait in a circle.
        claims.lock_claims_of(db, SUBJECT_PREFIX + application_id)
    query = _LOCKED if lock else _BY_ID
    application = db.scalars(query, {"application_id": application_id}).first()
    if application is None or not current_actor().may_open(application):
        return None
    return application


def own_draft(work: Work, draft_id: str, *, lock: bool = False) -> Draft:
    """The same for the pages of its form; 404 for any other.

    ``lock`` holds the draft alone: whoever fills in a form books nothing on a claim.
    """
    draft = find_draft(work, draft_id, lock=lock) or abort(404)
    actor = current_actor()
    if draft_id in actor.guest_keys and not actor.may_open(draft):
        # A browser that came by a mailed link has a key of its own.
        draft = replace(draft, further_keys=further_keys(work, draft))
    return draft if actor.may_open(draft) else abort(404)


def remember_guest(application_id: str, key: str) -> None:
    """Let this browser come back to an application that was begun without signing in."""
    keys = dict(session.get(_GUEST_KEYS, {}))
    keys.pop(application_id, None)
    keys[application_id] = key
    while len(keys) > GUEST_KEYS_KEPT:
        keys.pop(next(iter(keys)))
    session[_GUEST_KEYS] = keys
