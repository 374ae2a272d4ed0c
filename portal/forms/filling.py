"""Filling in a procedure from start to end as somebody would: for figures, previews and tests.

A resident who knows what they want answers what is asked, takes what is offered, and leaves out
what is optional. What that costs them is counted in characters typed and in taps.
"""

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from portal.forms import messages
from portal.forms.compiled import AnyCompiled, CompiledField, CompiledGroup
from portal.forms.procedure import Procedure
from portal.forms.results import Answers, Context, FieldError

#: Rounds of answering until it is given up; each answers everything that is asked by then.
MOST_ROUNDS = 150
#: Rows that somebody adds of their own accord before they look at what is in them.
_OWN_ROWS = 2
#: Rounds of looking for a shorter way; the first ones find nearly all.
MOST_IMPROVEMENTS = 4


@dataclass(frozen=True, order=True)
class Effort:
    """What filling in costs a person; compared by typing first."""

    characters: int = 0
    taps: int = 0
    attachments: int = 0

    def __add__(self, other: "Effort") -> "Effort":
        return Effort(
            self.characters + other.characters,
            self.taps + other.taps,
            self.attachments + other.attachments,
        )


@dataclass(frozen=True)
class Filled:
    """A complete application, and what it took."""

    answers: Answers
    effort: Effort
    #: the sections that were walked through
    sections: tuple[str, ...]
    #: the paths that were answered anew: what was known already is not among them
    asked: tuple[str, ...]
    #: what each of these took; the whole effort has the pages beside
    efforts: Mapping[str, Effort]


@dataclass(frozen=True)
class Stuck:
    """It can't be filled in with ordinary answers."""

    error: FieldError


@dataclass
class _Sheet:
    """An application while it is filled in."""

    answers: dict[str, Any]
    asked: list[str] = field(default_factory=list)
    #: by path: how many of its possible answers were tried
    tried: dict[str, int] = field(default_factory=dict)
    #: by group: how many rows were there before anybody filled in anything
    found: dict[str, int] = field(default_factory=dict)
    #: by group: the answer in a row that was changed last, and what it was before
    changed: dict[str, tuple[str, Any]] = field(default_factory=dict)

    def put(self, path: str, value: Any) -> None:
        top, *inside = path.split(".")
        if inside:
            self.answers[top][int(inside[0])][inside[1]] = value
        else:
            self.answers[top] = value
        if path not in self.asked:
            self.asked.append(path)

    def get(self, path: str) -> Any:
        top, *inside = path.split(".")
        value = self.answers.get(top)
        return value[int(inside[0])].get(inside[1]) if inside and value is not None else value


def fill(
    procedure: Procedure,
    context: Context,
    known: Answers,
    picks: Mapping[str, Any] | None = None,
) -> Filled | Stuck:
    """Answer what is asked until nothing is missing.

    ``known`` is what is filled in beforehand, ``picks`` what the person wants, by path; everything
    else gets its default, or the answer that takes least.
    """
    sheet = _Sheet(deepcopy(dict(known)))
    for _ in range(MOST_ROUNDS):
        journey = procedure.journey(sheet.answers, context)
        if not journey.errors and not journey.complete:
            # Nothing is asked that could decide about the price.
            return Stuck(FieldError("", "", messages.NO_PRICE))
        if not journey.errors:
            sections = tuple(state.id for state in journey.sections)
            # What turned out not to apply was never asked.
            asked = tuple(path for path in sheet.asked if sheet.get(path) is not None)
            efforts = dict(_efforts(procedure, sheet))
            # One tap for each page, and one to send it.
            total = sum(efforts.values(), Effort(taps=len(sections) + 1))
            return Filled(journey.answers, total, sections, asked, efforts)
        wanted = picks or {}
        errors = journey.errors
        moved = [_answer(procedure, sheet, each, wanted, context.today) for each in errors]
        if not any(moved):
            return Stuck(journey.errors[0])
    return Stuck(journey.errors[0])


def shortest(procedure: Procedure, context: Context, known: Answers) -> Filled | Stuck:
    """The way through the form that takes least, over all choices on which something depends."""
    best = fill(procedure, context, known)
    picks: dict[str, Any] = {}
    for _ in range(MOST_IMPROVEMENTS):
        before = best
        for path, value in _alternatives(procedure, best):
            tried = fill(procedure, context, known, {**picks, path: value})
            if isinstance(tried, Stuck):
                continue
            if isinstance(best, Stuck) or tried.effort < best.effort:
                best, picks = tried, {**picks, path: value}
        if best is before:
            break
    return best


