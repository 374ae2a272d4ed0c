"""What a step of the staff sign-in answers."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Refusal(StrEnum):
    #: login, password or code is wrong; it isn't told which
    WRONG = "wrong"
    #: the code is right, but was used before
    REPLAYED = "replayed"
    #: too many failures; see ``retry_at``
    LOCKED = "locked"


@dataclass(frozen=True)
class PasswordAccepted:
    """The password is right; the one-time code is still due."""

    staff_id: str


@dataclass(frozen=True)
class SignInRefused:
    """Nobody is signed in. ``retry_at`` is set where waiting helps."""

    reason: Refusal
    retry_at: datetime | None = None
