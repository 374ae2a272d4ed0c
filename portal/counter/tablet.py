"""What the tablet remembers: the sitting that is on, and in whose hands it is.

The employee stays signed in while the tablet is with the resident; ``tablet_is_with_resident`` then
closes every staff page until the employee takes it back with the password.
"""

from flask import session

_SITTING = "sitting_id"
_HANDED_OVER = "handed_over"


def sitting_id() -> str | None:
    """The sitting of this browser, whether it is still on or not."""
    found: str | None = session.get(_SITTING)
    return found


def remember_sitting(key: str) -> None:
    session[_SITTING] = key
    session.pop(_HANDED_OVER, None)


def forget_sitting() -> None:
    session.pop(_SITTING, None)
    session.pop(_HANDED_OVER, None)


def hand_over_tablet() -> None:
    """The tablet goes into the resident's hands."""
    session[_HANDED_OVER] = True


def take_back_tablet() -> None:
    session.pop(_HANDED_OVER, None)


def tablet_is_with_resident() -> bool:
    return bool(session.get(_HANDED_OVER))
