"""One pass over all fields in the order of their dependencies: which are there, what they say.

A field that isn't there has no answer, whatever is stored or posted; so what depends on it sees
none either, and one pass is enough.
"""

from collections import ChainMap
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Protocol

from portal.forms import messages
from portal.forms.compiled import (
    AnyCompiled,
    CompiledCheck,
    CompiledField,
    CompiledGroup,
    CompiledSection,
)
from portal.forms.evaluated import Evaluation, Found
from portal.forms.functions import SCOPE_KEY, moment, wall_clock
from portal.forms.kinds.base import FOREIGN, Complaint, Reading, Situation
from portal.forms.results import Answers, Context

#: What ``resident`` holds where the caller says nothing of it.
RESIDENT: Mapping[str, Any] = {
    "signed_in": False,
    "of_city": False,
    "age": None,
    "protected": False,
}
#: What ``booking`` holds; each is missing until a slot is held.
BOOKING: Mapping[str, Any] = dict.fromkeys(
    (
        "id", "facility", "facility_title", "room", "room_title", "day", "start", "end", "times",
        "slots", "base",
    )
)  # fmt: skip


#: What ``functions.of_procedure`` gives.
Functions = Mapping[str, Callable[..., Any]]


class Values(Protocol):
    """Where the answers of this pass come from: the store, or a form just posted."""

    def reading(self, field: CompiledField, situation: Situation) -> Reading: ...

    def answered(self, field_id: str) -> bool:
        """Whether the person has answered at all, with nothing perhaps."""
        ...

    def rows(self, group: CompiledGroup) -> Sequence["Values"] | None:
        """The rows of a group; None where it was never answered."""
        ...


def context_scope(context: Context) -> dict[str, Any]:
    """The names that come from outside the form."""
    return {
        "today": moment(context.today),
        "now": None if context.now is None else wall_clock(context.now),
        "channel": context.channel,
        # Where others may be applied for too, it is a field, and its answer takes this one's place.
        "acting": "self",
        "resident": {**RESIDENT, **context.resident},
        "booking": None if context.booking is None else {**BOOKING, **context.booking},
    }


def evaluate(
    ordered: Sequence[tuple[CompiledSection, AnyCompiled]],
    checks: Sequence[CompiledCheck],
    values: Values,
    context: Context,
    functions: Functions = MappingProxyType({}),
) -> Evaluation:
    """The pass. Never raises, whatever is stored or posted.

    ``functions`` are those that know the tables and the calendar of the procedure.
    """
    scope = context_scope(context)
    scope[SCOPE_KEY] = functions
    situation = Situation(context.today, scope, context.wareki)
    result = Evaluation(situation)
    section_there: dict[str, bool] = {}
    for section, each in ordered:
        if section.id not in section_there:
            section_there[section.id] = section.when is None or section.when.holds(scope)
        there = section_there[section.id] and (each.when is None or each.when.holds(scope))
        told = len(result.found)
        if isinstance(each, CompiledGroup):
            scope[each.id] = _group(each, section.id, values, result) if there else []
        else:
            scope[each.id] = _one(each, section.id, "", values, situation, result, there)
        if each.definition.staff_only and not context.staff:
            # What staff filled in counts; a resident neither sees it nor is asked for it.
            del result.found[told:]
        elif there:
            result.visible.add(each.id)
            result.sections.add(section.id)
    for check in checks:
        field_id = check.definition.field
        if field_id in result.visible and check.when.holds(scope):
            complaint = Complaint(check.definition.message, literal=True)
            section, owner = next(one for one in ordered if one[1].id == field_id)
            result.found.append(Found(section.id, field_id, owner, complaint))
    return result


def _one(
    each: CompiledField,
    section: str,
    prefix: str,
    values: Values,
    situation: Situation,
    result: Evaluation,
    there: bool,
    into: dict[str, Any] | None = None,
) -> Any:
    """One field: notes its answer and complaints, and returns what expressions see."""
    if not there:
        return each.kind.seen(None)
    answers = result.answers if into is None else into
    if each.computed is not None:
        value = each.computed.value(situation.scope)
        if value is not None:
            answers[each.id] = value
        return each.kind.seen(value)
    reading = values.reading(each, situation)
    path = prefix + each.id
    if reading.complaints:
        result.found += [Found(section, path, each, complaint) for complaint in reading.complaints]
        return each.kind.seen(None)
    if reading.value is None:
        if each.required and each.kind.asks:
            result.found += [Found(section, path, each, one) for one in each.kind.absent()]
        default = None if values.answered(each.id) else each.default
        return each.kind.seen(default)
    answers[each.id] = reading.value
    return each.kind.seen(reading.value)


def _group(each: CompiledGroup, section: str, values: Values, result: Evaluation) -> list[Any]:
    """The rows of a group; what expressions see of them."""
    rows = values.rows(each)
    outer = result.situation
    seen: list[dict[str, Any]] = []
    stored: list[dict[str, Any]] = []
    # Rows beyond the limit can't come from the page; the complaint says so once.
    least, most = each.bounds(outer.scope)
    for number, row in enumerate((rows or ())[:most]):
        row_seen: dict[str, Any] = {}
        row_answers: dict[str, Any] = {}
        row_scope = ChainMap(row_seen, outer.scope)  # type: ignore[arg-type]
        situation = Situation(outer.today, row_scope)
        prefix = f"{each.id}.{number}."
        for inner in each.ordered:
            there = inner.when is None or inner.when.holds(row_scope)
            row_seen[inner.id] = _one(
                inner, section, prefix, row, situation, result, there, row_answers
            )
            if there:
                result.visible.add(prefix + inner.id)
        seen.append(row_seen)
        stored.append(row_answers)
    count = len(rows or ())
    if count < least:
        complaint = Complaint(messages.TOO_FEW_ROWS, "", {"min": least})
        result.found.append(Found(section, each.id, each, complaint))
    if count > most:
        complaint = Complaint(messages.TOO_MANY_ROWS, "", {"max": most})
        result.found.append(Found(section, each.id, each, complaint))
    if rows is not None:
        result.answers[each.id] = stored
    return seen


class Stored:
    """Answers as they are kept."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers

    def reading(self, field: CompiledField, situation: Situation) -> Reading:
        value = self._answers.get(field.id)
        if value is None or (value == [] and field.kind.seen(None) == []):
            return Reading()
        try:
            complaints = field.kind.check(value, situation)
        except (TypeError, ValueError, KeyError, AttributeError):
            complaints = FOREIGN  # a shape that nobody foresaw, such as one of an older version
        return Reading(None if complaints else value, complaints)

    def answered(self, field_id: str) -> bool:
        return field_id in self._answers

    def rows(self, group: CompiledGroup) -> Sequence["Stored"] | None:
        value = self._answers.get(group.id)
        if not isinstance(value, list):
            return None
        return [Stored(row if isinstance(row, Mapping) else {}) for row in value]
