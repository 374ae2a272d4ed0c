"""Tables and the expressions that look something up: unknown ones, prices that are missing."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice, product
from typing import Any

from portal.forms.compiled import AnyCompiled, CompiledField, CompiledGroup
from portal.forms.expressions import Expression, ExpressionError
from portal.forms.fields import DecimalField, IntegerField, YenField
from portal.forms.functions import SCOPE_KEY
from portal.forms.kinds.choices import ChoiceKind, YesNoKind
from portal.forms.literals import is_expression
from portal.forms.lookups import Lookup, lookups, row_member, text_of
from portal.forms.problems import Problem, suggest
from portal.forms.source import Place, Source
from portal.forms.tables import CompiledTable, key_text
from portal.forms.trials import scopes

#: Combinations of keys that are looked up for one expression.
MOST_COMBINATIONS = 5_000
#: Missing rows that are verified and named for one expression.
MOST_NAMED = 20


@dataclass(frozen=True)
class Looked:
    """An expression that looks something up, and what holds where it is evaluated."""

    place: Place
    expression: Expression
    #: the fields that it may name, those of its row among them
    fields: Mapping[str, AnyCompiled]
    #: other names: ``rank``, ``number``, the functions of the procedure
    given: Mapping[str, Any]
    #: conditions without which it is never evaluated
    guards: Sequence[Expression]

    @property
    def lookups(self) -> list[Lookup]:
        return list(lookups(self.expression.source))


@dataclass(frozen=True)
class Key:
    """A value that a key may have, and the answers with which it has it."""

    value: Any
    fixed: Mapping[str, Any] = field(default_factory=dict)
    #: conditions of the field and of the option that give it
    guards: tuple[Expression, ...] = ()


def lookup_problems(
    looked: Sequence[Looked],
    tables: Mapping[str, CompiledTable],
    own: Sequence[str],
    source: Source,
) -> Iterator[Problem]:
    """Problems of all lookups of a procedure; ``own`` are the tables that are its alone."""
    for each in looked:
        wrong = list(_calls(each, tables, source))
        yield from wrong
        if not wrong:
            yield from _missing_rows(each, tables, source)
    used = {lookup.table for each in looked for lookup in each.lookups}
    for name in own:
        if name not in used:
            right = "look it up, or take it out"
            yield source.problem(("tables", name), f"no expression looks up “{name}”", right)
        else:
            yield from _idle_rows(tables[name], looked, source)


def _calls(each: Looked, tables: Mapping[str, CompiledTable], source: Source) -> Iterator[Problem]:
    for lookup in each.lookups:
        if lookup.table is None:
            right = 'the name of the table in quotes: lookup("name", key)'
            yield source.problem(each.place, "a lookup without the name of its table", right)
        elif lookup.table not in tables:
            right = suggest(lookup.table, tables)
            yield source.problem(each.place, f"unknown table “{lookup.table}”", right)
        elif len(lookup.keys) != len(tables[lookup.table].by):
            by = tables[lookup.table].by
            found = f"“{lookup.table}” is looked up by {len(lookup.keys)} keys"
            yield source.problem(each.place, found, f"{len(by)}: {', '.join(by)}")


def _missing_rows(
    each: Looked, tables: Mapping[str, CompiledTable], source: Source
) -> Iterator[Problem]:
    missing: dict[tuple[str, tuple[str, ...]], None] = {}
    for lookup in each.lookups:
        table = tables[str(lookup.table)]
        domains = [_domain(each, table, depth, key) for depth, key in enumerate(lookup.keys)]
        if any(domain is None for domain in domains):
            missing |= dict.fromkeys(_tried(each, tables, {}, ()))
            continue
        known = [domain for domain in domains if domain is not None]
        candidates = (
            keys
            for keys in islice(product(*known), MOST_COMBINATIONS)
            if table.missing([key.value for key in keys]) is not None
        )
        for keys in candidates:
            found = _told(table, [key.value for key in keys])
            if found in missing:
                continue
            fixed = _merged(keys)
            guards = tuple(guard for key in keys for guard in key.guards)
            if found in _tried(each, tables, fixed, guards):
                missing[found] = None
            if len(missing) >= MOST_NAMED:
                break
    for name, told in missing:
        by = ", ".join(f"{what} {key}" for what, key in zip(tables[name].by, told, strict=False))
        yield source.problem(
            each.place, f"no row in table “{name}” for {by}", f"a row for it under “{name}”"
        )


def _told(table: CompiledTable, values: Sequence[Any]) -> tuple[str, tuple[str, ...]]:
    return table.name, tuple(key_text(key) for key in table.missing(values) or ())


def _merged(keys: Sequence[Key]) -> dict[str, Any]:
    """The answers for several keys; those of one group's row together."""
    fixed: dict[str, Any] = {}
    for key in keys:
        for name, value in key.fixed.items():
            row = isinstance(value, dict) and isinstance(fixed.get(name), dict)
            fixed[name] = {**fixed[name], **value} if row else value
    return fixed


