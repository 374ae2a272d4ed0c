"""Each time the switch was turned, by whom and why."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from foundation.ids import new_id
from foundation.orm import Base


class SurgeSwitch(Base):
    """One turn of the switch; the latest one holds."""

    __tablename__ = "surge_switch"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    on: Mapped[bool]
    #: what residents read at the top of the start page
    reason: Mapped[str] = mapped_column(default="")
    #: None from the command line
    staff_id: Mapped[str | None] = mapped_column(ForeignKey("staff_account.id"))
    at: Mapped[datetime]
