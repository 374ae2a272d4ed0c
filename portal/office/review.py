"""審査の段階: what the definition wants done before a decision."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from auth.staff.roles import Role, StaffIdentity
from foundation.wording import Translate
from portal.applications.actors import Actor
from portal.applications.life import record
from portal.applications.models import Application, ApplicationEntry
from portal.applications.service import context_of, history_of
from portal.applications.states import Event, State
from portal.forms import Procedure, Promised
from portal.forms.definition import ReviewStep

#: Before the id of a step, in the history.
STEP_PREFIX = "review."


class StepOpen(Exception):
    """A step that comes first is not done. The argument is its title."""


class NotTheStepsRole(Exception):
    """The step is another role's."""


@dataclass(frozen=True)
class Step:
    """One step of a case; ``done`` is the entry in the history that says so."""

    id: str
    title: str
    role: Role
    done: ApplicationEntry | None


def steps(
    session: Session, procedure: Procedure, application: Application, now: datetime
) -> tuple[Step, ...]:
    """The steps that apply to a case, in order. A correction by the applicant begins them anew."""
    wanted = procedure.review_steps(application.answers, context_of(application, now))
    if not wanted:
        return ()
    done: dict[str, ApplicationEntry] = {}
    for entry in history_of(session, application.id):
        if entry.event in (Event.RESUBMIT, Event.RESUBMIT_WITH_FEE):
            done.clear()
        elif entry.event.startswith(STEP_PREFIX):
            done[entry.event.removeprefix(STEP_PREFIX)] = entry
    return tuple(Step(each.id, each.title, Role(each.role), done.get(each.id)) for each in wanted)


@dataclass(frozen=True)
class Missing:
    """What a case still lacks when somebody is about to decide it, in words."""

    papers: Sequence[Promised]
    #: the office's own required fields that are empty
    fields: Sequence[str]
    #: steps that were finished without a word
    silent: Sequence[str]

    def __bool__(self) -> bool:
        return bool(self.papers or self.fields or self.silent)


def missing(
    procedure: Procedure,
    application: Application,
    found: Sequence[Step],
    translate: Translate,
    now: datetime,
) -> Missing:
    """Papers to come, empty fields of the office, steps without 所見."""
    context = replace(context_of(application, now), staff=True)
    answers = application.answers
    return Missing(
        procedure.promised(answers, context, translate=translate),
        procedure.office_owes(answers, context, translate=translate),
        [translate(step.title) for step in found if step.done and not step.done.text],
    )


def next_step(found: Sequence[Step]) -> Step | None:
    """The first one that is not done."""
    return next((step for step in found if step.done is None), None)


def finish_step(
    session: Session,
    procedure: Procedure,
    application: Application,
    staff: StaffIdentity,
    step_id: str,
    note: str,
    now: datetime,
) -> None:
    """Write down that a step is done. Raises NotTheStepsRole, StepOpen (an earlier one first).

    Done twice changes nothing: two colleagues may press the button at once.
    """
    found = steps(session, procedure, application, now)
    step = next((each for each in found if each.id == step_id), None)
    if step is None or step.done is not None:
        return
    if not staff.may(step.role, application.department):
        raise NotTheStepsRole(step.title)
    first = next_step(found)
    if first is not step or application.state != State.IN_REVIEW:
        raise StepOpen(first.title if first else step.title)
    actor = Actor("staff", staff.id)
    event = STEP_PREFIX + step.id
    record(session, application, event, actor, now=now, text=note.strip()[:2000])


def demand_all_done(
    session: Session, procedure: Procedure, application: Application, now: datetime
) -> None:
    """Before a decision. Raises StepOpen."""
    first = next_step(steps(session, procedure, application, now))
    if first is not None:
        raise StepOpen(first.title)


def titles(found: Sequence[ReviewStep], translate: Translate) -> dict[str, str]:
    """The events of the steps in words, for the history."""
    return {STEP_PREFIX + step.id: translate(step.title) for step in found}
