"""Telling applicants what became of their wish for a place, by the worker."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from foundation.clock import Clock
from foundation.database import Database
from foundation.events import Events
from payments.claims.service import lock_claims_of
from portal.admission.models import AdmissionEntry
from portal.admission.states import EntryState
from portal.applications.actors import SYSTEM
from portal.applications.life import advance, record
from portal.applications.models import Application
from portal.applications.states import MACHINE, Event, State
from portal.applications.submission import SUBJECT_PREFIX
from portal.notices.service import Notices
from portal.notices.wording import PLACED, WAITING

#: What is told of a wish in a state; of the others the application's own steps tell.
_NOTICES = {EntryState.PLACED: PLACED, EntryState.WAITING: WAITING}


@dataclass(frozen=True)
class Teller:
    """The handler of TELL_TOPIC: each state is told once, however often it is asked for."""

    database: Database
    clock: Clock
    events: Events
    notices: Notices

    def deliver(self, payload: Mapping[str, Any]) -> None:
        with self.database.transaction() as session:
            entry = session.get_one(AdmissionEntry, payload["entry"])
            lock_claims_of(session, SUBJECT_PREFIX + entry.application_id)
            application = session.scalars(
                select(Application).where(Application.id == entry.application_id).with_for_update()
            ).one()
            session.refresh(entry)
            state = EntryState(entry.state)
            if entry.told == state:
                return
            entry.told = state
            if state in _NOTICES:
                record(session, application, _NOTICES[state], SYSTEM, now=self.clock())
                self.notices.tell(session, application, _NOTICES[state])
            elif state is EntryState.LOST and MACHINE.allows(State(application.state), Event.LOSE):
                # Its step tells the applicant, and what it counted for counts no more.
                advance(session, self.events, application, Event.LOSE, SYSTEM, now=self.clock())
