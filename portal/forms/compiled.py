"""A definition compiled: expressions parsed, kinds made, and the order in which fields depend."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from portal.forms.definition import Check, ProcedureDefinition
from portal.forms.definition import Section as SectionDefinition
from portal.forms.directories import NOTHING_KNOWN, Directories
from portal.forms.expressions import Expression, ExpressionError, compiled
from portal.forms.fields import MAX_ROWS, FieldBase, GroupField
from portal.forms.kinds.base import Kind
from portal.forms.kinds.others import ComputedKind, FileKind
from portal.forms.kinds.registry import kind_of


@dataclass(frozen=True)
class CompiledField:
    """A field that is not a group."""

    definition: FieldBase
    kind: Kind
    when: Expression | None

    @cached_property
    def id(self) -> str:
        return self.definition.id

    @cached_property
    def required(self) -> bool:
        return self.definition.required

    @cached_property
    def control_names(self) -> tuple[tuple[str, str], ...]:
        """Suffix and name of each of its controls; within a row the row's prefix comes before."""
        suffixes = dict.fromkeys(("", *self.kind.controls))
        return tuple((each, f"{self.id}.{each}" if each else self.id) for each in suffixes)

    @cached_property
    def computed(self) -> ComputedKind | None:
        """The kind, where nobody is asked."""
        return self.kind if isinstance(self.kind, ComputedKind) else None

    @cached_property
    def file(self) -> FileKind | None:
        """The kind, where the answers are attachments."""
        return self.kind if isinstance(self.kind, FileKind) else None

    def carried(self, value: Any) -> Any:
        """What of an answer may be offered in another application; None for nothing."""
        return value if self.kind.carries else None

    @property
    def default(self) -> Any:
        """What is offered before the person has answered, as an answer; None for nothing."""
        default = getattr(self.definition, "default", None)
        return list(default) if isinstance(default, tuple) else default

    @cached_property
    def expressions(self) -> tuple[Expression, ...]:
        """All its expressions: when it is there, which options, which days, what it comes to."""
        return (*([self.when] if self.when else []), *self.kind.expressions)

    @cached_property
    def names(self) -> frozenset[str]:
        """The names on which it depends."""
        return frozenset().union(*(expression.names for expression in self.expressions))


@dataclass(frozen=True)
class CompiledGroup:
    """Rows of fields."""

    definition: GroupField
    fields: tuple[CompiledField, ...]
    #: the same fields, each after those on which it depends
    ordered: tuple[CompiledField, ...]
    when: Expression | None
    #: fewest and most rows, where the definition says so
    least: int | Expression | None = None
    most: int | Expression | None = None

    @cached_property
    def id(self) -> str:
        return self.definition.id

    def carried(self, rows: Any) -> Any:
        """The rows without what stays with the application that it came with."""
        travels = {field.id for field in self.fields if field.kind.carries}
        kept = [{name: row[name] for name in row if name in travels} for row in rows]
        return [row for row in kept if row] or None

    @property
    def min_items(self) -> int:
        """Fewest rows, whatever the other answers are."""
        if isinstance(self.least, int):
            return self.least
        return 1 if self.definition.required else 0

    @property
    def max_items(self) -> int:
        """Most rows, whatever the other answers are."""
        return self.most if isinstance(self.most, int) else MAX_ROWS

    def bounds(self, scope: Mapping[str, Any]) -> tuple[int, int]:
        """Fewest and most rows with these answers."""
        least = _rows(self.least, scope, self.min_items)
        return least, max(least, _rows(self.most, scope, self.max_items))

    @cached_property
    def names(self) -> frozenset[str]:
        """The names outside its rows on which it depends."""
        own = {field.id for field in self.fields}
        inner = frozenset().union(*(field.names for field in self.fields)) - own
        outer = (self.when, self.least, self.most)
        return inner.union(*(each.names for each in outer if isinstance(each, Expression)))


def _rows(limit: int | Expression | None, scope: Mapping[str, Any], otherwise: int) -> int:
    """A number of rows; ``otherwise`` while it depends on an answer that isn't there yet."""
    if not isinstance(limit, Expression):
        return otherwise
    try:
        found = limit.evaluate(scope)
    except ExpressionError:
        return otherwise
    return min(max(found, 0), MAX_ROWS) if type(found) is int else otherwise


