"""Starting attempts, asking what became of them, stopping them.

A provider is never called while a transaction is open, and never before what it is asked has been
committed with the idempotency key under which it can be asked again.
"""

import logging
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from foundation.ids import new_id
from payments.attempts.evidence import UnknownAttempt, apply_evidence
from payments.attempts.models import CASH, Attempt, EvidenceSource
from payments.attempts.schedule import START_GRACE
from payments.attempts.states import LIVE, AttemptEvent, AttemptState
from payments.claims.models import Claim
from payments.claims.service import lock_claim
from payments.claims.standing import standing
from payments.context import Payments
from payments.events import AttemptEnded
from payments.providers.base import (
    Channel,
    EvidenceStatus,
    FetchRequest,
    Provider,
    ProviderRefused,
    Started,
    StartRequest,
)
from payments.transitions import advance_attempt

__all__ = [
    "AmountNotOwed",
    "NothingOutstanding",
    "UnknownAttempt",
    "UnknownProvider",
    "attempts_of",
    "cancel",
    "gather_evidence",
    "lacks_way_to_pay",
    "owed",
    "resume",
    "start",
    "was_cut_off",
]

logger = logging.getLogger(__name__)

#: An attempt that has less than this left is not offered to the payer again.
LEAST_TIME_LEFT = timedelta(minutes=2)


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

    A payer who asks twice gets the same attempt again while it can be paid. Opens its own
    transactions; the provider is called between them. Raises UnknownClaim, UnknownProvider,
    NothingOutstanding, AmountNotOwed; ProviderRefused (the attempt has failed) and
    ProviderUnavailable (the attempt stays created; the sweeper takes it up).
    """
    counterpart = _provider(payments, provider)
    with payments.database.transaction() as session:
        now = payments.clock()
        claim = lock_claim(session, claim_id)
        yen = owed(session, claim_id, amount)
        running = _running(session, claim_id, provider, channel, operator, yen, now)
        if running is not None:
            return running
        attempt_id = new_id()
        attempt = Attempt(
            id=attempt_id,
            claim_id=claim_id,
            provider=provider,
            method=counterpart.method,
            channel=channel,
            state=AttemptState.CREATED,
            amount=yen,
            idempotency_key=f"attempt-{attempt_id}",
            return_url=return_url,
            expires_at=counterpart.expiry(now),
            operator=operator,
            created_at=now,
            next_check_at=now + START_GRACE,
        )
        session.add(attempt)
        title = claim.title
    return _start_at_provider(payments, counterpart, attempt, title)


def resume(payments: Payments, attempt_id: str) -> Attempt:
    """Take up an attempt whose start was cut off: repeat it under its key, then ask.

    Raises UnknownAttempt, ProviderUnavailable.
    """
    with payments.database.reading() as session:
        attempt = _get(session, attempt_id)
        title = session.get_one(Claim, attempt.claim_id).title
    if lacks_way_to_pay(attempt):
        try:
            attempt = _start_at_provider(
                payments, _provider(payments, attempt.provider), attempt, title
            )
        except ProviderRefused as refusal:
            # Refused now, which says nothing about the first time: so the provider is asked below.
            logger.info("attempt %s was not taken up: %s", attempt_id, refusal)
    return gather_evidence(payments, attempt_id, EvidenceSource.POLLER)


def lacks_way_to_pay(attempt: Attempt) -> bool:
    """Whether the payer could not go on: the answer to the start has not come, or was lost.

    Evidence may be quicker than that answer, so that such an attempt can be started already.
    """
    return attempt.state in LIVE and attempt.pay_url is None and attempt.qr_text is None


def was_cut_off(attempt: Attempt, now: datetime) -> bool:
    """Whether whoever started the attempt is gone without an answer."""
    return lacks_way_to_pay(attempt) and now > attempt.created_at + START_GRACE


def gather_evidence(
    payments: Payments,
    attempt_id: str,
    source: EvidenceSource,
    *,
    provider_reference: str | None = None,
) -> Attempt:
    """The one door: ask the provider what became of an attempt, check it, and apply it.

    Opens its own transactions. ``provider_reference`` is a hint for an attempt whose start was cut
    off; where it leads to somebody else's payment it is ignored.
    Raises UnknownAttempt, ProviderUnavailable, ProviderRefused.
    """
    with payments.database.reading() as session:
        attempt = _get(session, attempt_id)
    if attempt.provider == CASH:
        return attempt
    hinted = attempt.provider_reference is None and provider_reference is not None
    evidence = _provider(payments, attempt.provider).fetch(
        FetchRequest(attempt.id, attempt.provider_reference or provider_reference)
    )
    if hinted and evidence.reference != attempt.id:
        logger.warning("attempt %s: a hint led to another payment; ignored", attempt_id)
        return attempt
    with payments.database.transaction() as session:
        return apply_evidence(session, payments, attempt_id, evidence, source)


def cancel(payments: Payments, attempt_id: str) -> Attempt:
    """Stop an attempt, so that it can't be paid any more; if it was paid already, it succeeds.

    Raises UnknownAttempt, ProviderUnavailable, ProviderRefused.
    """
    with payments.database.reading() as session:
        attempt = _get(session, attempt_id)
    if attempt.provider == CASH:
        return attempt
    provider = _provider(payments, attempt.provider)
    request = FetchRequest(attempt.id, attempt.provider_reference)
    provider.cancel(request)
    evidence = provider.fetch(request)
    if evidence.status in (EvidenceStatus.EXPIRED, EvidenceStatus.NOT_FOUND):
        # Providers say "expired" for what was made to expire; here it was us who did.
        evidence = replace(evidence, status=EvidenceStatus.CANCELLED)
    with payments.database.transaction() as session:
        return apply_evidence(session, payments, attempt_id, evidence, EvidenceSource.CANCEL)


def attempts_of(session: Session, claim_id: str) -> list[Attempt]:
    """All attempts to pay a claim, oldest first."""
    return list(
        session.scalars(
            select(Attempt).where(Attempt.claim_id == claim_id).order_by(Attempt.id)
        ).all()
    )


def owed(session: Session, claim_id: str, amount: int | None) -> int:
    """What may be asked for: everything outstanding, or ``amount`` yen of it.

    Raises UnknownClaim, NothingOutstanding, AmountNotOwed.
    """
    outstanding = standing(session, claim_id).outstanding
    if outstanding <= 0:
        raise NothingOutstanding(claim_id)
    if amount is not None and not 0 < amount <= outstanding:
        raise AmountNotOwed(f"{amount} yen of {outstanding}")
    return outstanding if amount is None else amount


def _start_at_provider(
    payments: Payments, provider: Provider, attempt: Attempt, title: str
) -> Attempt:
    request = StartRequest(
        attempt_id=attempt.id,
        idempotency_key=attempt.idempotency_key,
        amount=attempt.amount,
        description=title,
        return_url=attempt.return_url or "",
        expires_at=attempt.expires_at or payments.clock(),
        channel=Channel(attempt.channel),
    )
    try:
        started = provider.start(request)
    except ProviderRefused as refusal:
        _refused(payments, attempt.id, refusal)
        raise
    with payments.database.transaction() as session:
        return _started(session, payments, attempt.id, started)


def _started(session: Session, payments: Payments, attempt_id: str, started: Started) -> Attempt:
    now = payments.clock()
    attempt = session.get_one(Attempt, attempt_id)
    # Evidence may have been quicker than this answer; then the state is left as it is.
    advance_attempt(session, attempt, AttemptEvent.START, started_at=now)
    attempt.provider_reference = started.provider_reference
    attempt.pay_url = started.pay_url
    attempt.qr_text = started.qr_text
    attempt.expires_at = started.expires_at
    return attempt


def _refused(payments: Payments, attempt_id: str, refusal: ProviderRefused) -> None:
    with payments.database.transaction() as session:
        claim = lock_claim(session, _get(session, attempt_id).claim_id)
        attempt = _get(session, attempt_id)
        if advance_attempt(
            session,
            attempt,
            AttemptEvent.FAIL,
            ended_at=payments.clock(),
            failure=refusal.message,
        ):
            payments.events.announce(
                session,
                AttemptEnded(attempt.id, claim.id, claim.subject, AttemptState.FAILED),
            )


def _running(
    session: Session,
    claim_id: str,
    provider: str,
    channel: Channel,
    operator: str | None,
    amount: int,
    now: datetime,
) -> Attempt | None:
    """The attempt that the payer may simply go on with."""
    return session.scalars(
        select(Attempt)
        .where(
            Attempt.claim_id == claim_id,
            Attempt.provider == provider,
            Attempt.channel == channel,
            Attempt.operator == operator if operator else Attempt.operator.is_(None),
            Attempt.amount == amount,
            Attempt.state == AttemptState.STARTED,
            Attempt.flag.is_(None),
            Attempt.pay_url.is_not(None),
            Attempt.expires_at > now + LEAST_TIME_LEFT,
        )
        .order_by(Attempt.id.desc())
        .limit(1)
    ).first()


def _provider(payments: Payments, name: str) -> Provider:
    try:
        return payments.providers[name]
    except KeyError:
        raise UnknownProvider(name) from None


def _get(session: Session, attempt_id: str) -> Attempt:
    attempt = session.get(Attempt, attempt_id)
    if attempt is None:
        raise UnknownAttempt(attempt_id)
    return attempt
