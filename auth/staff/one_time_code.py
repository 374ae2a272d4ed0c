"""One-time codes by the clock (RFC 6238): six digits, thirty seconds, each accepted once."""

import hmac
from datetime import datetime

import pyotp
from sqlalchemy import or_, update
from sqlalchemy.orm import Session

from auth.staff.models import StaffAccount

#: The life of a code, in seconds.
STEP = 30
#: How many steps a person's phone may be ahead or behind.
TOLERANCE = 1


def current_code(secret: str, now: datetime) -> str:
    """What an authenticator shows at this moment."""
    return pyotp.TOTP(secret, interval=STEP).generate_otp(_step(now))


def accepted_step(secret: str, typed: str, now: datetime) -> int | None:
    """The step whose code was typed, of those that are near enough; None where none fits."""
    code = "".join(character for character in typed if character.isdecimal())
    if not code.isascii():
        code = "".join(str(int(character)) for character in code)
    totp = pyotp.TOTP(secret, interval=STEP)
    middle = _step(now)
    accepted = None
    for step in range(middle - TOLERANCE, middle + TOLERANCE + 1):
        if hmac.compare_digest(totp.generate_otp(step), code):
            accepted = step
    return accepted


def claim_step(session: Session, staff_id: str, step: int) -> bool:
    """Use a step up. False where it, or a later one, was used before: somebody looked on."""
    claimed = session.execute(
        update(StaffAccount)
        .where(
            StaffAccount.id == staff_id,
            or_(StaffAccount.totp_last_step.is_(None), StaffAccount.totp_last_step < step),
        )
        .values(totp_last_step=step)
        .returning(StaffAccount.id)
    )
    return claimed.first() is not None


def _step(now: datetime) -> int:
    return int(now.timestamp()) // STEP