AnyCompiled = CompiledField | CompiledGroup


@dataclass(frozen=True)
class CompiledSection:
    definition: SectionDefinition
    when: Expression | None
    fields: tuple[AnyCompiled, ...]

    @cached_property
    def id(self) -> str:
        return self.definition.id

    @cached_property
    def for_residents(self) -> "CompiledSection":
        """The section without what only staff may see and fill in."""
        fields = tuple(each for each in self.fields if not each.definition.staff_only)
        return self if len(fields) == len(self.fields) else replace(self, fields=fields)

    @cached_property
    def for_office(self) -> "CompiledSection":
        """The section with just what only staff may see and fill in."""
        fields = tuple(each for each in self.fields if each.definition.staff_only)
        return replace(self, fields=fields)

    def asked_of(self, *, staff: bool, office: bool) -> "CompiledSection":
        """The section as a resident's page asks it, a page with staff, or the office's own."""
        if office:
            return self.for_office
        return self if staff else self.for_residents

    @cached_property
    def ids(self) -> frozenset[str]:
        """Its fields."""
        return frozenset(each.id for each in self.fields)

    @cached_property
    def conditional(self) -> bool:
        """Whether one of its fields, or one in their rows, comes and goes with the answers."""
        inner = (
            one for each in self.fields if isinstance(each, CompiledGroup) for one in each.fields
        )
        return any(one.when is not None for one in (*self.fields, *inner))


@dataclass(frozen=True)
class CompiledCheck:
    definition: Check
    when: Expression


class Cycle(Exception):
    """Fields that depend on each other in a circle."""

    def __init__(self, ids: tuple[str, ...]) -> None:
        super().__init__(" → ".join(ids))
        self.ids = ids


def compile_field(field: FieldBase, directories: Directories = NOTHING_KNOWN) -> AnyCompiled:
    """One field. Raises ValueError where an expression isn't CEL, Cycle within a group's row."""
    if isinstance(field, GroupField):
        rows = (compile_field(child, directories) for child in field.fields)
        inner = tuple(row for row in rows if isinstance(row, CompiledField))
        by_id = {row.id: row for row in inner}
        ordered = tuple(by_id[name] for name in _sorted({row.id: row.names for row in inner}))
        least, most = (
            Expression(written) if isinstance(written, str) else written
            for written in (field.min_items, field.max_items)
        )
        return CompiledGroup(field, inner, ordered, compiled(field.when), least, most)
    return CompiledField(field, kind_of(field, directories), compiled(field.when))


def compile_sections(
    definition: ProcedureDefinition, directories: Directories = NOTHING_KNOWN
) -> tuple[CompiledSection, ...]:
    return tuple(
        CompiledSection(
            section,
            compiled(section.when),
            tuple(compile_field(field, directories) for field in section.fields),
        )
        for section in definition.sections
    )


def walk(sections: tuple[CompiledSection, ...]) -> Iterator[tuple[CompiledSection, AnyCompiled]]:
    """Every field with its section, in the order of the definition."""
    for section in sections:
        for field in section.fields:
            yield section, field


def in_order(
    sections: tuple[CompiledSection, ...],
) -> tuple[tuple[CompiledSection, AnyCompiled], ...]:
    """The fields so that each comes after those on which it depends. Raises Cycle."""
    placed = {field.id: (section, field) for section, field in walk(sections)}
    needs = {
        field.id: field.names | (section.when.names if section.when else frozenset())
        for section, field in placed.values()
    }
    return tuple(placed[name] for name in _sorted(needs))


def _sorted(needs: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    """The names so that each comes after those that it needs; otherwise in their own order."""
    done: dict[str, None] = {}

    def place(name: str, trail: tuple[str, ...]) -> None:
        if name in done or name not in needs:
            return
        if name in trail:
            raise Cycle((*trail[trail.index(name) :], name))
        for need in sorted(needs[name]):
            place(need, (*trail, name))
        done[name] = None

    for name in needs:
        place(name, ())
    return tuple(done)
