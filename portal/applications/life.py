"""One step in an application's life: the only place where its state changes."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from foundation.events import Events
from foundation.states import IllegalTransition
from portal.applications.actors import Actor
from portal.applications.models import Application, ApplicationEntry
from portal.applications.states import MACHINE, Event, State


@dataclass(frozen=True)
class ApplicationMoved:
    """Announced in the same transaction: an application has a new state."""

    application: Application
    event: Event
    state: State
    #: the reason that was written with this step, if any
    text: str


def advance(
    session: Session,
    events: Events,
    application: Application,
    event: Event,
    actor: Actor,
    *,
    now: datetime,
    text: str = "",
) -> State:
    """Move an application on, write it into its history and announce it.

    Raises IllegalTransition where the event means nothing in its state, also when somebody else
    moved it in this very moment: the change is conditional on the state that was seen.
    """
    before = State(application.state)
    after = MACHINE.after(before, event)
    changed = session.execute(
        update(Application)
        .where(Application.id == application.id, Application.state == before)
        .values(state=after, changed_at=now)
    )
    if changed.rowcount != 1:  # type: ignore[attr-defined]
        raise IllegalTransition(MACHINE.name, before, event)
    session.refresh(application, ["state", "changed_at"])
    record(session, application, event, actor, now=now, text=text)
    events.announce(session, ApplicationMoved(application, event, after, text))
    return after


def record(
    session: Session,
    application: Application,
    event: str,
    actor: Actor,
    *,
    now: datetime,
    text: str = "",
) -> None:
    """Write a line into the history of an application."""
    session.add(
        ApplicationEntry(
            application_id=application.id,
            at=now,
            event=event,
            state=application.state,
            actor_kind=actor.kind,
            actor_id=actor.id,
            text=text,
        )
    )
