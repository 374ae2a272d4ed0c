"""回数制限: how often the same person, or the same child, may be applied for.

Each use is a row whose primary key holds its number, so the database refuses one too many.
"""

import hashlib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from auth.residents.models import Resident
from foundation.hashchain import canonical_json
from portal.admission.models import AdmissionUse
from portal.applications.actors import Actor
from portal.applications.models import Application
from portal.forms import Answers, Procedure
from portal.forms.acting import ACTING, SELF, acts_for_others
from portal.forms.fields import GroupField
from portal.forms.reception import Limit, period_start

#: Fields of a row that say whose row it is; others may differ from one application to the next.
_IDENTIFYING = frozenset({"name", "person", "date"})


@dataclass(frozen=True)
class LimitReached:
    """It was applied for as often as may be."""

    limit: Limit
    #: 受付番号 of the earlier application, where it is this party's own
    earlier: str | None


def take_uses(
    session: Session,
    procedure: Procedure,
    application: Application,
    answers: Answers,
    actor: Actor,
    today: date,
) -> LimitReached | None:
    """Count this application; LimitReached where somebody in it had all their times before.

    A use stays in the stretch of time in which it was first submitted. The caller rolls back what
    was counted where there is a LimitReached.
    """
    limit = procedure.definition.limit
    if limit is None:
        return None
    own = select(AdmissionUse).where(AdmissionUse.application_id == application.id)
    kept = {use.digest: use for use in session.scalars(own)}
    since = next((use.since for use in kept.values()), None)
    if since is None:
        first = period_start(limit.within, today)
        since = "" if first is None else first.isoformat()
    wanted = sorted(set(_digests(session, procedure, application, answers)))
    for digest in wanted:
        if digest not in kept and not _take(session, limit, application, digest, since):
            earlier = _earlier(session, application.procedure, digest, since, actor)
            return LimitReached(limit, earlier)
    for digest, use in kept.items():
        if digest not in wanted:
            session.delete(use)
    session.flush()
    return None


def free_uses(session: Session, application_id: str) -> None:
    """It doesn't count any more."""
    session.execute(delete(AdmissionUse).where(AdmissionUse.application_id == application_id))


def _take(
    session: Session, limit: Limit, application: Application, digest: str, since: str
) -> bool:
    """The next free number up to the limit. A rival of this moment is waited for."""
    key = {"procedure": application.procedure, "digest": digest, "since": since}
    for _ in range(limit.times + 1):
        taken = set(
            session.scalars(
                select(AdmissionUse.number).where(
                    AdmissionUse.procedure == application.procedure,
                    AdmissionUse.digest == digest,
                    AdmissionUse.since == since,
                )
            )
        )
        free = [number for number in range(1, limit.times + 1) if number not in taken]
        if not free:
            return False
        with suppress(IntegrityError), session.begin_nested():
            session.add(AdmissionUse(**key, number=free[0], application_id=application.id))
            session.flush()
            return True
    return False


def _earlier(session: Session, procedure: str, digest: str, since: str, actor: Actor) -> str | None:
    """受付番号 of the last one that counts, if the party at the keyboard may open it."""
    found = session.scalars(
        select(Application)
        .join(AdmissionUse, AdmissionUse.application_id == Application.id)
        .where(
            AdmissionUse.procedure == procedure,
            AdmissionUse.digest == digest,
            AdmissionUse.since == since,
        )
        .order_by(AdmissionUse.number.desc())
    ).first()
    return found.reference if found is not None and actor.may_open(found) else None


def _digests(
    session: Session, procedure: Procedure, application: Application, answers: Answers
) -> Iterator[str]:
    """One digest for each person or thing that the application is for."""
    limit = procedure.definition.limit
    fields = {field.id: field for each in procedure.definition.sections for field in each.fields}
    if limit is None:
        return
    if not limit.of and acts_for_others(procedure.definition):
        key = _person(session, application, answers)
        if key is not None:
            yield _digest(key)
        return
    if not limit.of:
        if application.applicant_id is not None:
            yield _digest(["resident", application.applicant_id])
        elif application.verified_email is not None:
            yield _digest(["email", application.verified_email.casefold()])
        return
    keys: list[list[Any]] = [[]]
    for name in limit.of:
        field, answer = fields.get(name), answers.get(name)
        rows = answer if isinstance(field, GroupField) and isinstance(answer, list) else None
        if isinstance(field, GroupField) and rows:
            # 児童ごと: every row counts for itself.
            keys = [[*key, _of_row(field, row)] for key in keys for row in rows]
        else:
            keys = [[*key, _identity(answer)] for key in keys]
    for key in keys:
        if any(part not in (None, "", [], {}) for part in key):
            yield _digest(["fields", *key])


def _person(session: Session, application: Application, answers: Answers) -> list[Any] | None:
    """The person or body concerned, the same whoever applies for them; None where unknown."""
    if answers.get(ACTING) == "business":
        number, name = answers.get("acting_number"), answers.get("acting_business")
        return ["business", _identity(number or name)]
    if answers.get(ACTING) not in (None, SELF):
        return ["person", _identity(answers.get("acting_name")), answers.get("acting_birth_date")]
    if application.applicant_id is None:
        email = application.verified_email
        return None if email is None else ["email", email.casefold()]
    resident = session.get_one(Resident, application.applicant_id)
    name = {"family": resident.family_name, "given": resident.given_name}
    return ["person", _identity(name), resident.birth_date.isoformat()]


def _of_row(group: GroupField, row: Mapping[str, Any]) -> Any:
    names = [each.id for each in group.fields if each.type in _IDENTIFYING]
    return {name: _identity(row.get(name)) for name in names or sorted(row)}


def _identity(answer: Any) -> Any:
    """What two spellings of one answer have in common; a person is their name and birth date."""
    if isinstance(answer, str):
        return "".join(unicodedata.normalize("NFKC", answer).split()).casefold()
    if isinstance(answer, Mapping):
        if "family" in answer:
            return _identity(f"{answer['family']}{answer.get('given') or ''}")
        if "name" in answer and "birth_date" in answer:
            return [_identity(answer["name"]), answer["birth_date"]]
        return {key: _identity(value) for key, value in answer.items() if value not in (None, "")}
    if isinstance(answer, Sequence):
        return sorted((_identity(each) for each in answer), key=lambda each: _digest([each]))
    return answer


def _digest(key: Sequence[Any]) -> str:
    return hashlib.sha256(canonical_json({"key": list(key)})).hexdigest()
