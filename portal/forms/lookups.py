"""Where expressions look something up in a table, as far as their text shows it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_CALL = re.compile(r"\blookup\s*\(")
_QUOTES = ('"', "'")
_TEXT = re.compile(r"""(["'])((?:(?!\1)[^\\])*)\1""")
_MACRO = re.compile(
    r"([A-Za-z_]\w*)\s*\.\s*(?:all|exists|exists_one|map|filter)\s*\(\s*([A-Za-z_]\w*)\s*,"
)
_MEMBER = re.compile(r"([A-Za-z_]\w*)\s*\.\s*([A-Za-z_]\w*)")


@dataclass(frozen=True)
class Lookup:
    """``lookup("name", key, …)``: the table, and each key as it is written."""

    #: None where it is no plain text
    table: str | None
    keys: tuple[str, ...]


def lookups(source: str) -> Iterator[Lookup]:
    """Every lookup of an expression, also one within another's keys."""
    for call in _CALL.finditer(source):
        arguments = list(_arguments(source, call.end()))
        if arguments:
            yield Lookup(text_of(arguments[0]), tuple(arguments[1:]))


def text_of(written: str) -> str | None:
    """What a plain text in quotes says; None for anything else."""
    found = _TEXT.fullmatch(written)
    return found[2] if found else None


def row_member(source: str, written: str) -> tuple[str, str] | None:
    """``i.item`` within ``items.map(i, …)`` as ``("items", "item")``; None for anything else."""
    member = _MEMBER.fullmatch(written)
    if member is None:
        return None
    groups = {variable: group for group, variable in _MACRO.findall(source)}
    return (groups[member[1]], member[2]) if member[1] in groups else None


def _arguments(source: str, start: int) -> Iterator[str]:
    """The arguments of a call whose bracket was opened just before ``start``."""
    depth, begin, quote = 0, start, ""
    for place in range(start, len(source)):
        letter = source[place]
        if quote:
            quote = "" if letter == quote and source[place - 1] != "\\" else quote
        elif letter in _QUOTES:
            quote = letter
        elif letter in "([{":
            depth += 1
        elif letter in ")]}" and depth:
            depth -= 1
        elif letter == ")" or (letter == "," and not depth):
            yield source[begin:place].strip()
            begin = place + 1
            if letter == ")":
                return
