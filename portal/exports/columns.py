"""Which columns the applications of a procedure have, and what stands in them.

The columns follow from the definition alone, so that they are the same on a day with two
applications and on one with two hundred. A group of rows (children) is a table of its own.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from portal.exports.head import Exported
from portal.forms import Procedure
from portal.forms.export_lint import EXPORT_HEAD, ROWS_HEAD
from portal.forms.fields import FieldBase, GroupField, NoteField, RankedField
from portal.forms.kinds.registry import kind_of

#: Between the things of which somebody chose several, and between the names of files.
BETWEEN = ";"

#: Keys and places from an answer down to one value.
Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Column:
    """A column, and where its value is: the first place that has one.

    Two versions of a procedure may keep the same thing under different ids.
    """

    name: str
    paths: tuple[Path, ...]


@dataclass(frozen=True)
class Table:
    """One file of an export."""

    #: of the file, without its ending
    id: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def tables(procedures: Sequence[Procedure], applications: Sequence[Exported]) -> tuple[Table, ...]:
    """The applications with one row each, then a table for each group of rows.

    ``procedures`` are the versions with which they were begun, the newest first.
    """
    main = _merged(column for each in procedures for column in _columns(_single(each)))
    groups = {group.id: group for each in reversed(procedures) for group in _groups(each)}
    return (
        Table(
            "applications",
            (*EXPORT_HEAD, *(column.name for column in main)),
            tuple((*each.head, *_cells(main, each.answers)) for each in applications),
        ),
        *(_group_table(group_id, procedures, applications) for group_id in groups),
    )


def _group_table(
    group_id: str, procedures: Sequence[Procedure], applications: Sequence[Exported]
) -> Table:
    versions = [group for each in procedures for group in _groups(each) if group.id == group_id]
    columns = _merged(column for each in versions for column in _columns(each.fields))
    rows = tuple(
        (each.reference, str(number), *_cells(columns, row))
        for each in applications
        for number, row in enumerate(each.answers.get(group_id) or (), start=1)
    )
    return Table(
        f"applications.{group_id}",
        (*ROWS_HEAD, *(column.name for column in columns)),
        rows,
    )


def _fields(procedure: Procedure) -> Iterator[FieldBase]:
    for section in procedure.definition.sections:
        yield from section.fields


def _single(procedure: Procedure) -> list[FieldBase]:
    return [field for field in _fields(procedure) if not isinstance(field, GroupField)]


def _groups(procedure: Procedure) -> list[GroupField]:
    return [field for field in _fields(procedure) if isinstance(field, GroupField)]


def _columns(fields: Sequence[FieldBase]) -> Iterator[Column]:
    for field in fields:
        if isinstance(field, NoteField):
            continue
        name = field.export or field.id
        if isinstance(field, RankedField):
            for rank in range(field.max):
                yield Column(f"{name}.{rank + 1}", ((field.id, rank),))
            continue
        for part in _parts(kind_of(field).members):
            yield Column(".".join((name, *part)), ((field.id, *part),))


def _parts(members: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    """The values inside an answer: ``("name", "family")``; one without a name where it is one."""
    if not members:
        yield ()
    for name, inner in members.items():
        for part in _parts(inner):
            yield (name, *part)


def _merged(columns: Iterator[Column]) -> tuple[Column, ...]:
    """The columns of all versions, each name once; a place keeps its newest name."""
    paths: dict[str, list[Path]] = {}
    placed: set[Path] = set()
    for column in columns:
        here = paths.setdefault(column.name, [])
        here += [path for path in column.paths if path not in placed]
        placed |= set(column.paths)
    return tuple(Column(name, tuple(found)) for name, found in paths.items() if found)


def _cells(columns: Sequence[Column], answers: Mapping[str, Any]) -> Iterator[str]:
    for column in columns:
        values = (_at(answers, path) for path in column.paths)
        yield _cell(next((value for value in values if value is not None), None))


def _at(value: Any, path: Path) -> Any:
    """What an answer has at a place; None where it hasn't."""
    for step in path:
        if isinstance(step, str):
            value = value.get(step) if isinstance(value, Mapping) else None
        else:
            value = value[step] if isinstance(value, list) and step < len(value) else None
    return value


def _cell(value: Any) -> str:
    """A value as text: yes and no are 1 and 0, of a file there is its name."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, list):
        return BETWEEN.join(_cell(each) for each in value)
    if isinstance(value, Mapping):
        return (
            str(value["filename"])
            if "filename" in value
            else json.dumps(value, ensure_ascii=False, sort_keys=True)
        )
    return str(value)
