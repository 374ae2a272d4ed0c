"""Events: written down with the object as it is now, and queued for the portal."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from payments.sandbox.settings import SandboxSettings
from payments.sandbox.stripe.models import StripeEvent
from payments.sandbox.stripe.objects import event_object, new_stripe_id
from payments.sandbox.webhooks.queue import enqueue
from payments.sandbox.webhooks.signing import STRIPE


def emit(
    session: Session,
    settings: SandboxSettings,
    kind: str,
    subject: dict[str, Any],
    now: datetime,
) -> None:
    """Record the event ``kind`` about ``subject`` and send it where the endpoint wants it."""
    number = (session.scalar(select(func.max(StripeEvent.number))) or 0) + 1
    event = StripeEvent(
        id=new_stripe_id("evt"), number=number, created=now, type=kind, object=subject
    )
    session.add(event)
    session.flush()
    if kind in settings.stripe_enabled_events:
        enqueue(
            session,
            provider=STRIPE,
            event_id=event.id,
            topic=kind,
            subject=str(subject["id"]),
            body=json.dumps(event_object(event), ensure_ascii=False, indent=2),
            now=now,
        )
