"""Receiving provider notifications: verified, stored, then the provider is asked.

A notification is a trigger and never evidence: whatever it claims, money is booked only on what the
provider answers when asked through the one door.
"""

import hashlib
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from payments.attempts.models import Attempt, EvidenceSource
from payments.attempts.service import gather_evidence
from payments.context import Payments
from payments.providers.base import ProviderError, WebhookNotice, WebhookRefused
from payments.refunds.models import Refund
from payments.refunds.service import gather_refund_evidence
from payments.webhooks.models import WebhookDelivery

logger = logging.getLogger(__name__)

#: Bytes; providers send a few kilobytes.
LARGEST_BODY = 256 * 1024


class Outcome(StrEnum):
    ACCEPTED = "accepted"
    #: the same event has been taken care of before
    DUPLICATE = "duplicate"
    #: forged, too old or unreadable: nothing was changed. Answer with 400
    REFUSED = "refused"


@dataclass(frozen=True)
class Received:
    outcome: Outcome
    #: the attempt that was looked at; None where the event is about something else
    attempt_id: str | None = None
    #: why it was refused, for the log
    reason: str = ""


def receive(
    payments: Payments, provider_name: str, headers: Mapping[str, str], body: bytes
) -> Received:
    """Take one delivery. Opens its own transactions; never raises for bad input.

    Accepted also where the provider can't be asked right now: then the sweeper does it.
    """
    try:
        notice = _read(payments, provider_name, headers, body)
    except WebhookRefused as refusal:
        # Logged and not stored: a stranger must not be able to fill the database.
        logger.warning(
            "webhook of %r refused: %s (%d bytes, sha256 %s)",
            provider_name,
            refusal,
            len(body),
            hashlib.sha256(body).hexdigest(),
        )
        return Received(Outcome.REFUSED, reason=str(refusal))
    now = payments.clock()
    with payments.database.reading() as session:
        attempt_id = _known_attempt(session, provider_name, notice.attempt_id)
        refund_id = _known_refund(session, attempt_id, notice.refund_id)
    if attempt_id is None and not notice.signed:
        logger.warning("webhook of %r refused: unsigned, and about nothing of ours", provider_name)
        return Received(Outcome.REFUSED, reason="not about an attempt of ours")
    if not _store(payments, provider_name, notice, attempt_id, body, now):
        return Received(Outcome.DUPLICATE, attempt_id)
    if attempt_id is not None:
        try:
            if refund_id is not None:
                gather_refund_evidence(payments, refund_id)
            gather_evidence(
                payments,
                attempt_id,
                EvidenceSource.WEBHOOK,
                provider_reference=notice.provider_reference,
            )
        except ProviderError as failure:
            logger.warning("webhook %s: %s", notice.event_id, failure)
            _leave_to_sweeper(payments, attempt_id)
            return Received(Outcome.ACCEPTED, attempt_id)
    _processed(payments, provider_name, notice)
    return Received(Outcome.ACCEPTED, attempt_id)


def _read(
    payments: Payments, provider_name: str, headers: Mapping[str, str], body: bytes
) -> WebhookNotice:
    provider = payments.providers.get(provider_name)
    if provider is None:
        raise WebhookRefused("no such provider")
    if len(body) > LARGEST_BODY:
        raise WebhookRefused("too large")
    notice = provider.read_webhook(headers, body)
    if not notice.event_id:
        raise WebhookRefused("an event without an id")
    return notice


def _known_attempt(session: Session, provider: str, attempt_id: str | None) -> str | None:
    """The attempt, if it is one of ours at this provider."""
    attempt = session.get(Attempt, attempt_id) if attempt_id else None
    return attempt.id if attempt is not None and attempt.provider == provider else None


def _known_refund(session: Session, attempt_id: str | None, refund_id: str | None) -> str | None:
    """The refund, if it is one of this attempt."""
    refund = session.get(Refund, refund_id) if refund_id else None
    return refund.id if refund is not None and refund.attempt_id == attempt_id else None


def _store(
    payments: Payments,
    provider: str,
    notice: WebhookNotice,
    attempt_id: str | None,
    body: bytes,
    now: datetime,
) -> bool:
    """Keep the delivery as it came. False where the same event has been taken care of before."""
    try:
        with payments.database.transaction() as session:
            session.add(
                WebhookDelivery(
                    provider=provider,
                    event_id=notice.event_id,
                    event_type=notice.event_type,
                    attempt_id=attempt_id,
                    body=body.decode("utf-8", errors="replace"),
                    received_at=now,
                )
            )
    except IntegrityError:
        # Known. If a crash came between storing and asking, then now is the time to ask.
        with payments.database.reading() as session:
            processed_at = session.scalar(
                select(WebhookDelivery.processed_at).where(*_is(provider, notice))
            )
        return processed_at is None
    return True


def _processed(payments: Payments, provider: str, notice: WebhookNotice) -> None:
    with payments.database.transaction() as session:
        session.execute(
            update(WebhookDelivery)
            .where(*_is(provider, notice))
            .values(processed_at=payments.clock())
        )


def _leave_to_sweeper(payments: Payments, attempt_id: str) -> None:
    with payments.database.transaction() as session:
        session.execute(
            update(Attempt).where(Attempt.id == attempt_id).values(next_check_at=payments.clock())
        )


def _is(provider: str, notice: WebhookNotice) -> tuple[ColumnElement[bool], ...]:
    return (WebhookDelivery.provider == provider, WebhookDelivery.event_id == notice.event_id)
