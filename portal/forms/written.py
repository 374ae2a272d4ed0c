"""The expressions of a definition: where each stands, what it may name, what must hold."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from portal.forms.acting import ACTING, acts_for_others
from portal.forms.compiled import AnyCompiled, CompiledGroup
from portal.forms.definition import ProcedureDefinition
from portal.forms.fee_lint import expressions_of_fees
from portal.forms.fees import FeeLine
from portal.forms.field_lint import expressions_of
from portal.forms.fields import FieldBase, GroupField
from portal.forms.source import Place, Source


class Written:
    """A definition beside the file in which its author wrote it."""

    def __init__(self, definition: ProcedureDefinition, source: Source) -> None:
        self.definition = definition
        self.source = source

    @cached_property
    def _places(self) -> Mapping[str, Place]:
        # Of two that have the same id the first counts.
        return dict(reversed([*places_of_fields(self.source.content)]))

    @cached_property
    def _conditions(self) -> Mapping[tuple[str | int, ...], str]:
        return {tuple(place): each for place, each in self.expressions() if place[-1] == "when"}

    def place(self, field_id: str, *rest: str) -> Place:
        """Where a field of the top level stands."""
        # What is in no section of the file is asked by the engine because of “applicants:”.
        return (*self._places.get(field_id, ("applicants", field_id)), *rest)

    def expressions(self) -> Iterator[tuple[Place, str]]:
        """All expressions with their places."""
        d = self.definition
        # What the engine itself put in front (だれの申請ですか) is no section of the file.
        first = -1 if acts_for_others(d) and d.sections[0].id == ACTING else 0
        for number, section in enumerate(d.sections, first):
            if section.when:
                yield ("sections", number, "when"), section.when
        for field, place in self.fields():
            yield from expressions_of(field, place)
        for number, check in enumerate(d.checks):
            yield ("checks", number, "when"), check.when
        yield from expressions_of_fees(d.fees)
        for number, step in enumerate(d.review):
            if step.when:
                yield ("review", number, "when"), step.when
        if d.capacity and d.capacity.takes:
            yield ("capacity", "takes"), d.capacity.takes
        if d.outcome and d.outcome.hold_when:
            yield ("outcome", "hold_when"), d.outcome.hold_when

    def fields(self) -> Iterator[tuple[FieldBase, Place]]:
        """Every field, those of rows included, and where it stands."""
        for section in self.definition.sections:
            for field in section.fields:
                here = self.place(field.id)
                yield field, here
                if isinstance(field, GroupField):
                    for index, inner in enumerate(field.fields):
                        yield inner, (*here, "fields", index)

    def row_fields(
        self, place: Place, fields: Mapping[str, AnyCompiled]
    ) -> Mapping[str, AnyCompiled]:
        """The fields of the row in which an expression stands."""
        group: AnyCompiled | None = None
        if place[0] == "fees":
            line = self.line_at(place)
            group = fields.get(line.each) if line and line.each else None
        else:
            for field_id, each in fields.items():
                start = tuple(self.place(field_id, "fields"))
                if isinstance(each, CompiledGroup) and tuple(place[: len(start)]) == start:
                    group = each
        if not isinstance(group, CompiledGroup):
            return {}
        return {inner.id: inner for inner in group.fields}

    def row_names(self, place: Place) -> Mapping[str, Any]:
        """What a fee line knows of its row beside the answers, with a value that it may have."""
        line = self.line_at(place)
        if line is None or line.each is None:
            return {}
        return {"number": 1, **({"rank": 1} if line.rank_by else {})}

    def line_at(self, place: Place) -> FeeLine | None:
        """The fee line in which an expression stands."""
        fees = self.definition.fees
        return fees.lines[int(place[2])] if fees and tuple(place[:2]) == ("fees", "lines") else None

    def guards(self, place: Place) -> Iterator[str]:
        """The conditions without which the expression at a place is never evaluated."""
        for length in range(1, len(place)):
            guard = (*place[:length], "when")
            if guard != tuple(place) and guard in self._conditions:
                yield self._conditions[guard]


def places_of_fields(content: Any) -> Iterator[tuple[str, Place]]:
    """Each top-level field of a file and where it stands."""
    sections = content.get("sections") if isinstance(content, dict) else None
    for number, section in enumerate(sections if isinstance(sections, list) else ()):
        fields = section.get("fields") if isinstance(section, dict) else None
        for index, field in enumerate(fields if isinstance(fields, list) else ()):
            if isinstance(field, dict) and isinstance(field.get("id"), str):
                yield field["id"], ("sections", number, "fields", index)
