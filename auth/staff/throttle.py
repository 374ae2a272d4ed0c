"""Lock-out: each failure after the fifth makes the next try wait longer, but never for long.

The count hangs on what was typed, whether an account has that name or not, so that a lock gives
no account away. It is capped, and a try during a lock doesn't prolong it: who wants to lock a
colleague out gains minutes. A flood from one address is the proxy's affair.
"""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from auth.staff.models import SignInThrottle

#: So many failures cost nothing: fingers slip.
FREE_FAILURES = 4
FIRST_LOCK = timedelta(seconds=15)
LONGEST_LOCK = timedelta(minutes=10)
#: After so much quiet, the count starts anew.
FORGOTTEN_AFTER = timedelta(hours=1)


def locked_until(session: Session, login: str, now: datetime) -> datetime | None:
    """Until when nothing that is typed under this name is looked at; None where it is.

    Tries under one name come one after another: the next waits here until this transaction ends,
    so that tries at the same moment are counted before they are looked at.
    """
    throttle = _locked(session, login, now)
    if throttle.locked_until is None or throttle.locked_until <= now:
        return None
    return throttle.locked_until


def record_failure(session: Session, login: str, now: datetime) -> None:
    """Count one more, and lock where they are too many."""
    throttle = _locked(session, login, now)
    forgotten = throttle.last_failure_at < now - FORGOTTEN_AFTER
    throttle.failures = 1 if forgotten else throttle.failures + 1
    throttle.last_failure_at = now
    throttle.locked_until = _lock_end(throttle.failures, now)
    session.flush()
    _clear_away(session, now)


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


def _locked(session: Session, login: str, now: datetime) -> SignInThrottle:
    """The row of this name, made where there is none, locked until the transaction ends."""
    # Only an upsert finds or makes a row in one step, whoever makes or removes it meanwhile; the
    # update changes nothing, but locks. Each of the databases has a construct of its own for it.
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    digest = _digest(login)
    upsert = insert(SignInThrottle).values(login_digest=digest, failures=0, last_failure_at=now)
    session.execute(
        upsert.on_conflict_do_update(
            index_elements=[SignInThrottle.login_digest], set_={"login_digest": digest}
        )
    )
    return session.get_one(SignInThrottle, digest, populate_existing=True)


def _clear_away(session: Session, now: datetime) -> None:
    """Remove what is old, so that made-up names don't fill the table for ever."""
    old = select(SignInThrottle.login_digest).where(
        SignInThrottle.last_failure_at < now - FORGOTTEN_AFTER
    )
    # Who is being tried at this moment is left out, or two tries could wait for each other.
    session.execute(
        delete(SignInThrottle)
        .where(SignInThrottle.login_digest.in_(old.with_for_update(skip_locked=True)))
        .execution_options(synchronize_session=False)
    )


def _lock_end(failures: int, now: datetime) -> datetime | None:
    length = lock_length(failures)
    return now + length if length else None


def _digest(login: str) -> str:
    return hashlib.sha256(login.encode("utf-8", "surrogatepass")).hexdigest()
