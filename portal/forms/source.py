"""YAML with the line of everything in it.

libyaml reads the file into nodes, each with its mark; the scalars are understood here, by the
rules of YAML 1.2: ``yes`` and ``on`` are texts, ``010`` is ten.
"""

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from yaml import (
    CSafeLoader,
    MappingNode,
    MarkedYAMLError,
    Node,
    ScalarNode,
    SequenceNode,
    YAMLError,
)

from portal.forms.problems import Problem
from portal.forms.slips import MOST_SLIPS, Slip, slip_in, thousands, tight_key, unquoted

#: Keys and indices from the top of a file down to one value.
Place = Sequence[str | int]

_TEXT_TAG = "tag:yaml.org,2002:str"
_MERGE = "<<"
_WORDS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
#: What a plain scalar that is no text begins with.
_BEGINNINGS = frozenset("~nNtTfF+-.0123456789")
_WHOLE = re.compile(r"[-+]?[0-9][0-9_]*")
_BASED = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+|0b[01]+")
_FRACTION = re.compile(
    r"[-+]?(?:[0-9][0-9_]*\.[0-9_]*|\.[0-9_]+|[0-9][0-9_]*(?=[eE]))(?:[eE][-+]?[0-9]+)?"
)
_DAY = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")


class _Unusable(Exception):
    """YAML that no definition may hold."""

    def __init__(self, node: Node, found: str, right: str) -> None:
        super().__init__(found)
        self.node, self.found, self.right = node, found, right


class _Parser(CSafeLoader):
    """Leaves scalars as they are written: a tag is only what the author wrote."""

    def resolve(self, kind: object, value: object, implicit: object) -> None:
        return None

    def descend_resolver(self, parent: object, index: object) -> None:
        """Nothing depends on the way down."""

    def ascend_resolver(self) -> None:
        """Nothing depends on the way down."""


@dataclass(frozen=True)
class Source:
    """One file: its content as plain values, and where each stands."""

    file: Path
    content: Any
    _tree: Node | None
    #: what is read as it was meant, and has to be written so
    slips: tuple[Problem, ...] = ()

    def line(self, place: Place = ()) -> int:
        """The line of a value, or of the nearest thing around it; counted from 1.

        Steps that are not in the file, such as the tags of a union, are passed over.
        """
        node = self._tree
        line = 1
        for step in place:
            if isinstance(node, MappingNode):
                entry = _entry(node, step)
                if entry is None:
                    continue
                key, node = entry
                line = key.start_mark.line + 1
            elif isinstance(node, SequenceNode):
                if not isinstance(step, int) or not 0 <= step < len(node.value):
                    continue
                node = node.value[step]
                line = node.start_mark.line + 1
            else:
                break
        return line

    def problem(self, place: Place, found: str, right: str) -> Problem:
        return Problem(self.file, self.line(place), found, right)


def _entry(node: MappingNode, step: str | int) -> tuple[Node, Node] | None:
    """The key and value of a step; a number may mean the n-th entry of a short form."""
    for key, value in node.value:
        if isinstance(key, ScalarNode) and _scalar(key) == step:
            return key, value
    if isinstance(step, int) and 0 <= step < len(node.value):
        found: tuple[Node, Node] = node.value[step]
        return found
    return None


def load(file: Path) -> Source | Problem:
    """A YAML file with the slips in it, or what makes it unreadable."""
    slips: list[Problem] = []
    try:
        lines = file.read_text(encoding="utf-8").split("\n")
        for _ in range(MOST_SLIPS):
            try:
                tree = _Parser("\n".join(lines)).get_single_node()
            except MarkedYAMLError as error:
                slip = slip_in(lines, _suspects(error))
                if slip is None:
                    raise
                slips.append(_told(file, slip))
                lines[slip.line] = slip.meant
                continue
            plain = _Plain(file, slips)
            return Source(file, None if tree is None else plain.value(tree), tree, tuple(slips))
    except _Unusable as error:
        slips.append(Problem(file, error.node.start_mark.line + 1, error.found, error.right))
    except RecursionError:
        return Problem(file, 1, "an anchor inside of itself, or too much inside each other", "less")
    except MarkedYAMLError as error:
        found = " ".join(str(error.problem or error.context or "not YAML").split())
        right = "write it as YAML: indent with spaces, quote : and #"
        slips.append(Problem(file, (*_suspects(error), 0)[0] + 1, found, right))
    except (YAMLError, ValueError) as error:
        return Problem(file, 1, f"not readable: {error}", "a YAML file in UTF-8")
    except OSError as error:
        return Problem(file, 1, f"not readable: {error.strerror}", "a file that can be read")
    # What is put right first may be what the rest stumbled over.
    return slips[0]


