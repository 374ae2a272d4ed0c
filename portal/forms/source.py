"""YAML with the line of everything in it.

libyaml reads the file into nodes, each with its mark; the scalars are understood here, by the
rules of YAML 1.2: ``yes`` and ``on`` are texts, ``010`` is ten.
"""

import re
from collections.abc import Sequence
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
    """A YAML file, or what makes it unreadable."""
    try:
        tree = _Parser(file.read_text(encoding="utf-8")).get_single_node()
        return Source(file, None if tree is None else _plain(tree), tree)
    except _Unusable as error:
        return Problem(file, error.node.start_mark.line + 1, error.found, error.right)
    except RecursionError:
        return Problem(file, 1, "an anchor inside of itself, or too much inside each other", "less")
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark is not None else 1
        found = " ".join(str(error.problem or error.context or "not YAML").split())
        return Problem(file, line, found, "write it as YAML: indent with spaces, quote : and #")
    except (YAMLError, ValueError) as error:
        return Problem(file, 1, f"not readable: {error}", "a YAML file in UTF-8")
    except OSError as error:
        return Problem(file, 1, f"not readable: {error.strerror}", "a file that can be read")


def _plain(node: Node) -> Any:
    """Plain dicts, lists and scalars."""
    if isinstance(node, ScalarNode):
        return _scalar(node)
    if isinstance(node, SequenceNode):
        return [_plain(item) for item in node.value]
    content: dict[Any, Any] = {}
    below: dict[Any, Any] = {}
    for key, value in node.value:
        if not isinstance(key, ScalarNode):
            raise _Unusable(key, "a key that is no text", "“key: value”")
        name = _scalar(key)
        if name == _MERGE and not key.style:
            below = {**_merged(value), **below}
        elif name in content:
            raise _Unusable(key, f"duplicate key “{name}”", "each key once")
        else:
            content[name] = _plain(value)
    return {**below, **content} if below else content


def _merged(value: Node) -> dict[Any, Any]:
    """The mapping that ``<<:`` names, or several, the first before the others."""
    content: dict[Any, Any] = {}
    for node in value.value if isinstance(value, SequenceNode) else [value]:
        if not isinstance(node, MappingNode):
            raise _Unusable(node, "“<<” of what is no mapping", "an alias of a mapping")
        content = {**_plain(node), **content}
    return content


def _scalar(node: ScalarNode) -> Any:
    """What a scalar says; a day stays a text."""
    text: str = node.value
    if node.style or node.tag == _TEXT_TAG or (text and text[0] not in _BEGINNINGS):
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
        return date(*map(int, day.groups())).isoformat()
    return text
