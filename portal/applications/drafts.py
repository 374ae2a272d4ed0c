"""An application while its form is filled in, as the pages of the form read and write it.

These are the pages that are asked for most. They need one row and change three of its columns; so
they read columns instead of an entity, with statements that are built once.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, bindparam, select, update

from foundation.database import Work
from portal.applications.models import Application, ApplicationKey
from portal.applications.states import EDITABLE
from portal.forms import Answers


class NotEditable(Exception):
    """The answers can't be changed in the state that the application is in."""


@dataclass(frozen=True)
class Draft:
    """What the pages of a form need of an application, named and meant as in ``Application``."""

    id: str
    procedure: str
    checksum: str
    title: str
    state: str
    channel: str
    applicant_id: str | None
    applicant_facts: Mapping[str, Any]
    sitting_id: str | None
    guest_key: str | None
    verified_email: str | None
    answers: Answers
    sources: Mapping[str, str]
    booking: Mapping[str, Any] | None
    reason: str | None
    submitted_at: datetime | None
    #: asked for only where the first key doesn't open it (``further_keys``)
    further_keys: Iterable[ApplicationKey] = ()


_TABLE = cast(Table, Application.__table__)
_ROW = _TABLE.c
_BY_ID = select(
    _ROW.id,
    _ROW.procedure,
    _ROW.checksum,
    _ROW.title,
    _ROW.state,
    _ROW.channel,
    _ROW.applicant_id,
    _ROW.applicant_facts,
    _ROW.sitting_id,
    _ROW.guest_key,
    _ROW.verified_email,
    _ROW.answers,
    _ROW.sources,
    _ROW.booking,
    _ROW.reason,
    _ROW.submitted_at,
).where(_ROW.id == bindparam("draft_id"))
_LOCKED = _BY_ID.with_for_update()
_KEEP = (
    update(_TABLE)
    .where(_ROW.id == bindparam("draft_id"))
    .values(
        answers=bindparam("answers"),
        sources=bindparam("sources"),
        changed_at=bindparam("changed_at"),
    )
)
_READ_IN = (
    update(_TABLE).where(_ROW.id == bindparam("draft_id")).values(language=bindparam("chosen"))
)


def find_draft(work: Work, draft_id: str, *, lock: bool = False) -> Draft | None:
    """The draft, held against others until the end of the work with ``lock``."""
    row = work.connection.execute(_LOCKED if lock else _BY_ID, {"draft_id": draft_id}).first()
    return None if row is None else Draft(*tuple(row))


def further_keys(work: Work, draft: Draft) -> Iterable[ApplicationKey]:
    """The secrets of those who came by a link that was mailed."""
    return work.session.scalars(
        select(ApplicationKey).where(ApplicationKey.application_id == draft.id)
    ).all()


def keep_answers(
    work: Work, draft: Draft, answers: Answers, sources: Mapping[str, str], now: datetime
) -> None:
    """Write what was answered into a draft that was read with ``lock``. Raises NotEditable."""
    if draft.state not in EDITABLE:
        raise NotEditable(draft.state)
    work.connection.execute(
        _KEEP,
        {
            "draft_id": draft.id,
            "answers": dict(answers),
            "sources": dict(sources),
            "changed_at": now,
        },
    )


def keep_language(work: Work, draft: Draft, language: str) -> None:
    """From here on the applicant reads in this language, notices too."""
    work.connection.execute(_READ_IN, {"draft_id": draft.id, "chosen": language})
