"""Expressions of definitions: CEL, compiled once, given just the names that they use."""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import cel

from portal.forms import functions

#: Functions that an expression may call beside CEL's own.
FUNCTIONS: Mapping[str, Callable[..., Any]] = functions.AUTHORS

#: Functions of authors that know more than their arguments: the scope brings them.
OF_PROCEDURE = functions.OF_PROCEDURE

#: Functions of CEL itself that make sense in a form.
BUILT_IN = frozenset(
    {
        "size", "has", "all", "exists", "exists_one", "map", "filter", "contains", "startsWith",
        "endsWith", "matches", "int", "uint", "double", "string", "bool", "timestamp", "duration",
        "getFullYear", "getMonth", "getDate", "getDayOfMonth", "getDayOfWeek", "getDayOfYear",
        "getHours", "getMinutes", "getSeconds", "type", "dyn",
    }
)  # fmt: skip

_STRING = re.compile(r'"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])*\'')
_MACRO = re.compile(r"\.\s*(?:all|exists|exists_one|map|filter)\s*\(\s*([A-Za-z_]\w*)\s*,")
_PATH = re.compile(r"(?<![\w.])[A-Za-z_]\w*(?:\s*\.\s*[A-Za-z_]\w*(?!\s*\(|\w))+")
_EQUALS = re.compile(r'(?<![\w."])([A-Za-z_]\w*)\s*[!=]=\s*"([^"\\]*)"')
_EQUALS_SINGLE = re.compile(r"(?<![\w.'])([A-Za-z_]\w*)\s*[!=]=\s*'([^'\\]*)'")
_CONTAINS = re.compile(r"""["']([^"'\\]*)["']\s+in\s+([A-Za-z_]\w*)(?![\w.(])""")

#: Different expressions of a city that are parsed only once.
MOST_PARSED = 10_000


class ExpressionError(Exception):
    """An expression that could not be evaluated with the values at hand."""


class Expression:
    """One compiled expression. Raises ValueError with the column where it isn't CEL."""

    __slots__ = ("_functions", "_of_procedure", "_program", "calls", "names", "source")

    def __init__(self, source: str) -> None:
        self.source = source
        #: variables of the form and of the context; what a macro binds is not among them
        self.names: frozenset[str]
        #: called functions, without operators
        self.calls: frozenset[str]
        self._program, self.names, self.calls = _parsed(source)
        self._functions = {name: FUNCTIONS[name] for name in self.calls if name in FUNCTIONS}
        self._of_procedure = tuple(self.calls & OF_PROCEDURE)

    def evaluate(self, scope: Mapping[str, Any]) -> Any:
        """The value in a scope of CEL values. Raises ExpressionError, and nothing else."""
        values = {name: scope[name] for name in self.names if name in scope}
        if self._of_procedure:
            bound = scope.get(functions.SCOPE_KEY, {})
            values |= {name: bound[name] for name in self._of_procedure if name in bound}
        try:
            return self._program.execute({**values, **self._functions})
        except Exception as error:  # the engine's errors are of many classes, all the author's
            raise ExpressionError(f"{self.source}: {error}") from error

    def holds(self, scope: Mapping[str, Any]) -> bool:
        """Whether it is true. What can't be told yet, for want of an answer, isn't."""
        try:
            return self.evaluate(scope) is True
        except ExpressionError:
            return False

    def paths(self) -> frozenset[tuple[str, ...]]:
        """``resident.of_city`` as ``("resident", "of_city")``, for every dotted name."""
        bare = _STRING.sub('""', self.source)
        found = (tuple(re.split(r"\s*\.\s*", match)) for match in _PATH.findall(bare))
        return frozenset(path for path in found if path[0] in self.names)

    def literals(self) -> frozenset[tuple[str, str]]:
        """``purpose == "other"`` and ``"other" in purposes`` as ``("purpose", "other")``."""
        equal = _EQUALS.findall(self.source) + _EQUALS_SINGLE.findall(self.source)
        contained = [(name, literal) for literal, name in _CONTAINS.findall(self.source)]
        return frozenset(equal + contained)


@lru_cache(maxsize=MOST_PARSED)
def _parsed(source: str) -> tuple[cel.Program, frozenset[str], frozenset[str]]:
    """The program with its names and calls: many procedures say the same, and linters ask again."""
    program = cel.compile(source)
    references = program.references()
    bound = set(_MACRO.findall(_STRING.sub('""', source)))
    calls = (name for name in references["functions"] if name[0] not in "_@!-" and name != "_")
    return program, frozenset(references["variables"]) - bound, frozenset(calls)


def compiled(source: str | None) -> Expression | None:
    """The expression, where there is one."""
    return None if source is None else Expression(source)
