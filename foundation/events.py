"""What one package announces and another hears, inside the same transaction.

payments knows no portal; it announces that a claim is settled, and the portal, which subscribed
once in ``app.py``, moves the application on. If either fails, both are rolled back.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy.orm import Session

E = TypeVar("E")


class Events:
    """The subscriptions of one application object."""

    def __init__(self) -> None:
        self._handlers: dict[type, list[Callable[[Session, Any], None]]] = {}

    def subscribe(self, kind: type[E], handler: Callable[[Session, E], None]) -> None:
        """Have ``handler(session, event)`` called for each event of exactly this class."""
        self._handlers.setdefault(kind, []).append(handler)

    def announce(self, session: Session, event: object) -> None:
        """Tell all subscribers now, in order; an exception of theirs is the announcer's."""
        for handler in self._handlers.get(type(event), ()):
            handler(session, event)
