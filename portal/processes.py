"""The processes of one machine: the portal, in development its outside world, and the worker."""

import logging
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterable, Sequence
from types import FrameType

from granian import Granian
from granian.constants import Interfaces

from foundation.outbox import Handler, work_once
from payments.attempts.sweeper import sweep
from payments.refunds.service import SUBMIT_TOPIC, handle_submit
from portal.admission.seats import TELL_TOPIC
from portal.admission.service import Admission
from portal.admission.telling import Teller
from portal.applications.deadlines import lapse_unpaid
from portal.building import build_portal
from portal.config import Config, ConfigurationError
from portal.context import Portal
from portal.facilities import service as facilities
from portal.mail_links.mailing import LinkMailer
from portal.mail_links.service import LINK_TOPIC
from portal.notices.mail import MAIL_TOPIC, Mailer
from portal.notices.service import Notices

logger = logging.getLogger(__name__)

#: How often the worker looks for what has stood still, in seconds.
PAUSE = 2.0
#: How long a process may take to finish what it is doing, in seconds.
GRACE = 8.0


def require_free(ports: Iterable[int]) -> None:
    """Raise ConfigurationError for a port that another program listens on.

    Asked before anything starts, because the servers themselves share a port without a word.
    """
    for port in ports:
        with socket.socket() as probe:
            # Connections of a portal that has just ended linger; they are in nobody's way.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError as error:
                raise ConfigurationError(
                    f"port {port} is in use already; stop what listens there, "
                    "or choose others with PORT=9000 (it and the two after it are used)"
                ) from error


def serve(factory: str, port: int, *, address: str = "127.0.0.1", workers: int = 1) -> None:
    """Serve ``module:function`` by granian until the process is told to stop."""
    Granian(
        factory,
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        websockets=False,
        factory=True,
        workers=workers,
        blocking_threads=4,
        log_access=False,
    ).serve()


def supervise(commands: Sequence[str]) -> int:
    """Run ``portal <command>`` for each until one ends or we are told to stop; then end all."""
    stopping = _stop_on_signals()
    children = [subprocess.Popen([sys.executable, "-m", "portal", name]) for name in commands]
    while not stopping.wait(0.2):
        for name, child in zip(commands, children, strict=True):
            if child.poll() is not None:
                logger.error("portal %s ended with status %s", name, child.returncode)
                stopping.set()
    for child in children:
        child.terminate()
    for child in children:
        try:
            child.wait(GRACE)
        except subprocess.TimeoutExpired:
            child.kill()
    return max((abs(child.returncode or 0) for child in children if child.returncode), default=0)


def work() -> None:
    """The worker: what was written into the outbox, and what waits for somebody to ask."""
    portal = build_portal(Config.from_env())
    stopping = _stop_on_signals()
    handlers = outbox_handlers(portal)
    while not stopping.is_set():
        try:
            while not stopping.is_set() and work_once(portal.database, handlers, portal.clock):
                pass
            tidy(portal)
        except Exception:
            # A database that restarts must not end the worker; it is tried again.
            logger.exception("worker round failed")
        stopping.wait(PAUSE)


def outbox_handlers(portal: Portal) -> dict[str, Handler]:
    """Who does what was written into the outbox."""
    mailer = Mailer(portal.config, portal.texts)
    notices = Notices(portal.config, portal.clock, portal.definitions)
    teller = Teller(portal.database, portal.clock, portal.events, notices)
    links = LinkMailer(
        portal.database,
        portal.clock,
        mailer,
        portal.config.public_url,
        portal.catalogue.procedures,
    )
    return {
        SUBMIT_TOPIC: lambda payload: handle_submit(portal.payments, payload),
        MAIL_TOPIC: mailer.deliver,
        TELL_TOPIC: teller.deliver,
        LINK_TOPIC: links.deliver,
    }


def tidy(portal: Portal) -> None:
    """One round over everything that stands still: payments, unpaid fees, holds, past bookings."""
    sweep(portal.payments)
    lapse_unpaid(portal.payments)
    now = portal.clock()
    with portal.database.transaction() as session:
        facilities.release_expired(session, portal.events, now)
        facilities.mark_used(session, now)
        Admission(portal.catalogue.procedures, portal.clock).promote_waiting(session)


def _stop_on_signals() -> threading.Event:
    stopping = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        stopping.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    return stopping
