"""Lock-out: each failure after the fifth makes the next try wait longer, but never for long.

The count hangs on what was typed, whether an account has that name or not, so that a lock gives
no account away. It is capped, and a try during a lock doesn't prolong it: who wants to lock a
colleague out gains minutes. A flood from one address is the portal's own limiter's affair.
"""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
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
    throttle = _existing(session, login) or _new(session, login, now)
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
    length = FIRST_LOCK
    for _ in range(failures - FREE_FAILURES - 1):
        if length >= LONGEST_LOCK:
            break
        length *= 2
    return min(length, LONGEST_LOCK)


def _existing(session: Session, login: str) -> SignInThrottle | None:
    return session.get(SignInThrottle, _digest(login), with_for_update=True, populate_existing=True)


def _new(session: Session, login: str, now: datetime) -> SignInThrottle:
    throttle = SignInThrottle(login_digest=_digest(login), failures=0, last_failure_at=now)
    try:
        with session.begin_nested():
            session.add(throttle)
    except IntegrityError:
        # Somebody else failed under this name at the same moment, for the first time too.
        return session.get_one(SignInThrottle, _digest(login), with_for_update=True)
    return throttle


def _lock_end(failures: int, now: datetime) -> datetime | None:
    length = lock_length(failures)
    return now + length if length else None


def _digest(login: str) -> str:
    return hashlib.sha256(login.encode("utf-8", "surrogatepass")).hexdigest()
