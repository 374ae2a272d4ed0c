"""A closer look at a procedure than a start of the portal has time for: for its author."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from portal.forms.fields import FileField
from portal.forms.filling import Filled, Stuck, fill, shortest
from portal.forms.problems import Problem
from portal.forms.procedure import Procedure
from portal.forms.reachable import unreachable
from portal.forms.results import Context
from portal.forms.source import Place, Source
from portal.forms.trials import SAMPLE
from portal.forms.typical import TYPICAL
from portal.forms.unanswered_lint import asked_too_early
from portal.forms.written import Written


@dataclass(frozen=True)
class Findings:
    """What was found in one procedure that has no plain mistake."""

    #: nobody can be meant to live with it
    problems: tuple[Problem, ...]
    #: what its author should look at: samples alone speak against it, or something is left out
    hints: tuple[Problem, ...]


def examine(procedure: Procedure, source: Source, today: date) -> Findings:
    """Conditions without effect, a guide with gaps, a form without an end."""
    written = Written(procedure.definition, source)
    conditions = list(unreachable(written, SAMPLE.today))
    problems = [each.problem for each in conditions if each.certain]
    hints = [each.problem for each in conditions if not each.certain]
    if (stuck := _stuck(procedure, today)) is not None:
        problems.append(_without_end(stuck, procedure, written))
    hints += asked_too_early(written, SAMPLE.today)
    hints += _gaps(procedure, written)
    return Findings(tuple(sorted(set(problems))), tuple(sorted(set(hints))))


def _stuck(procedure: Procedure, today: date) -> Stuck | None:
    """Where nobody gets on; None where somebody gets to the end, now or on the sample's day."""
    found: Stuck | None = None
    for day in (today, SAMPLE.today):
        for context, known in _people(procedure, day):
            for way in (fill, shortest):
                filled = way(procedure, context, known)
                if isinstance(filled, Filled):
                    return None
                found = found or filled
    return found


def _people(procedure: Procedure, day: date) -> Iterator[tuple[Context, dict[str, object]]]:
    """A resident with a card and a family, and somebody of whom nothing is known."""
    booking = SAMPLE.booking if procedure.booking else None
    stranger = Context(
        today=day,
        now=SAMPLE.now,
        channel="online" if "online" in procedure.channels else "counter",
        booking=booking,
    )
    yield replace(stranger, resident=SAMPLE.resident), procedure.prefill(TYPICAL)[0]
    yield stranger, {}


def _without_end(stuck: Stuck, procedure: Procedure, written: Written) -> Problem:
    top, _, inside = stuck.error.path.partition(".")
    place: Place = written.place(top, "label") if top else ("fees",)
    rows = getattr(procedure.field_at(top), "fields", ()) if inside else ()
    for index, inner in enumerate(rows):
        if inner.id == inside.partition(".")[2]:
            place = (*written.place(top, "fields"), index)
    found = f"nobody gets past “{stuck.error.path or 'the price'}”: {stuck.error.message}"
    right = "limits, checks and prices that ordinary answers can meet; an “example:” helps to try"
    return written.source.problem(place, found, right)


def _gaps(procedure: Procedure, written: Written) -> Iterator[Problem]:
    """Parts of the box at the top of the procedure's page about which nothing is said."""
    told = procedure.guide.model_dump()
    missing = [part for part in ("cost", "time", "after") if told[part] is None]
    brings = procedure.identity.sign_in == "card" or any(
        isinstance(field, FileField) and field.required for field, _ in written.fields()
    )
    if brings and not told["needs"]:
        missing.append("needs")
    for part in missing:
        yield written.source.problem(
            ("guide",), f"“guide” says nothing of “{part}”", f"add “{part}:”"
        )
