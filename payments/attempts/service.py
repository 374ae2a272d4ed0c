"""Starting attempts, asking what became of them, and taking cash."""

from payments.attempts.models import Attempt, EvidenceSource
from payments.context import Payments
from payments.providers.base import Channel


class UnknownAttempt(LookupError):
    """There is no attempt with this id."""


class NothingOutstanding(Exception):
    """The claim is paid or cancelled: nothing may be asked for."""


class AmountNotOwed(ValueError):
    """More than is outstanding, or not a positive amount."""


class UnknownProvider(LookupError):
    """No such provider is configured."""


def start(
    payments: Payments,
    claim_id: str,
    *,
    provider: str,
    channel: Channel,
    return_url: str,
    operator: str | None = None,
    amount: int | None = None,
) -> Attempt:
    """Begin to pay what is outstanding (or ``amount`` yen of it); the payer goes to ``pay_url``.

    Opens its own transactions; the provider is called between them. Raises UnknownClaim,
    UnknownProvider, NothingOutstanding, AmountNotOwed; ProviderRefused (the attempt has failed) and
    ProviderUnavailable (the attempt stays created; the sweeper takes it up).
    """
    raise NotImplementedError


def gather_evidence(
    payments: Payments,
    attempt_id: str,
    source: EvidenceSource,
    *,
    provider_reference: str | None = None,
) -> Attempt:
    """The one door: ask the provider what became of an attempt, check it, and apply it.

    Opens its own transactions. ``provider_reference`` is a hint for an attempt whose start was cut
    off. Raises UnknownAttempt, ProviderUnavailable.
    """
    raise NotImplementedError


def cancel(payments: Payments, attempt_id: str) -> Attempt:
    """Stop an attempt; if it was paid in the meantime, it succeeds instead.

    Raises UnknownAttempt, ProviderUnavailable.
    """
    raise NotImplementedError
