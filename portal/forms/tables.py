"""料金表: values by one to three keys, of which any may be a band. Frozen.

What a table says is looked up by ``lookup("name", key, …)`` in expressions.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from portal.forms.fields import Strict, Text

TableName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,59}$")]

#: Levels of keys that a person still reads as a table.
MAX_KEYS = 3


class Table(Strict):
    """Rows of values. ``portal.forms.lint`` holds the shape of ``rows``, line by line.

    A level is either ``{key: …}`` or a list of bands ``{to: 5, is: …}`` (5 and less),
    ``{below: 6, is: …}`` (less than 6), the last without limit. What stands at the end is a whole
    number (yen, as a rule) or a text.
    """

    #: what the keys are, for messages
    by: Annotated[tuple[Text, ...], Field(min_length=1, max_length=MAX_KEYS)]
    rows: Annotated[dict[Any, Any] | list[Any], Field(min_length=1)]


Tables = Annotated[dict[TableName, Table], Field(default_factory=dict)]


class TablesFile(Strict):
    """A file under ``tables/``: what several procedures share."""

    tables: Annotated[dict[TableName, Table], Field(min_length=1)]


#: ``lookup("name", …`` in an expression.
_LOOKUP = re.compile(r"""\blookup\s*\(\s*(["'])([^"']*)\1""")


def with_shared(content: Any, shared: Mapping[str, Any]) -> Any:
    """A procedure's file with the shared tables that its expressions look up."""
    if not isinstance(content, dict):
        return content
    own = content.get("tables") or {}
    used = {name for text in _texts(content) for _, name in _LOOKUP.findall(text)}
    borrowed = {name: shared[name] for name in sorted(used & set(shared))}
    if not borrowed or not isinstance(own, dict):
        return content
    return {**content, "tables": {**borrowed, **own}}


def _texts(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for value in node.values():
            yield from _texts(value)
    elif isinstance(node, list):
        for value in node:
            yield from _texts(value)


class NoRow(LookupError):
    """A table has no row for the keys. Says which table and which key."""


@dataclass(frozen=True)
class Band:
    """All keys up to a limit; None for all that are left."""

    limit: int | date | None
    #: whether the limit itself is within
    including: bool
    value: Any

    def holds(self, key: int | date) -> bool:
        if self.limit is None:
            return True
        if isinstance(key, date) != isinstance(self.limit, date):
            return False
        return key <= self.limit if self.including else key < self.limit  # type: ignore[operator]


@dataclass(frozen=True)
class CompiledTable:
    """A table made ready to be looked up."""

    name: str
    by: tuple[str, ...]
    #: by level: rows by the text of their key, or bands; at the end a number or a text
    root: Any

    def find(self, keys: Sequence[Any]) -> int | str:
        """The value for keys. Raises NoRow, or TypeError for another number of keys."""
        if len(keys) != len(self.by):
            raise TypeError(f"table “{self.name}” is looked up by {', '.join(self.by)}")
        node = self.root
        for what, key in zip(self.by, keys, strict=True):
            node = _step(node, key)
            if node is None:
                raise NoRow(f"table “{self.name}” has no row for {what} {key_text(key)}")
        if isinstance(node, bool) or not isinstance(node, int | str):
            shown = ", ".join(map(key_text, keys))
            raise NoRow(f"table “{self.name}” has no value for {shown}")
        return node

    def missing(self, keys: Sequence[Any]) -> tuple[Any, ...] | None:
        """The keys up to the first one that has no row; None where there is a value."""
        node = self.root
        for depth, key in enumerate(keys):
            node = _step(node, key)
            if node is None:
                return tuple(keys[: depth + 1])
        return None

    def sample(self) -> int | str | None:
        """Any of its values; None where there is none."""
        node = self.root
        while isinstance(node, Mapping | tuple):
            inner = [each.value for each in node] if isinstance(node, tuple) else [*node.values()]
            node = inner[0] if inner else None
        return node if isinstance(node, int | str) else None

    def limits(self, depth: int) -> frozenset[int]:
        """The whole numbers at which the bands of a level end, or by which its rows are named."""
        return frozenset(_limits(self.root, depth))

    def values(self) -> Iterator[int | str]:
        """All that it says, in its order."""
        yield from _values(self.root)

    def rows(self) -> Iterator[tuple[str | None, ...]]:
        """The keys of all rows; None at a level of bands."""
        yield from _keys(self.root, len(self.by))


def _values(node: Any) -> Iterator[int | str]:
    if isinstance(node, tuple):
        for each in node:
            yield from _values(each.value)
    elif isinstance(node, Mapping):
        for value in node.values():
            yield from _values(value)
    elif isinstance(node, int | str):
        yield node


def compile_tables(tables: Mapping[str, Table]) -> Mapping[str, CompiledTable]:
    return {
        name: CompiledTable(name, table.by, _ready(table.rows)) for name, table in tables.items()
    }


def band(written: Any) -> Band | None:
    """A band from ``{to: …, is: …}``; None where it is none."""
    if not isinstance(written, Mapping) or "is" not in written:
        return None
    limits = [key for key in ("to", "below") if key in written]
    if len(limits) > 1 or set(written) - {"is", "to", "below"}:
        return None
    if not limits:
        return Band(None, True, written["is"])
    limit = edge(written[limits[0]])
    return None if limit is None else Band(limit, limits[0] == "to", written["is"])


def edge(written: Any) -> int | date | None:
    """The limit of a band: a whole number or a day; None for anything else."""
    if isinstance(written, int) and not isinstance(written, bool):
        return written
    if isinstance(written, str):
        try:
            return date.fromisoformat(written)
        except ValueError:
            return None
    return None


def key_text(key: Any) -> str:
    """A key as rows are named: 3 is "3", true is "true", a day is "2026-04-01"."""
    if isinstance(key, bool):
        return str(key).lower()
    if isinstance(key, datetime):
        return key.date().isoformat()
    return str(key)


def _ready(node: Any) -> Any:
    if isinstance(node, Mapping):
        return {key_text(key): _ready(value) for key, value in node.items()}
    if isinstance(node, list | tuple):
        bands = [found for written in node if (found := band(written)) is not None]
        return tuple(replace(each, value=_ready(each.value)) for each in bands)
    return node


def _step(node: Any, key: Any) -> Any:
    """What one level holds for a key; None where it has no row for it."""
    if isinstance(node, Mapping):
        return node.get(key_text(key))
    day = key.date() if isinstance(key, datetime) else key
    if not isinstance(node, tuple) or isinstance(day, bool) or not isinstance(day, int | date):
        return None
    return next((each.value for each in node if each.holds(day)), None)


def _limits(node: Any, depth: int) -> Iterator[int]:
    if isinstance(node, Mapping):
        for key, value in node.items():
            if depth:
                yield from _limits(value, depth - 1)
            elif key.isdecimal():
                yield int(key)
    elif isinstance(node, tuple):
        for each in node:
            if depth:
                yield from _limits(each.value, depth - 1)
            elif isinstance(each.limit, int):
                yield each.limit


def _keys(node: Any, levels: int) -> Iterator[tuple[str | None, ...]]:
    if levels == 0:
        yield ()
        return
    if isinstance(node, Mapping):
        inner = list(node.items())
    elif isinstance(node, tuple):
        inner = [(None, each.value) for each in node]
    else:
        inner = []
    for name, value in inner:
        for rest in _keys(value, levels - 1):
            yield (name, *rest)
