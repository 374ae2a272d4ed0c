"""The thread that carries webhooks in the background."""

import logging
import threading
from collections.abc import Callable

import httpx
from sqlalchemy.exc import SQLAlchemyError

from foundation.database import Database
from payments.sandbox.settings import SandboxSettings
from payments.sandbox.webhooks.delivery import deliver_due

logger = logging.getLogger(__name__)

#: Seconds between two looks at the queue when nobody wakes the courier.
PAUSE = 0.5
#: Seconds that the portal has for its answer.
PATIENCE = 20.0


class Courier:
    """Delivers what is due until it is stopped. ``before`` is called ahead of each round."""

    def __init__(
        self, database: Database, settings: SandboxSettings, before: Callable[[], None]
    ) -> None:
        self._database = database
        self._settings = settings
        self._before = before
        self._woken = threading.Event()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to deliver in a thread that does not hold the process up at its end."""
        self._thread = threading.Thread(target=self._run, name="sandbox-webhooks", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """Have a look now: something may be due."""
        self._woken.set()

    def stop(self) -> None:
        """Finish the delivery under way and end."""
        self._stopping.set()
        self._woken.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def round(self, client: httpx.Client) -> int:
        """One look at the queue. Gives how many deliveries were tried."""
        self._before()
        return deliver_due(self._database, self._settings, client)

    def _run(self) -> None:
        # The portal is a neighbour on this machine: no proxy of the environment stands between.
        with httpx.Client(timeout=PATIENCE, trust_env=False) as client:
            while not self._stopping.is_set():
                try:
                    self.round(client)
                except SQLAlchemyError:
                    # A store that is busy or being reset must not silence the webhooks for good.
                    logger.exception("sandbox webhooks: the queue could not be read")
                self._woken.wait(PAUSE)
                self._woken.clear()
