"""Carrying the queue to the portal by real HTTP, with retries."""

from dataclasses import dataclass
from datetime import timedelta

import httpx
from sqlalchemy import select

from foundation.database import Database
from payments.sandbox.settings import SandboxSettings
from payments.sandbox.webhooks.models import Delivery
from payments.sandbox.webhooks.signing import address, headers

#: Pauses before the next tries; Stripe goes on for three days, and so does this.
RETRY_AFTER = tuple(
    timedelta(seconds=seconds) for seconds in (5, 30, 300, 3_600, 21_600, 43_200, 86_400, 86_400)
)


@dataclass(frozen=True)
class _Parcel:
    """What is needed to send one delivery while no transaction is open."""

    id: int
    provider: str
    body: str
    tries: int


def deliver_due(database: Database, settings: SandboxSettings, client: httpx.Client) -> int:
    """Send everything that is due, in order. Gives how many were tried."""
    tried = 0
    while (parcel := _take(database, settings)) is not None:
        _send(database, settings, client, parcel)
        tried += 1
    return tried


def _take(database: Database, settings: SandboxSettings) -> _Parcel | None:
    now = settings.clock()
    with database.transaction() as session:
        delivery = session.scalars(
            select(Delivery)
            .where(
                Delivery.delivered_at.is_(None),
                Delivery.given_up_at.is_(None),
                Delivery.due_at <= now,
            )
            .order_by(Delivery.position)
            .limit(1)
        ).first()
        if delivery is None:
            return None
        # Lent until the next try: should this process die now, it is sent again after the pause.
        delivery.due_at = now + RETRY_AFTER[min(delivery.tries, len(RETRY_AFTER) - 1)]
        delivery.tries += 1
        return _Parcel(delivery.id, delivery.provider, delivery.body, delivery.tries)


def _send(
    database: Database, settings: SandboxSettings, client: httpx.Client, parcel: _Parcel
) -> None:
    status: int | None = None
    error: str | None = None
    try:
        answer = client.post(
            address(settings, parcel.provider),
            content=parcel.body.encode(),
            headers=dict(headers(settings, parcel.provider, parcel.body, settings.clock())),
        )
        status = answer.status_code
    except httpx.HTTPError as failure:
        error = f"{type(failure).__name__}: {failure}"
    now = settings.clock()
    with database.transaction() as session:
        delivery = session.get_one(Delivery, parcel.id)
        delivery.last_status = status
        delivery.last_error = error
        if status is not None and 200 <= status < 300:
            delivery.delivered_at = now
        elif parcel.tries > len(RETRY_AFTER):
            delivery.given_up_at = now
