"""Receiving provider notifications: stored, then the provider is asked through the one door."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from payments.context import Payments


class Outcome(StrEnum):
    ACCEPTED = "accepted"
    #: the same event has been taken care of before
    DUPLICATE = "duplicate"
    #: forged, too old or unreadable: nothing was changed. Answer with 400
    REFUSED = "refused"


@dataclass(frozen=True)
class Received:
    outcome: Outcome
    attempt_id: str | None = None
    #: why it was refused, for the log
    reason: str = ""


def receive(
    payments: Payments, provider_name: str, headers: Mapping[str, str], body: bytes
) -> Received:
    """Take one delivery. Opens its own transactions; never raises for bad input."""
    raise NotImplementedError
