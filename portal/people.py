"""Who is at the keyboard: the resident and the employee of this browser session.

Both are facts of the signed session cookie, read from the database once a request.
"""

from flask import abort, g, session

from auth.residents.models import Resident
from auth.staff.roles import StaffIdentity
from auth.staff.service import identity
from portal.context import current_portal

_RESIDENT = "resident_id"
_STAFF = "staff_id"


def current_resident() -> Resident | None:
    """The resident who signed in with this browser."""
    if "resident" not in g:
        key = session.get(_RESIDENT)
        g.resident = None
        if key is not None:
            with current_portal().database.reading() as db:
                g.resident = db.get(Resident, key)
    found: Resident | None = g.resident
    return found


def signed_in_resident() -> Resident:
    """The resident of a page that demands one (``@resident``)."""
    found = current_resident()
    if found is None:
        abort(403)
    return found


def signed_in_staff() -> StaffIdentity:
    """The employee of a page that demands one (``@staff``)."""
    found = current_staff()
    if found is None:
        abort(403)
    return found


def current_staff() -> StaffIdentity | None:
    """The employee who signed in with this browser, with the roles held at this moment."""
    if "staff" not in g:
        key = session.get(_STAFF)
        g.staff = None
        if key is not None:
            with current_portal().database.reading() as db:
                g.staff = identity(db, key)
    found: StaffIdentity | None = g.staff
    return found


def sign_in_resident(resident_id: str) -> None:
    """Begin the resident's session; what an employee or another person left behind is dropped."""
    _renew()
    session[_RESIDENT] = resident_id


def sign_in_staff(staff_id: str) -> None:
    """Begin the employee's session."""
    _renew()
    session[_STAFF] = staff_id


def sign_out() -> None:
    """End every session of this browser; only the chosen language stays."""
    _renew()


def as_nobody() -> None:
    """Draw the rest of this answer as for a stranger, without asking the database who it is."""
    g.resident = g.staff = None


def _renew() -> None:
    language = session.get("language")
    session.clear()
    if language is not None:
        session["language"] = language
    g.pop("resident", None)
    g.pop("staff", None)
