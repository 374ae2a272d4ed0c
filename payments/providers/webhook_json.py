"""Reading the JSON of a notification, which anybody may have sent."""

import json
from collections.abc import Mapping
from typing import Any

from payments.providers.base import WebhookRefused


def read_object(body: bytes) -> Mapping[str, Any]:
    """The body, JSON in UTF-8, as an object. Raises WebhookRefused."""
    try:
        read = json.loads(body.decode())
    except (ValueError, RecursionError):
        raise WebhookRefused("the body is not JSON") from None
    if not isinstance(read, dict):
        raise WebhookRefused("the body is not a JSON object")
    return read


def text_at(value: Any, *path: str) -> str | None:
    """The text at the end of a path of keys; None where there is none that can be stored.

    JSON can spell NUL and half a character (a lone surrogate), which no database takes.
    """
    for key in path:
        if not isinstance(value, Mapping):
            return None
        value = value.get(key)
    return value if isinstance(value, str) and value and value.isprintable() else None
