"""What a shape can't show: names, expressions, options, fees, cycles."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from portal.forms.calendar import Calendar
from portal.forms.compiled import (
    AnyCompiled,
    CompiledField,
    CompiledSection,
    Cycle,
    compile_sections,
    in_order,
    walk,
)
from portal.forms.definition import ProcedureDefinition
from portal.forms.evaluation import BOOKING, RESIDENT, context_scope
from portal.forms.export_lint import export_problems
from portal.forms.expressions import BUILT_IN, FUNCTIONS, OF_PROCEDURE, Expression
from portal.forms.fee_lint import NUMBERS, FeeCheck
from portal.forms.field_lint import expressions_of, field_problems, limit_type
from portal.forms.fields import GroupField
from portal.forms.functions import SCOPE_KEY, of_procedure
from portal.forms.kinds.choices import Optioned
from portal.forms.lint_admission import admission_problems
from portal.forms.literals import LIMITS
from portal.forms.lookup_lint import Looked, forgiving, lookup_problems
from portal.forms.mending import without_broken, without_doubles
from portal.forms.miswritten import meant_by
from portal.forms.problems import Problem, suggest
from portal.forms.source import Place, Source
from portal.forms.table_lint import lint_table
from portal.forms.tables import compile_tables
from portal.forms.trials import SAMPLE, mistake
from portal.forms.written import Written, places_of_fields


def lint(
    definition: ProcedureDefinition, source: Source, *, accounts: Iterable[str], raw_ids: set[str]
) -> list[Problem]:
    """All problems of one procedure beyond its shape.

    ``raw_ids`` are the fields as written, so that one that is wrong itself isn't unknown as well.
    """
    return list(_Linter(definition, source, set(accounts), raw_ids).problems())


class _Linter:
    def __init__(
        self,
        definition: ProcedureDefinition,
        source: Source,
        accounts: set[str],
        raw_ids: set[str],
    ) -> None:
        self._definition = definition
        self._source = source
        self._accounts = accounts
        self._raw_ids = raw_ids
        self._written = Written(definition, source)

    def problems(self) -> Iterator[Problem]:
        yield from self._duplicates()
        yield from export_problems(self._definition, self._source)
        syntax = list(self._syntax())
        yield from syntax
        if syntax:
            self._definition = without_broken(self._definition)
        # A second field of a name would be taken for the first one: a circle, or a wrong type.
        self._definition = without_doubles(self._definition)
        self._written = Written(self._definition, self._source)
        yield from self._fields()
        try:
            sections = compile_sections(self._definition)
            in_order(sections)
        except Cycle as cycle:
            place = self._written.place(cycle.ids[0])
            yield self._source.problem(
                place,
                f"a circle of conditions: {cycle}",
                "a field can depend only on fields that don't depend on it",
            )
            return
        fields = {field.id: field for _, field in walk(sections)}
        self._tables_ready = compile_tables(self._definition.tables)
        self._functions = {
            **of_procedure(self._tables_ready, Calendar(self._definition.closed)),
            "lookup": forgiving(self._tables_ready),
        }
        yield from self._names(sections)
        yield from self._limits(fields)
        if fees := self._definition.fees:
            yield from FeeCheck(
                self._definition, fees, fields, self._accounts, self._raw_ids, self._source
            ).problems()
        yield from admission_problems(self._definition, fields, self._raw_ids, self._source)
        yield from self._tables(fields, all_parsed=not syntax)
        yield from self._checks(sections)

    def _duplicates(self) -> Iterator[Problem]:
        d = self._definition
        for what, ids, place in (
            ("section", [s.id for s in d.sections], ("sections",)),
            ("field", [f.id for s in d.sections for f in s.fields], ("sections",)),
        ):
            for name, times in Counter(ids).items():
                if times > 1:
                    where = self._second(name) if what == "field" else place
                    yield self._source.problem(
                        where, f"{times} {what}s are called “{name}”", "an id of its own for each"
                    )
        for group in self._groups():
            for name, times in Counter(field.id for field in group.fields).items():
                if times > 1:
                    ids = [field.id for field in group.fields]
                    second = ids.index(name, ids.index(name) + 1)
                    yield self._source.problem(
                        (*self._written.place(group.id, "fields"), second),
                        f"{times} fields of “{group.id}” are called “{name}”",
                        "an id of its own for each",
                    )

    def _second(self, name: str) -> Place:
        places = [
            place for field_id, place in places_of_fields(self._source.content) if field_id == name
        ]
        return places[1] if len(places) > 1 else self._written.place(name)

    def _groups(self) -> Iterator[GroupField]:
        for section in self._definition.sections:
            for field in section.fields:
                if isinstance(field, GroupField):
                    yield field

    def _syntax(self) -> Iterator[Problem]:
        """Every expression that can't be parsed."""
        for place, written in self._written.expressions():
            try:
                Expression(written)
            except ValueError as error:
                yield self._source.problem(
                    place, f"not an expression: {written!r}", meant_by(written, str(error))
                )

    def _fields(self) -> Iterator[Problem]:
        """Defaults and bounds that contradict their own field."""
        for field, place in self._written.fields():
            yield from field_problems(field, place, self._source)

    def _names(self, sections: Sequence[CompiledSection]) -> Iterator[Problem]:
        """Unknown names, members, functions and options in expressions; wrong types."""
        fields = {field.id: field for _, field in walk(tuple(sections))}
        for place, written in self._written.expressions():
            expression = Expression(written)
            scope_fields = {**fields, **self._written.row_fields(place, fields)}
            yield from self._known_names(expression, place, scope_fields)
            yield from self._known_options(expression, place, scope_fields)
            wanted: type = int if place[-1] in (*NUMBERS, "takes") else bool
            if place[-1] in ("value", *LIMITS):
                wanted = object
            if wrong := mistake(expression, scope_fields, wanted, self._given(place)):
                yield self._source.problem(place, *wrong)

    def _limits(self, fields: Mapping[str, AnyCompiled]) -> Iterator[Problem]:
        """Limits that give something else than the field they limit."""
        for field, here in self._written.fields():
            for place, written in expressions_of(field, here):
                if place[-1] not in LIMITS:
                    continue
                scope = {**fields, **self._written.row_fields(place, fields)}
                wanted = limit_type(field, str(place[-1]))
                if wrong := mistake(Expression(written), scope, wanted, self._given(place)):
                    yield self._source.problem(place, *wrong)

    def _known_names(
        self, expression: Expression, place: Place, fields: Mapping[str, AnyCompiled]
    ) -> Iterator[Problem]:
        context = context_scope(SAMPLE)
        known = set(fields) | set(context) | set(self._given(place)) - {SCOPE_KEY} | self._raw_ids
        for name in sorted(expression.names - known):
            right = suggest(name, known)
            if name in self._options_of(expression, fields):
                right = f'an option stands in quotes: "{name}"'
            yield self._source.problem(
                place, f"unknown name “{name}” in {expression.source!r}", right
            )
        functions = set(FUNCTIONS) | OF_PROCEDURE | BUILT_IN
        for call in sorted(expression.calls - functions):
            yield self._source.problem(
                place, f"unknown function “{call}”", suggest(call, functions)
            )
        members: dict[str, Any] = {
            "resident": {key: {} for key in RESIDENT},
            "booking": {key: {} for key in BOOKING},
        }
        for path in sorted(expression.paths()):
            each = fields.get(path[0])
            node: Any = members.get(path[0])
            if isinstance(each, CompiledField) and each.kind.asks:
                node = each.kind.members
            if node is None:
                continue
            for step in path[1:]:
                if step not in node:
                    yield self._source.problem(
                        place, f"unknown “{'.'.join(path)}”", suggest(step, node)
                    )
                    break
                node = node[step]
        if "booking" in expression.names and self._definition.booking is None:
            yield self._source.problem(
                place, "“booking” in a procedure that books nothing", "add “booking: {facility: …}”"
            )

    @staticmethod
    def _options_of(expression: Expression, fields: Mapping[str, AnyCompiled]) -> set[str]:
        """The options of all choices that an expression names."""
        return {
            option.value
            for name in expression.names & set(fields)
            if isinstance(each := fields[name], CompiledField) and isinstance(each.kind, Optioned)
            for option in each.kind.options
        }

    def _known_options(
        self, expression: Expression, place: Place, fields: Mapping[str, AnyCompiled]
    ) -> Iterator[Problem]:
        for name, literal in sorted(expression.literals()):
            each = fields.get(name)
            if isinstance(each, CompiledField) and isinstance(each.kind, Optioned):
                values = [option.value for option in each.kind.options]
                if literal not in values:
                    yield self._source.problem(
                        place, f"“{literal}” is no option of “{name}”", suggest(literal, values)
                    )

    def _tables(self, fields: Mapping[str, AnyCompiled], *, all_parsed: bool) -> Iterator[Problem]:
        """The procedure's own tables, and all that is looked up."""
        written = self._source.content.get("tables")
        own = [name for name in self._definition.tables if name in (written or {})]
        wrong = [
            problem
            for name in own
            for problem in lint_table(self._definition.tables[name], self._source, ("tables", name))
        ]
        yield from wrong
        if not wrong:
            # What can't be parsed may be what looks a table up.
            asked = own if all_parsed else []
            yield from lookup_problems(
                list(self._looked(fields)), self._tables_ready, asked, self._source
            )

    def _looked(self, fields: Mapping[str, AnyCompiled]) -> Iterator[Looked]:
        """The expressions that look something up, with the conditions that stand before them."""
        for place, written in self._written.expressions():
            if "lookup" in written:
                inner = self._written.row_fields(place, fields)
                guards = tuple(Expression(guard) for guard in self._written.guards(place))
                scope = {**fields, **inner}
                yield Looked(place, Expression(written), scope, self._given(place), guards)

    def _given(self, place: Place) -> Mapping[str, Any]:
        """The names beside fields and context: what a fee line knows of its row, functions."""
        return {SCOPE_KEY: self._functions, **self._written.row_names(place)}

    def _checks(self, sections: Sequence[CompiledSection]) -> Iterator[Problem]:
        known = {field.id for _, field in walk(tuple(sections))} | self._raw_ids
        for number, check in enumerate(self._definition.checks):
            if check.field not in known:
                yield self._source.problem(
                    ("checks", number, "field"),
                    f"unknown field “{check.field}”",
                    suggest(check.field, known),
                )


def raw_ids(content: Any) -> set[str]:
    """The fields that a file means to define, right or wrong, those of groups included."""
    ids = set()
    for field_id, place in places_of_fields(content):
        ids.add(field_id)
        node = content["sections"][place[1]]["fields"][place[3]]
        for inner in node.get("fields") or ():
            if isinstance(inner, dict) and isinstance(inner.get("id"), str):
                ids.add(inner["id"])
    return ids
