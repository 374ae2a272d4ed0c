"""What the shape of a table can't show: levels, bands, values."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from portal.forms.miswritten import yen_in
from portal.forms.problems import Problem
from portal.forms.source import Place, Source
from portal.forms.tables import Band, Table, band, key_text


def lint_table(table: Table, source: Source, place: Place) -> Iterator[Problem]:
    """All problems of one table, at the lines on which they stand."""
    yield from _level(table, 0, table.rows, source, (*place, "rows"))


def _level(table: Table, depth: int, node: Any, source: Source, place: Place) -> Iterator[Problem]:
    if depth == len(table.by):
        if isinstance(node, bool) or not isinstance(node, int | str) or node == "":
            keys = f"{depth} key{'' if depth == 1 else 's'} ({', '.join(table.by)})"
            right = f"a whole number or a text: “by” names {keys}"
            yield source.problem(place, f"{_named(node)} where a value is due", right)
        elif isinstance(node, str) and (number := yen_in(node)) is not None:
            # A text may be looked up too, but this is an amount.
            yield source.problem(place, f"“{node}” is a text", f"the number alone: {number}")
        return
    what = table.by[depth]
    if isinstance(node, dict) and node:
        seen: set[str] = set()
        for key, value in node.items():
            if key_text(key) in seen:
                yield source.problem((*place, key), f"row “{key}” stands twice", "each key once")
            seen.add(key_text(key))
            yield from _level(table, depth + 1, value, source, (*place, key))
    elif isinstance(node, list) and node:
        yield from _bands(table, depth, node, source, place)
    elif depth and not node:
        found = f"the row “{place[-1]}” is empty"
        right = f"a value for each “{what}”: {{key: …}}; or no such row at all"
        yield source.problem(place, found, right)
    else:
        right = f"rows by {what}: “key: …”, or bands “- {{to: 5, is: …}}”"
        yield source.problem(place, f"{_named(node)} where rows by “{what}” are due", right)


def _bands(
    table: Table, depth: int, node: list[Any], source: Source, place: Place
) -> Iterator[Problem]:
    previous: Band | None = None
    for number, written in enumerate(node):
        here = (*place, number)
        found = band(written)
        if found is None:
            right = "write {to: 5, is: …} (5 and less), {below: 6, is: …}, or {is: …} for the rest"
            yield source.problem(here, f"{_named(written)} is no band", right)
            continue
        yield from _level(table, depth + 1, found.value, source, (*here, "is"))
        if previous is not None and (wrong := _order(previous, found)):
            yield source.problem(here, *wrong)
        previous = found


def _order(earlier: Band, later: Band) -> tuple[str, str] | None:
    """What is wrong with a band after another one."""
    if earlier.limit is None:
        return "a band after the one for all the rest", "the band without limit comes last"
    if later.limit is None:
        return None
    if isinstance(earlier.limit, date) != isinstance(later.limit, date):
        return "days and numbers in the same bands", "one or the other"
    if (earlier.limit, earlier.including) < (later.limit, later.including):
        return None
    return (
        f"the band up to {later.limit} comes after the one up to {earlier.limit}",
        "bands in ascending order, so that each has something of its own",
    )


def _named(node: Any) -> str:
    if node is None:
        return "nothing"
    if isinstance(node, dict):
        return "rows" if node else "no rows"
    if isinstance(node, list):
        return "a list" if node else "an empty list"
    return f"“{node}”"
