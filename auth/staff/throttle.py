"""Lock-out: each failure after the fifth makes the next try wait longer, but never for long.

The count hangs on what was typed, whether an account has that name or not, so that a lock gives
no account away. It is capped, and a try during a lock doesn't prolong it: who wants to lock a
colleague out gains minutes. A flood from one address is the portal's own limiter's affair.
"""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from auth.staff.models import SignInThrottle

#: So many failures cost nothing: fingers slip.
FREE_FAILURES = 4
FIRST_LOCK = timedelta(seconds=15)
LONGEST_LOCK = timedelta(minutes=10)
#: After so much quiet, the count starts anew.
FORGOTTEN_AFTER = timedelta(hours=1)


def locked_until(session: Session, login: str, now: datetime) -> datetime | None:
    """Until when nothing that is typed under this name is looked at; None where it is."""
    throttle = session.get(SignInThrottle, _digest(login))
    if throttle is None or throttle.locked_until is None or throttle.locked_until <= now:
        return None
    return throttle.locked_until


def record_failure(session: Session, login: str, now: datetime) -> None:
    """Count one more, and lock where they are too many."""
    # What is old goes here, so that made-up names don't fill the table for ever.
    session.execute(
        delete(SignInThrottle).where(SignInThrottle.last_failure_at < now - FORGOTTEN_AFTER)
    )
    throttle = session.get(SignInThrottle, _digest(login), with_for_update=True)
    if throttle is None:
        throttle = SignInThrottle(login_digest=_digest(login), failures=0)
        session.add(throttle)
    throttle.failures += 1
    throttle.last_failure_at = now
    throttle.locked_until = _lock_end(throttle.failures, now)
    session.flush()


def forgive(session: Session, login: str) -> None:
    """Somebody signed in completely: the count starts anew."""
    session.execute(delete(SignInThrottle).where(SignInThrottle.login_digest == _digest(login)))


def lock_length(failures: int) -> timedelta:
    """How long the lock after so many failures in a row lasts: doubling, up to the cap."""
    if failures <= FREE_FAILURES:
        return timedelta()
    # Capped before the power, so that a patient robot doesn't make it a number of a mile's length.
    doublings = min(failures - FREE_FAILURES - 1, 16)
    return min(FIRST_LOCK * 2**doublings, LONGEST_LOCK)


def _lock_end(failures: int, now: datetime) -> datetime | None:
    length = lock_length(failures)
    return now + length if length else None


def _digest(login: str) -> str:
    return hashlib.sha256(login.encode("utf-8", "surrogatepass")).hexdigest()
