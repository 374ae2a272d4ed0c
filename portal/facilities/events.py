"""What this feature announces to the rest of the portal, inside the same transaction."""

from dataclasses import dataclass


@dataclass(frozen=True)
class BookingReleased:
    """The deadline of an unpaid booking passed, and its slots are free again.

    ``awaiting_payment`` tells an application that was submitted already (its claim should no longer
    be offered for payment) from a draft (which may choose other slots).
    """

    booking_id: str
    application_id: str | None
    awaiting_payment: bool
