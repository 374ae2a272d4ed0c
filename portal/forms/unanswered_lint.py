"""Conditions that hold because something isn't answered yet: they ask too early.

``kind != "end"`` is true of no answer too. That is right for a question that is hidden, because
what depends on it is then asked of everybody else. Where it stands on the same page, unanswered, a
required question appears, and is taken back as soon as the first one is answered.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from portal.forms.compiled import AnyCompiled, CompiledField, CompiledSection, compile_sections
from portal.forms.directories import NOTHING_KNOWN
from portal.forms.expressions import Expression
from portal.forms.problems import Problem
from portal.forms.reachable import Search, Trials
from portal.forms.source import Place
from portal.forms.written import Written

#: Length of the place of a section's own condition: ``sections``, its number, ``when``.
_OF_SECTION = 3


def asked_too_early(written: Written, today: date) -> Iterator[Problem]:
    """The conditions of fields that hold until a question beside them is answered otherwise."""
    search = Search(written, today)
    sections = compile_sections(written.definition, NOTHING_KNOWN)
    fields = {each.id: each for section in sections for each in section.fields}
    for place, source in written.expressions():
        if place[0] != "sections" or place[-1] != "when" or len(place) == _OF_SECTION:
            continue
        condition = Expression(source)
        row = written.row_fields(place, fields)
        beside = {**_same_page(place, written, sections), **row}
        names = [name for name in sorted(condition.names) if _waits(beside.get(name), source)]
        if not names:
            continue
        guards = tuple(Expression(guard) for guard in written.guards(place))
        trials = search.trials((condition, *guards), row, {})
        for name in names:
            if _too_early(name, condition, guards, trials):
                yield written.source.problem(
                    place,
                    f"“{source}” is true before “{name}” is answered",
                    f"answered({name}) && …, or a “default:” for “{name}”",
                )


def _same_page(
    place: Place, written: Written, sections: Sequence[CompiledSection]
) -> Mapping[str, AnyCompiled]:
    """What stands on the page with the field that has a condition at this place."""
    if written.definition.layout == "one_page":
        return {each.id: each for section in sections for each in section.fields}
    return {
        each.id: each
        for section in sections
        for each in section.fields
        if any(tuple(written.place(one.id)) == tuple(place[:4]) for one in section.fields)
    }


def _waits(each: AnyCompiled | None, source: str) -> bool:
    """Whether a field is without an answer at first, and the author hasn't thought of it."""
    if not isinstance(each, CompiledField) or not each.kind.asks or not each.required:
        return False
    thought_of = re.search(
        rf"answered\(\s*{each.id}\s*\)|\b{each.id}\s*[!=]=\s*null\b|\bnull\s*[!=]=\s*{each.id}\b",
        source,
    )
    return each.default is None and each.kind.seen(None) is None and thought_of is None


def _too_early(
    name: str, condition: Expression, guards: Sequence[Expression], trials: Trials
) -> bool:
    step = next((each for each in trials.steps if each.id == name), None)
    if step is None or name not in trials.possible:
        return False
    answers = [value for value in trials.possible[name].values if value is not None]
    for scope in trials.scopes():
        there = all(each.holds(scope) for each in (*step.conditions, *guards))
        if scope[name] is not None or not there or not condition.holds(scope):
            continue
        if any(not condition.holds({**scope, name: value}) for value in answers):
            return True
    return False
