"""Stripe's form encoding: ``line_items[0][price_data][currency]=jpy`` as nested values."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from payments.sandbox.stripe.errors import (
    StripeError,
    invalid_parameter,
    missing_parameter,
    unknown_parameter,
)

_NAME = re.compile(r"^([^\[\]]+)((?:\[[^\[\]]*\])*)$")
_PART = re.compile(r"\[([^\[\]]*)\]")

#: No request of Stripe nests deeper; what does is an attack or a mistake.
_DEEPEST = 8


def decode(pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Nested dictionaries and lists of strings.

    ``a[]=`` and ``a[0]=`` both make a list. Raises StripeError (400) for a broken name.
    """
    tree: dict[str, Any] = {}
    for name, value in pairs:
        match = _NAME.match(name)
        parts = [match[1], *_PART.findall(match[2])] if match else []
        if not parts or len(parts) > _DEEPEST:
            raise invalid_parameter(name, f"Invalid parameter name: {name}")
        _put(tree, parts, value, name)
    return {key: _lists(value) for key, value in tree.items()}


def _put(tree: dict[str, Any], parts: list[str], value: str, name: str) -> None:
    *path, last = [part or str(_free_index(tree, parts, place)) for place, part in enumerate(parts)]
    here = tree
    for part in path:
        here = here.setdefault(part, {})
        if not isinstance(here, dict):
            raise invalid_parameter(name, f"Invalid object: {name}")
    if isinstance(here.get(last), dict):
        raise invalid_parameter(name, f"Invalid object: {name}")
    here[last] = value


def _free_index(tree: dict[str, Any], parts: list[str], place: int) -> int:
    here: Any = tree
    for part in parts[:place]:
        here = here.get(part, {}) if isinstance(here, dict) else {}
    return len(here) if isinstance(here, dict) else 0


def _lists(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if value and all(key.isascii() and key.isdigit() for key in value):
        return [_lists(value[key]) for key in sorted(value, key=int)]
    return {key: _lists(item) for key, item in value.items()}


class Params:
    """Decoded parameters with readers that answer mistakes in Stripe's words."""

    def __init__(self, values: Mapping[str, Any], prefix: str = "") -> None:
        self._values = values
        self._prefix = prefix

    def name(self, key: str) -> str:
        """How Stripe names the parameter in its answer: ``price_data[currency]``."""
        return f"{self._prefix}[{key}]" if self._prefix else key

    def only(self, *known: str) -> None:
        """Raise ``parameter_unknown`` for anything else."""
        for key in self._values:
            if key not in known:
                raise unknown_parameter(self.name(key))

    def has(self, key: str) -> bool:
        return self._values.get(key) not in (None, "")

    def text(self, key: str, *, longest: int = 5_000) -> str | None:
        """A string, or None where it is absent or empty."""
        value = self._values.get(key)
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            raise invalid_parameter(self.name(key), "Invalid string")
        if len(value) > longest:
            raise invalid_parameter(
                self.name(key), f"Invalid string: must be at most {longest} characters"
            )
        return value

    def required(self, key: str, *, longest: int = 5_000) -> str:
        value = self.text(key, longest=longest)
        if value is None:
            raise missing_parameter(self.name(key))
        return value

    def integer(self, key: str) -> int | None:
        value = self.text(key)
        if value is None:
            return None
        if re.fullmatch(r"-?[0-9]{1,15}", value, re.ASCII) is None:
            raise StripeError(
                400,
                f"Invalid integer: {value}",
                code="parameter_invalid_integer",
                param=self.name(key),
            )
        return int(value)

    def under(self, key: str) -> "Params":
        """A nested object; empty where it is absent."""
        value = self._values.get(key) or {}
        if not isinstance(value, dict):
            raise invalid_parameter(self.name(key), "Invalid object")
        return Params(value, self.name(key))

    def each(self, key: str) -> list["Params"]:
        """A list of objects."""
        value = self._values.get(key) or []
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise invalid_parameter(self.name(key), "Invalid array")
        return [Params(item, f"{self.name(key)}[{place}]") for place, item in enumerate(value)]

    def texts(self, key: str) -> list[str]:
        """A list of strings."""
        value = self._values.get(key) or []
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise invalid_parameter(self.name(key), "Invalid array")
        return list(value)

    def metadata(self, key: str = "metadata") -> dict[str, str]:
        """Up to 50 keys of 40 characters with values of 500."""
        value = self._values.get(key) or {}
        if not isinstance(value, dict) or not all(isinstance(v, str) for v in value.values()):
            raise invalid_parameter(self.name(key), "Metadata can only be a set of strings")
        if len(value) > 50 or any(len(k) > 40 or len(v) > 500 for k, v in value.items()):
            raise invalid_parameter(
                self.name(key), "Metadata can have up to 50 keys of 40 and values of 500 characters"
            )
        return dict(value)
