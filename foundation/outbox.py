"""Work to be done after a transaction, written down inside it: mail, calls, reminders.

A worker takes one message at a time; with PostgreSQL many workers share the queue by SKIP LOCKED.
A message that fails is tried again with growing pauses, and after the last try stays as dead, with
its error, for a person to see. Handlers must bear being called twice for one message.
"""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from foundation.clock import Clock
from foundation.database import Database
from foundation.ids import new_id
from foundation.orm import Base

logger = logging.getLogger(__name__)

#: Pauses before the next tries; after the last one the message is dead.
RETRY_AFTER = tuple(timedelta(seconds=s) for s in (5, 30, 300, 3600, 6 * 3600))

#: How long a worker may take over a message before another takes it up: longer than any handler
#: waits for the outside world, and than a process needs to be started again.
LEASE = timedelta(minutes=2)

Handler = Callable[[Mapping[str, Any]], None]


class OutboxMessage(Base):
    """One piece of work that waits, was done, or is dead."""

    __tablename__ = "outbox_message"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    #: which handler does it
    topic: Mapped[str]
    payload: Mapped[dict[str, Any]]
    #: not before this moment
    due_at: Mapped[datetime]
    created_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    dead_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str | None]

    __table_args__ = (Index("ix_outbox_message_waiting", "done_at", "dead_at", "due_at"),)


def enqueue(
    session: Session,
    topic: str,
    payload: Mapping[str, Any],
    *,
    now: datetime,
    due_at: datetime | None = None,
) -> None:
    """Write work down in the caller's transaction."""
    session.add(
        OutboxMessage(topic=topic, payload=dict(payload), due_at=due_at or now, created_at=now)
    )


def work_once(database: Database, handlers: Mapping[str, Handler], clock: Clock) -> bool:
    """Do the oldest piece of work that is due. False where there is none."""
    now = clock()
    with database.transaction() as session:
        message = session.scalars(
            select(OutboxMessage)
            .where(
                OutboxMessage.done_at.is_(None),
                OutboxMessage.dead_at.is_(None),
                OutboxMessage.due_at <= now,
            )
            .order_by(OutboxMessage.due_at, OutboxMessage.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        ).first()
        if message is None:
            return False
        message.tries += 1
        message.due_at = now + LEASE
        claimed, topic, payload, tries = message.id, message.topic, message.payload, message.tries
    error: str | None = None
    try:
        handlers[topic](payload)
    except Exception as failure:
        logger.exception("outbox message %s (%s) failed", claimed, topic)
        error = f"{type(failure).__name__}: {failure}"
    with database.transaction() as session:
        message = session.get_one(OutboxMessage, claimed)
        message.last_error = error
        if error is None:
            message.done_at = clock()
        elif tries > len(RETRY_AFTER):
            message.dead_at = clock()
        else:
            message.due_at = clock() + RETRY_AFTER[tries - 1]
    return True
