"""Who does something to an application, and which applications they may open."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from portal.applications.drafts import Draft
from portal.applications.models import Application

ActorKind = Literal["resident", "guest", "staff", "system"]


@dataclass(frozen=True)
class Actor:
    """One party at the keyboard.

    ``id`` is the resident or the employee; ``sitting`` the sitting at the counter, if one is on,
    and ``operator`` the employee who holds it, also while the tablet is with the resident;
    ``guest_keys`` are the secrets of the applications that this browser began as a guest.
    """

    kind: ActorKind
    id: str | None = None
    sitting: str | None = None
    operator: str | None = None
    guest_keys: Mapping[str, str] = field(default_factory=dict)

    @property
    def channel(self) -> Literal["online", "counter"]:
        """Through which door the party comes; in a sitting the tablet is the counter's."""
        return "online" if self.sitting is None else "counter"

    def may_open(self, application: Application | Draft) -> bool:
        """Whether the application is theirs: to see, to change, to pay."""
        if self.sitting is not None:
            return application.sitting_id == self.sitting
        if self.kind == "resident" and application.applicant_id is not None:
            return application.applicant_id == self.id
        key = self.guest_keys.get(application.id)
        if key is None:
            return False
        digest = digest_of(key)
        first = application.guest_key
        if first is not None and hmac.compare_digest(digest, first):
            return True
        return any(hmac.compare_digest(digest, each.digest) for each in application.further_keys)


#: What happens by itself: a payment arrived, a deadline passed.
SYSTEM = Actor("system")


def digest_of(key: str) -> str:
    """What is stored of a guest's secret."""
    return hashlib.sha256(key.encode()).hexdigest()