def _suspects(error: MarkedYAMLError) -> list[int]:
    """The lines at which the parser gave up, and those around; counted from 0."""
    marks = [mark.line for mark in (error.problem_mark, error.context_mark) if mark is not None]
    return [*marks, *(line - 1 for line in marks)]


def _told(file: Path, slip: Slip) -> Problem:
    return Problem(file, slip.line + 1, slip.found, slip.right)


class _Plain:
    """Plain dicts, lists and scalars. What is wrong without being unreadable is collected."""

    def __init__(self, file: Path, slips: list[Problem]) -> None:
        self._file = file
        self._slips = slips

    def value(self, node: Node) -> Any:
        """What a node says."""
        if isinstance(node, ScalarNode):
            return self._scalar(node)
        if isinstance(node, SequenceNode):
            return [self.value(item) for item in node.value]
        content: dict[Any, Any] = {}
        below: dict[Any, Any] = {}
        before: tuple[ScalarNode, Node] | None = None
        for key, value in node.value:
            if not isinstance(key, ScalarNode):
                raise _Unusable(key, "a key that is no text", "“key: value”")
            name = _scalar(key)
            meant = None if key.style or not _is_empty(value) else self._meant(key, before)
            if name == _MERGE and not key.style:
                below = {**self._merged(value), **below}
            elif meant and before and not meant[0]:
                content[_scalar(before[0])] = meant[1]
            elif meant:
                content[meant[0]] = meant[1]
            elif name in content:
                self._slip(key, f"duplicate key “{name}”", "each key once")
            else:
                content[name] = self.value(value)
            before = (key, value)
        return {**below, **content} if below else content

    def _meant(
        self, key: ScalarNode, before: tuple[ScalarNode, Node] | None
    ) -> tuple[str, Any] | None:
        """The key and value of what YAML takes for a key alone; an empty key for the one before."""
        if tight := tight_key(key.value):
            name, colon, value = tight
            found = f"no space behind the colon of “{name}”"
            if colon == "：":
                found = f"a full-width colon after “{name}”"
            self._slip(key, found, f"“{name}: {value}”")
            return name, _word(value)
        digits, number = thousands(key.value), before[1] if before else None
        if not digits or not isinstance(number, ScalarNode) or number.style:
            return None
        if re.fullmatch(r"[1-9]\d{0,2}", number.value) is None:
            return None
        whole = number.value + digits
        self._slip(key, f"“{number.value},{key.value}”", f"the digits alone: {whole}")
        return "", int(whole)

    def _merged(self, value: Node) -> dict[Any, Any]:
        """The mapping that ``<<:`` names, or several, the first before the others."""
        content: dict[Any, Any] = {}
        for node in value.value if isinstance(value, SequenceNode) else [value]:
            if not isinstance(node, MappingNode):
                raise _Unusable(node, "“<<” of what is no mapping", "an alias of a mapping")
            content = {**self.value(node), **content}
        return content

    def _scalar(self, node: ScalarNode) -> Any:
        """What a value says; a tag and full-width quotes are none."""
        if not node.style and node.tag and node.tag.startswith("!") and node.tag != "!":
            written = f"{node.tag} {node.value}".strip()
            right = f"in quotes, because it begins with “!”: '{written}'"
            self._slip(node, f"“{written}” is a tag of YAML", right)
            return written
        if not node.style and (inside := unquoted(node.value)) is not None:
            right = f'"{inside}", or no quotes at all'
            self._slip(node, f"full-width quotes: {node.value}", right)
            return inside
        return _scalar(node)

    def _slip(self, node: Node, found: str, right: str) -> None:
        self._slips.append(Problem(self._file, node.start_mark.line + 1, found, right))


def _is_empty(node: Node) -> bool:
    return isinstance(node, ScalarNode) and not node.style and not node.value and not node.tag


def _scalar(node: ScalarNode) -> Any:
    """What a scalar says; a day stays a text."""
    text: str = node.value
    return text if node.style or node.tag == _TEXT_TAG else _word(text)


def _word(text: str) -> Any:
    """What plain words say."""
    if text and text[0] not in _BEGINNINGS:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _WHOLE.fullmatch(text):
        return int(text)
    if _BASED.fullmatch(text):
        return int(text, 0)
    if _FRACTION.fullmatch(text):
        return float(text)
    if day := _DAY.fullmatch(text):
        with suppress(ValueError):  # 2026-02-30 is a text: who needs a day says so
            return date(*map(int, day.groups())).isoformat()
    return text
