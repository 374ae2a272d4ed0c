"""A chain of SHA-256 digests over canonical JSON: a row changed, removed or moved breaks it."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

#: What stands before the first link.
GENESIS = "0" * 64


def canonical_json(value: Mapping[str, Any]) -> bytes:
    """The one spelling of a JSON object: sorted keys, no spaces, UTF-8. Floats are refused."""
    _refuse_floats(value)
    return json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode()


def link(previous: str, payload: Mapping[str, Any]) -> str:
    """The digest (64 hex digits) of a payload that follows the link ``previous``."""
    return hashlib.sha256(previous.encode("ascii") + b"\n" + canonical_json(payload)).hexdigest()


def _refuse_floats(value: Any) -> None:
    if isinstance(value, float):
        raise TypeError("a float has no canonical spelling; use an integer or a string")
    if isinstance(value, Mapping):
        for item in value.values():
            _refuse_floats(item)
    elif isinstance(value, list | tuple):
        for item in value:
            _refuse_floats(item)
