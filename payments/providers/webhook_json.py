"""Reading the JSON of a notification, which anybody may have sent."""

import json
from collections.abc import Mapping
from typing import Any

from payments.providers.base import WebhookRefused


def read_object(body: bytes) -> Mapping[str, Any]:
    """The body as a JSON object. Raises WebhookRefused."""
    try:
        read = json.loads(body)
    except (ValueError, RecursionError):
        raise WebhookRefused("the body is not JSON") from None
    if not isinstance(read, dict):
        raise WebhookRefused("the body is not a JSON object")
    return read


def text_at(value: Any, *path: str) -> str | None:
    """The text at the end of a path of keys; None where there is no text."""
    for key in path:
        if not isinstance(value, Mapping):
            return None
        value = value.get(key)
    return value if isinstance(value, str) and value else None
