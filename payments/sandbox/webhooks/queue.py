"""Putting webhooks into the queue, in the transaction of the fact that they tell."""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from payments.sandbox.webhooks.models import Delivery, Mode, Switches

#: How long REORDER gathers webhooks before it sends them, last one first.
GATHERING = timedelta(seconds=2)


def switches(session: Session) -> Switches:
    """The switches as they stand; all normal at first."""
    row = session.get(Switches, 1)
    if row is None:
        row = Switches(id=1)
        session.add(row)
        session.flush()
    return row


def enqueue(
    session: Session,
    *,
    provider: str,
    event_id: str,
    topic: str,
    subject: str,
    body: str,
    now: datetime,
) -> None:
    """Queue one webhook, as the switches say: once, twice, later, in reverse, or not at all."""
    setting = switches(session)
    mode = Mode(setting.mode)
    wait = {Mode.LATE: timedelta(seconds=setting.late_seconds), Mode.REORDER: GATHERING}
    copies = 2 if mode is Mode.DUPLICATE else 1
    for _ in range(copies):
        number = _next_number(session)
        session.add(
            Delivery(
                id=number,
                provider=provider,
                event_id=event_id,
                topic=topic,
                subject=subject,
                body=body,
                mode=mode,
                created_at=now,
                due_at=now + wait.get(mode, timedelta()),
                position=-number if mode is Mode.REORDER else number,
                given_up_at=now if mode is Mode.DROP else None,
            )
        )
        session.flush()


def send_again(session: Session, event_id: str, now: datetime) -> bool:
    """Queue an event once more, whatever the switches say. False where it is not known."""
    known = session.scalars(
        select(Delivery).where(Delivery.event_id == event_id).order_by(Delivery.id).limit(1)
    ).first()
    if known is None:
        return False
    number = _next_number(session)
    session.add(
        Delivery(
            id=number,
            provider=known.provider,
            event_id=known.event_id,
            topic=known.topic,
            subject=known.subject,
            body=known.body,
            mode=Mode.NORMAL,
            created_at=now,
            due_at=now,
            position=number,
        )
    )
    return True


def _next_number(session: Session) -> int:
    return (session.scalar(select(func.max(Delivery.id))) or 0) + 1
