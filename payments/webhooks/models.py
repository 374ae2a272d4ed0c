"""The inbox: each notification as it came, before anything was done about it."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from foundation.ids import new_id
from foundation.orm import Base


class WebhookDelivery(Base):
    """A notification that was verified; what is forged is logged but not kept."""

    __tablename__ = "webhook_delivery"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    provider: Mapped[str]
    event_id: Mapped[str]
    event_type: Mapped[str]
    attempt_id: Mapped[str | None] = mapped_column(ForeignKey("attempt.id"), index=True)
    body: Mapped[str]
    received_at: Mapped[datetime]
    #: when the provider had been asked about it; None while that is still to be done
    processed_at: Mapped[datetime | None]

    __table_args__ = (UniqueConstraint("provider", "event_id"),)