def _alternatives(procedure: Procedure, filled: Filled | Stuck) -> list[tuple[str, Any]]:
    """Every other answer to a choice that changes what is asked or what it costs."""
    paths = filled.asked if isinstance(filled, Filled) else tuple(procedure.decisive)
    found = []
    for path in paths:
        each = procedure.field_at(path)
        name = path.rpartition(".")[2]
        if isinstance(each, CompiledField) and each.kind.picked and name in procedure.decisive:
            found += [(path, value) for value in each.kind.samples()]
    return found


def _answer(
    procedure: Procedure,
    sheet: _Sheet,
    error: FieldError,
    picks: Mapping[str, Any],
    today: date,
) -> bool:
    """Put right what an error complains about; False where nothing is left to try."""
    for path in (error.path, *procedure.checked_with(error.path)):
        each = procedure.field_at(path)
        if isinstance(each, CompiledGroup):
            moved = _next_rows(sheet, each, today)
        elif isinstance(each, CompiledField) and (path == error.path or path in sheet.asked):
            moved = _next_answer(sheet, each, path, picks, today)
        else:
            continue  # it comes from the card; nobody makes themselves older
        if moved:
            return True
    return False


def _next_answer(
    sheet: _Sheet, each: CompiledField, path: str, picks: Mapping[str, Any], today: date
) -> bool:
    candidates = _candidates(each, path, picks, today)
    number = sheet.tried.get(path, 0)
    if number >= len(candidates):
        return False
    sheet.tried[path] = number + 1
    sheet.put(path, candidates[number])
    return True


def _next_rows(sheet: _Sheet, group: CompiledGroup, today: date) -> bool:
    """Another set of rows. Who wrote them down adds one first; who found them there looks first."""
    rows = sheet.answers.get(group.id) or []
    sheet.found.setdefault(group.id, 0 if group.id in sheet.asked else len(rows))
    own = len(rows) < group.min_items or (group.id in sheet.asked and len(rows) < _OWN_ROWS)
    if own:
        return _add_row(sheet, group) or _change_rows(sheet, group, today)
    return _change_rows(sheet, group, today) or _add_row(sheet, group)


def _change_rows(sheet: _Sheet, group: CompiledGroup, today: date) -> bool:
    """Answer one thing in one of the rows differently: this child goes there, that one doesn't.

    In rows that were found there only choices: nobody makes their children older.
    """
    rows = sheet.answers.get(group.id) or []
    ways = [
        (f"{group.id}.{number}.{each.id}", value)
        for number in range(len(rows))
        for each in group.fields
        if number >= sheet.found.get(group.id, 0) or each.kind.picked.issuperset(each.kind.controls)
        for value in each.kind.samples_on(today)
    ]
    key = f"{group.id}*"
    tried = sheet.tried.get(key, 0)
    if tried >= len(ways):
        return False
    sheet.tried[key] = tried + 1
    if group.id in sheet.changed:
        sheet.put(*sheet.changed[group.id])
    path, value = ways[tried]
    sheet.changed[group.id] = (path, sheet.get(path))
    sheet.put(path, value)
    return True


def _add_row(sheet: _Sheet, group: CompiledGroup) -> bool:
    rows = sheet.answers.get(group.id) or []
    tried = sheet.tried.get(group.id, 0)
    if len(rows) >= group.max_items:
        return False
    sheet.tried[group.id] = tried + 1
    sheet.put(group.id, [*rows, {}])
    return True


def _candidates(
    each: CompiledField, path: str, picks: Mapping[str, Any], today: date
) -> Sequence[Any]:
    """Possible answers: what the person wants, what is offered, then what takes least."""
    wanted = [picks[path]] if path in picks else []
    offered = [] if each.default is None else [each.default]
    return [*wanted, *offered, *sorted(each.kind.samples_on(today), key=lambda v: _of(each, v))]


def _of(each: CompiledField, value: Any) -> Effort:
    """What giving an answer takes."""
    if each.default is not None and value == each.default:
        return Effort()  # it is there already
    if each.file is not None:
        return Effort(taps=len(value), attachments=len(value))
    shown = each.kind.shown(value)
    typed = sum(
        len(text) for name, texts in shown.items() if name not in each.kind.picked for text in texts
    )
    picked = sum(
        bool(text) for name, texts in shown.items() if name in each.kind.picked for text in texts
    )
    return Effort(typed, picked)


def _efforts(procedure: Procedure, sheet: _Sheet) -> Iterator[tuple[str, Effort]]:
    """What each answer took that was given."""
    for path in sheet.asked:
        each: AnyCompiled | None = procedure.field_at(path)
        value = sheet.get(path)
        if isinstance(each, CompiledField) and value is not None:
            yield path, _of(each, value)
        elif isinstance(each, CompiledGroup):
            yield path, Effort(taps=sheet.tried.get(each.id, 0))  # adding its rows
