"""Conditions that come out the same whatever is answered: what hangs on them nobody ever sees.

Each condition is tried with the answers on which it depends, as the engine would see them: what is
hidden has no answer. Where all that can be answered was tried, the finding is certain; otherwise
the answers are samples around what the author compares with.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import prod
from typing import Any

from portal.forms.calendar import Calendar
from portal.forms.compiled import (
    AnyCompiled,
    CompiledField,
    CompiledSection,
    compile_sections,
    in_order,
)
from portal.forms.directories import NOTHING_KNOWN
from portal.forms.evaluation import context_scope
from portal.forms.expressions import Expression
from portal.forms.functions import SCOPE_KEY, of_procedure
from portal.forms.kinds.choices import ChoiceKind, Optioned
from portal.forms.kinds.others import ComputedKind
from portal.forms.possible import Compared, Possible, answers, bookings, residents, spread, todays
from portal.forms.problems import Problem
from portal.forms.tables import compile_tables
from portal.forms.trials import SAMPLE
from portal.forms.written import Written

#: Combinations of answers with which one condition is tried.
MOST_TRIALS = 4_000


@dataclass(frozen=True)
class Unreachable:
    """A condition that came out the same in all trials."""

    problem: Problem
    #: whether nothing else can be answered; otherwise only samples were tried
    certain: bool


def unreachable(written: Written, today: date) -> Iterator[Unreachable]:
    """The conditions of a definition without mistakes that are never true, or always."""
    yield from Search(written, today).found()


@dataclass(frozen=True)
class _Outcome:
    ever: bool
    always: bool
    complete: bool


@dataclass(frozen=True)
class _Step:
    """One field, and on what it hangs that it is there."""

    field: AnyCompiled
    conditions: tuple[Expression, ...]

    @staticmethod
    def of(each: AnyCompiled, section: CompiledSection | None) -> "_Step":
        conditions = (section.when if section else None, each.when)
        return _Step(each, tuple(one for one in conditions if one is not None))

    @property
    def id(self) -> str:
        return self.field.id

    @property
    def asks(self) -> bool:
        return not isinstance(self.field, CompiledField) or self.field.kind.asks

    @property
    def expressions(self) -> tuple[Expression, ...]:
        """What decides whether it is there, what it offers, what it comes to."""
        each = self.field
        if isinstance(each, CompiledField) and isinstance(each.kind, ComputedKind | Optioned):
            return (*self.conditions, *each.kind.expressions)
        return self.conditions

    @property
    def names(self) -> frozenset[str]:
        return frozenset().union(*(each.names for each in self.expressions))

    def settle(self, scope: dict[str, Any]) -> None:
        """What the engine sees of it in the scope: nothing where it is hidden or not offered."""
        each = self.field
        there = all(condition.holds(scope) for condition in self.conditions)
        if not isinstance(each, CompiledField):
            scope[each.id] = scope[each.id] if there else []
            return
        if not there:
            scope[each.id] = each.kind.seen(None)
        elif each.computed is not None:
            scope[each.id] = each.kind.seen(each.computed.value(scope))
        elif isinstance(each.kind, ChoiceKind):
            offered = each.kind.conditions.get(scope[each.id])
            if offered is not None and not offered.holds(scope):
                scope[each.id] = None


@dataclass(frozen=True)
class Trials:
    """Combinations of answers, as the engine would see them."""

    context: Mapping[str, Any]
    steps: Sequence[_Step]
    #: what each name may be that isn't computed
    possible: Mapping[str, Possible]

    @property
    def complete(self) -> bool:
        """Whether nothing else can be answered."""
        every = all(each.complete for each in self.possible.values())
        return every and self._total <= MOST_TRIALS

    def scopes(self) -> Iterator[dict[str, Any]]:
        """The combinations: all, or as many as are tried, spread evenly."""
        for number in spread(self._total, MOST_TRIALS):
            scope = dict(self.context)
            for name, each in self.possible.items():
                number, index = divmod(number, len(each.values))
                scope[name] = each.values[index]
            for step in self.steps:
                step.settle(scope)
            yield scope

    @property
    def _total(self) -> int:
        return prod(len(each.values) for each in self.possible.values())


class Search:
    """What can be answered to a definition's questions, to try its conditions with."""

    def __init__(self, written: Written, today: date) -> None:
        definition = written.definition
        self._written = written
        self._today = today
        sections = compile_sections(definition, NOTHING_KNOWN)
        self._ordered = in_order(sections)
        self._fields = {each.id: each for _, each in self._ordered}
        self._sections = {each.id: section for section, each in self._ordered}
        self._tables = compile_tables(definition.tables)
        self._context = {
            **context_scope(SAMPLE),
            SCOPE_KEY: of_procedure(self._tables, Calendar(definition.closed)),
        }

    def found(self) -> Iterator[Unreachable]:
        for place, source in self._written.expressions():
            if place[-1] != "when" or place[0] == "applicants":
                continue
            condition = Expression(source)
            row = self._written.row_fields(place, self._fields)
            guards = tuple(Expression(guard) for guard in self._written.guards(place))
            given = self._written.row_names(place)
            outcome = self._tried(condition, guards, row, given)
            if not outcome.ever:
                told = f"“{source}” is never true{' here' if guards else ''}"
                if not outcome.complete:
                    told += " with any of the sample answers"
                right = "what depends on it can't be reached: another condition, or take it out"
                problem = self._written.source.problem(place, told, right)
                yield Unreachable(problem, outcome.complete)
            elif outcome.always and outcome.complete and not guards:
                problem = self._written.source.problem(
                    place, f"“{source}” is always true", "a condition on an answer, or take it out"
                )
                yield Unreachable(problem, certain=True)

    def _tried(
        self,
        condition: Expression,
        guards: Sequence[Expression],
        row: Mapping[str, AnyCompiled],
        given: Mapping[str, Any],
    ) -> _Outcome:
        trials = self.trials((condition, *guards), row, given)
        ever, always = False, True
        for scope in trials.scopes():
            if not all(guard.holds(scope) for guard in guards):
                continue
            holds = condition.holds(scope)
            ever, always = ever or holds, always and holds
            if ever and not always:
                break
        return _Outcome(ever, always, trials.complete)

    def trials(
        self,
        expressions: Sequence[Expression],
        row: Mapping[str, AnyCompiled],
        given: Mapping[str, Any],
    ) -> Trials:
        """The answers with which some expressions are tried together.

        ``row`` are the fields of the row in which they stand, ``given`` what a fee line knows.
        """
        steps, sources = self._steps(expressions, row)
        names = frozenset().union(*(each.names for each in expressions))
        names = names.union(*(step.names for step in steps))
        return Trials(self._context, steps, self._possible(names, steps, sources, given))

    def _steps(
        self, expressions: Sequence[Expression], row: Mapping[str, AnyCompiled]
    ) -> tuple[list[_Step], list[str]]:
        """The fields that decide about some expressions, in the order of their dependencies."""
        steps: dict[str, _Step] = {}
        todo = [*expressions]
        sources = []
        while todo:
            expression = todo.pop()
            sources.append(expression.source)
            for name in expression.names - steps.keys():
                each = row.get(name) or self._fields.get(name)
                if each is not None:
                    section = None if name in row else self._sections[name]
                    steps[name] = _Step.of(each, section)
                    todo += steps[name].expressions
        order = [*self._fields, *(name for name in row if name not in self._fields)]
        first = [name for name in order if name in steps and name not in row]
        inner = [name for name in order if name in steps and name in row]
        return [steps[name] for name in (*first, *_in_row(inner, steps))], sources

    def _possible(
        self,
        names: frozenset[str],
        steps: Sequence[_Step],
        sources: Sequence[str],
        given: Mapping[str, Any],
    ) -> dict[str, Possible]:
        """What each name may be that isn't computed."""
        looked_up = [self._tables[name] for name in self._tables if any(name in s for s in sources)]
        limits = [n for table in looked_up for depth in range(3) for n in table.limits(depth)]
        compared = Compared.within(sources, limits)
        found = {step.id: answers(step.field, compared, self._today) for step in steps if step.asks}
        definition = self._written.definition
        around: Mapping[str, Possible] = {
            "channel": Possible(definition.channels, complete=True),
            "resident": residents(compared),
            "booking": bookings(compared),
            "today": todays(compared, self._today),
            **{name: Possible((1, *compared.around()), complete=False) for name in given},
        }
        taken = {step.id for step in steps}
        found |= {name: around[name] for name in sorted(names & around.keys() - taken)}
        if "now" in names:
            found["now"] = Possible((self._context["now"],), complete=False)
        return found


def _in_row(names: Sequence[str], steps: Mapping[str, _Step]) -> list[str]:
    """The fields of a row, each after those on which it depends; a circle was refused before."""
    done: dict[str, None] = {}

    def place(name: str) -> None:
        for need in sorted(steps[name].names & set(names) - done.keys()):
            if need != name:
                place(need)
        done[name] = None

    for name in names:
        place(name)
    return list(done)