def _tried(
    each: Looked,
    tables: Mapping[str, CompiledTable],
    fixed: Mapping[str, Any],
    guards: Sequence[Expression],
) -> set[tuple[str, tuple[str, ...]]]:
    """The rows that an expression doesn't find in its trials."""
    missed: set[tuple[str, tuple[str, ...]]] = set()
    needed = (each.expression, *each.guards, *guards)
    for scope in scopes(needed, each.fields, each.given, fixed):
        if all(guard.holds(scope) for guard in (*each.guards, *guards)):
            functions = {**scope[SCOPE_KEY], "lookup": forgiving(tables, missed.add)}
            with suppress(ExpressionError):
                each.expression.evaluate(scope.new_child({SCOPE_KEY: functions}))
    return missed


def forgiving(
    tables: Mapping[str, CompiledTable],
    note: Callable[[tuple[str, tuple[str, ...]]], object] = bool,
) -> Callable[..., Any]:
    """``lookup`` for trials: notes what it doesn't find, and gives some value of the table."""

    def lookup(name: str, *keys: Any) -> Any:
        table = tables.get(name)
        if None in keys:
            return None
        if table is None or len(keys) != len(table.by):
            return 0
        if table.missing(keys) is None:
            return table.find(keys)
        note(_told(table, keys))
        return table.sample()

    return lookup


def _domain(each: Looked, table: CompiledTable, depth: int, written: str) -> list[Key] | None:
    """The values that a key may have; None where its text doesn't show them."""
    literal = text_of(written)
    if literal is not None or written.isdecimal():
        return [Key(literal if literal is not None else int(written))]
    member = row_member(each.expression.source, written)
    if member is not None:
        group = each.fields.get(member[0])
        inner = group.fields if isinstance(group, CompiledGroup) else ()
        found = next((one for one in inner if one.id == member[1]), None)
        values = None if found is None else _values(found, table.limits(depth))
        return values and [Key(key.value, {member[0]: {member[1]: key.value}}) for key in values]
    single = each.fields.get(written)
    if not isinstance(single, CompiledField):
        return None
    values = _values(single, table.limits(depth))
    there = () if single.when is None else (single.when,)
    return values and [
        Key(key.value, {written: key.value}, (*there, *key.guards)) for key in values
    ]


def _values(each: CompiledField, limits: frozenset[int]) -> list[Key] | None:
    """The answers to a question as expressions see them; of a number, those that matter."""
    if isinstance(each.kind, ChoiceKind):
        conditions = each.kind.conditions
        return [
            Key(option.value, guards=(conditions[option.value],))
            if option.value in conditions
            else Key(option.value)
            for option in each.kind.options
        ]
    if isinstance(each.kind, YesNoKind):
        return [Key(True), Key(False)]
    definition = each.definition
    if not isinstance(definition, IntegerField | YenField | DecimalField):
        return None
    low, high = (_limit(each, limit) for limit in (definition.min, definition.max))
    edges = {limit + step for limit in limits for step in (0, 1)}
    bounds = {bound for bound in (low, high) if bound is not None}
    return [
        Key(value)
        for value in sorted(edges | bounds)
        if (low is None or low <= value) and (high is None or value <= high)
    ]


def _limit(each: CompiledField, limit: int | str) -> int | None:
    """A fixed limit as expressions see the number; None where it follows other answers."""
    if is_expression(limit):
        return None
    if isinstance(each.definition, DecimalField):
        found = each.kind.seen(str(limit))
        return found if isinstance(found, int) else None
    return int(limit)


def _idle_rows(table: CompiledTable, looked: Sequence[Looked], source: Source) -> Iterator[Problem]:
    """Rows of a procedure's own table that none of its lookups can reach."""
    wanted: list[set[str] | None] = [set() for _ in table.by]
    for each in looked:
        for lookup in each.lookups:
            if lookup.table != table.name or len(lookup.keys) != len(table.by):
                continue
            for depth, written in enumerate(lookup.keys):
                domain = _domain(each, table, depth, written)
                known = wanted[depth]
                if domain is None:
                    wanted[depth] = None
                elif known is not None:
                    known |= {key_text(key.value) for key in domain}
    told: set[tuple[int, str]] = set()
    for keys in table.rows():
        for depth, key in enumerate(keys):
            known = wanted[depth]
            if key is None or known is None or key in known or (depth, key) in told:
                continue
            told.add((depth, key))
            place = ("tables", table.name, "rows", *(k for k in keys[: depth + 1] if k is not None))
            yield source.problem(
                place,
                f"no answer leads to row “{key}” of “{table.name}”",
                suggest(key, known),
            )
