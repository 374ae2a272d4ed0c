"""YAML with the line of everything in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.constructor import DuplicateKeyError
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from portal.forms.problems import Problem

#: Keys and indices from the top of a file down to one value.
Place = Sequence[str | int]


@dataclass(frozen=True)
class Source:
    """One file: its content as plain values, and where each stands."""

    file: Path
    content: Any
    _tree: Any

    def line(self, place: Place = ()) -> int:
        """The line of a value, or of the nearest thing around it; counted from 1.

        Steps that are not in the file, such as the tags of a union, are passed over.
        """
        node = self._tree
        line = 1
        for step in place:
            if isinstance(node, CommentedMap):
                key = _key(node, step)
                if key is None:
                    continue
                line = node.lc.key(key)[0] + 1
                node = node[key]
            elif isinstance(node, CommentedSeq):
                if not isinstance(step, int) or not 0 <= step < len(node):
                    continue
                line = node.lc.item(step)[0] + 1
                node = node[step]
            else:
                break
        return line

    def problem(self, place: Place, found: str, right: str) -> Problem:
        return Problem(self.file, self.line(place), found, right)


def _key(node: CommentedMap, step: str | int) -> Any:
    """The key of a step; a number may mean the n-th entry of a short form."""
    if step in node:
        return step
    if isinstance(step, int) and 0 <= step < len(node):
        return list(node)[step]
    return None


def load(file: Path) -> Source | Problem:
    """A YAML file, or what makes it unreadable."""
    reader = YAML(typ="rt")
    try:
        tree = reader.load(file.read_text(encoding="utf-8"))
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark is not None else 1
        found = " ".join(str(error.problem or error.context or "not YAML").split())
        twice = isinstance(error, DuplicateKeyError)
        right = "each key once" if twice else "write it as YAML: indent with spaces, quote : and #"
        return Problem(file, line, found, right)
    except (YAMLError, ValueError) as error:
        return Problem(file, 1, f"not readable: {error}", "a YAML file in UTF-8")
    except OSError as error:
        return Problem(file, 1, f"not readable: {error.strerror}", "a file that can be read")
    return Source(file, _plain(tree), tree)


def _plain(node: Any) -> Any:
    """Plain dicts, lists and scalars without ruamel's own classes."""
    if isinstance(node, dict):
        return {_scalar(key): _plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_plain(item) for item in node]
    return _scalar(node)


def _scalar(value: Any) -> Any:
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return float(value)
    if isinstance(value, date):
        return date(value.year, value.month, value.day).isoformat()
    return str(value)
