"""What hangs on one sandbox application."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from flask import current_app
from sqlalchemy.orm import Session

from foundation.database import Database
from payments.sandbox.paypay.codes import lapse_codes
from payments.sandbox.settings import SandboxSettings
from payments.sandbox.stripe.sessions import lapse_sessions
from payments.sandbox.webhooks.courier import Courier

#: Where the world hangs on the Flask application.
EXTENSION = "payment_sandbox"


@dataclass(frozen=True)
class World:
    """One sandbox: its settings, its store, and who carries its webhooks."""

    settings: SandboxSettings
    database: Database
    courier: Courier

    def now(self) -> datetime:
        return self.settings.clock()

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A transaction in which everything overdue has already lapsed.

        No clockwork is needed for that: whoever looks, looks at the truth of now.
        """
        with self.database.transaction() as session:
            lapse_all(session, self.settings)
            yield session
        self.courier.wake()

    def close(self) -> None:
        """Stop the courier and let the file go."""
        self.courier.stop()
        self.database.dispose()


def lapse_all(session: Session, settings: SandboxSettings) -> None:
    """End the sessions and codes whose time is over, and announce it."""
    now = settings.clock()
    lapse_sessions(session, settings, now)
    lapse_codes(session, settings, now)


def current_world() -> World:
    """The world of the application that answers this request."""
    return cast(World, current_app.extensions[EXTENSION])
