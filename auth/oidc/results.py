"""What the relying party answers, and why a sign-in can fail."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from auth.identity import VerifiedIdentity


class Reason(StrEnum):
    """Why nobody is signed in. Each has its own words for the person, in the portal."""

    #: the person pressed "cancel"
    CANCELLED = "cancelled"
    #: the card's PIN is locked; the city's counter unlocks it
    CARD_LOCKED = "card_locked"
    #: the certificate on the card is past its fifth birthday
    CERTIFICATE_EXPIRED = "certificate_expired"
    #: the certificate was revoked: moved, lost, replaced
    CERTIFICATE_REVOKED = "certificate_revoked"
    #: the provider couldn't check the certificate, or refused it for another reason
    CERTIFICATE_REJECTED = "certificate_rejected"
    #: the provider can't be reached, or has a failure of its own
    UNAVAILABLE = "unavailable"
    #: no sign-in was begun in this browser, or another one was, or it was finished already
    STATE = "state"
    #: the sign-in was begun too long ago
    TIMED_OUT = "timed_out"
    #: the answer came from another provider than the question went to
    MIXED_UP = "mixed_up"
    #: the provider refused the code or our key
    TOKEN_REFUSED = "token_refused"  # noqa: S105 a word, not a secret
    #: the ID token is not to be believed; the log says which check it failed
    TOKEN_INVALID = "token_invalid"  # noqa: S105 a word, not a secret
    #: name, birth date or address is missing or unreadable
    CLAIMS = "claims"


@dataclass(frozen=True)
class Begun:
    """Send the browser to ``url``; keep ``transaction`` in its session for the return."""

    url: str
    transaction: Mapping[str, Any]


@dataclass(frozen=True)
class SignedIn:
    """Who it is, why they signed in, and the local path to go on to."""

    identity: VerifiedIdentity
    purpose: str
    next_url: str


@dataclass(frozen=True)
class SignInFailed:
    """Nobody is signed in. ``next_url`` is where a second try should lead."""

    reason: Reason
    next_url: str = "/"
