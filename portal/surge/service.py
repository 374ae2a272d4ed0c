"""Turning the surge on and off, and the procedures as they are meanwhile."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.forms import Catalogue, Procedure
from portal.surge.models import SurgeSwitch


class ReasonMissing(ValueError):
    """Residents are told why; without a reason they can't be."""


def surge_now(session: Session) -> SurgeSwitch | None:
    """The turn of the switch that holds, while the surge is on."""
    latest = _latest(session)
    return latest if latest is not None and latest.on else None


def turn(
    session: Session, *, on: bool, reason: str, staff_id: str | None, now: datetime
) -> SurgeSwitch:
    """Turn the switch. Raises ReasonMissing where it is turned on without one."""
    told = reason.strip()[:500]
    if on and not told:
        raise ReasonMissing
    switch = SurgeSwitch(on=on, reason=told if on else "", staff_id=staff_id, at=now)
    session.add(switch)
    session.flush()
    return switch


def procedure_now(session: Session, catalogue: Catalogue, procedure_id: str) -> Procedure | None:
    """A procedure as it is offered at this moment; None where there is none."""
    found = catalogue.procedures.get(procedure_id)
    if found is None or found.definition.surge is None or surge_now(session) is None:
        return found
    return found.in_surge


def urgent(catalogue: Catalogue) -> Sequence[Procedure]:
    """The procedures that come first while the surge is on."""
    return [
        procedure
        for procedure in catalogue.procedures.values()
        if procedure.definition.surge is not None and procedure.definition.surge.first
    ]


def _latest(session: Session) -> SurgeSwitch | None:
    return session.scalars(
        select(SurgeSwitch).order_by(SurgeSwitch.at.desc(), SurgeSwitch.id.desc()).limit(1)
    ).first()
