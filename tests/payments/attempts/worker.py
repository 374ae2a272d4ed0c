"""A process of its own that applies evidence of 410 yen, when it is told to go."""

import sys

from foundation.clock import system_clock
from foundation.database import Database
from foundation.events import Events
from payments.attempts.models import EvidenceSource
from payments.attempts.service import gather_evidence
from payments.context import Payments
from portal.schema import metadata
from tests.payments.desk import ACCOUNTS
from tests.payments.scripted import ScriptedProvider


def main(database_url: str, attempt_id: str) -> None:
    metadata()
    provider = ScriptedProvider()
    provider.is_paid(attempt_id, 410)
    payments = Payments(
        Database(database_url), system_clock, Events(), {provider.name: provider}, ACCOUNTS
    )
    print("ready", flush=True)
    sys.stdin.readline()
    print(gather_evidence(payments, attempt_id, EvidenceSource.POLLER).state, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
