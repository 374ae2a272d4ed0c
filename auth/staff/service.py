"""Signing staff in: a password, then a one-time code."""

from collections.abc import Iterable
from datetime import datetime

import pyotp
from sqlalchemy import select
from sqlalchemy.orm import Session

from auth.staff.models import StaffAccount, StaffRole
from auth.staff.one_time_code import accepted_step, claim_step
from auth.staff.passwords import check_password, hash_password, spend_the_same_time
from auth.staff.results import PasswordAccepted, Refusal, SignInRefused
from auth.staff.roles import Role, StaffIdentity
from auth.staff.throttle import forgive, locked_until, record_failure


def sign_in_password(
    session: Session, login: str, password: str, now: datetime
) -> PasswordAccepted | SignInRefused:
    """The first step. An unknown login costs as long as a wrong password, and answers the same."""
    login = login.strip().lower()
    account = None
    # No database keeps NUL or half a character, so nobody's login has them.
    if login.isprintable():
        account = session.scalars(select(StaffAccount).where(StaffAccount.login == login)).first()
    return _check(session, login, account, password, now)


def sign_in_code(
    session: Session, staff_id: str, code: str, now: datetime
) -> StaffIdentity | SignInRefused:
    """The second step: the code that the person's authenticator shows; each serves once."""
    account = session.get(StaffAccount, staff_id)
    if account is None or account.disabled_at is not None:
        return SignInRefused(Refusal.WRONG)
    locked = locked_until(session, account.login, now)
    if locked is not None:
        return SignInRefused(Refusal.LOCKED, locked)
    step = accepted_step(account.totp_secret, code, now)
    if step is None:
        record_failure(session, account.login, now)
        return SignInRefused(Refusal.WRONG)
    if not claim_step(session, account.id, step):
        return SignInRefused(Refusal.REPLAYED)
    forgive(session, account.login)
    return _identity(account)


def verify_password(
    session: Session, staff_id: str, password: str, now: datetime
) -> PasswordAccepted | SignInRefused:
    """Whether the person who is signed in is still the one at the keyboard.

    Asked when the counter tablet comes back from a resident. Failures count as at sign-in.
    """
    account = session.get(StaffAccount, staff_id)
    login = account.login if account else ""
    return _check(session, login, account, password, now)


def identity(session: Session, staff_id: str) -> StaffIdentity | None:
    """Who that is, with their roles as of now; None where the account is gone or disabled."""
    account = session.get(StaffAccount, staff_id)
    if account is None or account.disabled_at is not None:
        return None
    return _identity(account)


def enrol(
    session: Session,
    *,
    login: str,
    name: str,
    password: str,
    roles: Iterable[tuple[Role, str | None]],
    now: datetime,
    totp_secret: str | None = None,
) -> StaffAccount:
    """A new account. Without ``totp_secret`` one is made, to be shown to the person once.

    Raises sqlalchemy.exc.IntegrityError where the login is taken.
    """
    account = StaffAccount(
        login=login.strip().lower(),
        name=name,
        password_hash=hash_password(password),
        totp_secret=totp_secret or pyotp.random_base32(),
        created_at=now,
        roles=[StaffRole(role=role, department=department) for role, department in roles],
    )
    session.add(account)
    session.flush()
    return account


def _check(
    session: Session, login: str, account: StaffAccount | None, password: str, now: datetime
) -> PasswordAccepted | SignInRefused:
    locked = locked_until(session, login, now)
    if locked is not None:
        return SignInRefused(Refusal.LOCKED, locked)
    if account is None or account.disabled_at is not None:
        spend_the_same_time(password)
        record_failure(session, login, now)
        return SignInRefused(Refusal.WRONG)
    if not check_password(account, password):
        record_failure(session, login, now)
        return SignInRefused(Refusal.WRONG)
    return PasswordAccepted(account.id)


def _identity(account: StaffAccount) -> StaffIdentity:
    roles = frozenset((Role(role.role), role.department) for role in account.roles)
    return StaffIdentity(account.id, account.login, account.name, roles)
