"""The same town as for reconciliation, on both databases."""

import pytest

from foundation.database import Database
from tests.payments.reconciliation.town import Town
from tests.support.clock import FixedClock


@pytest.fixture
def town(database: Database, clock: FixedClock) -> Town:
    """A town in which nobody has paid yet."""
    return Town.found(database, clock)
