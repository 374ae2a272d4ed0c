"""Water is switched on if it is asked for by 17 o'clock of the last open day before."""

from datetime import date, datetime

import pytest

from foundation.clock import JST
from portal.forms import Catalogue, Context
from tests.forms_defs.complete_answers import ANSWERS

#: when it is asked for, the first day of use, whether there is still time
CASES = (
    (datetime(2026, 11, 19, 17, 0, tzinfo=JST), "2026-11-20", True),
    (datetime(2026, 11, 19, 17, 1, tzinfo=JST), "2026-11-20", False),
    # Saturday to Monday (勤労感謝の日) are closed: for Tuesday it is asked on Friday.
    (datetime(2026, 11, 20, 16, 0, tzinfo=JST), "2026-11-24", True),
    (datetime(2026, 11, 21, 9, 0, tzinfo=JST), "2026-11-24", False),
    (datetime(2026, 11, 21, 9, 0, tzinfo=JST), "2026-11-25", True),
    # A Sunday is prepared on Friday.
    (datetime(2026, 11, 12, 9, 0, tzinfo=JST), "2026-11-15", True),
    (datetime(2026, 11, 14, 9, 0, tzinfo=JST), "2026-11-15", False),
    # The new year: closed from 29 December to 3 January.
    (datetime(2026, 12, 28, 16, 59, tzinfo=JST), "2027-01-04", True),
    (datetime(2026, 12, 30, 9, 0, tzinfo=JST), "2027-01-04", False),
)


@pytest.mark.parametrize(("now", "start", "in_time"), CASES)
def test_the_last_open_day_before(
    catalogue: Catalogue, now: datetime, start: str, in_time: bool
) -> None:
    answers = {**ANSWERS["water.water-start"], "start_on": start, "customer": "none"}
    for gone in ("customer_number", "stop_old", "old_address", "stop_on"):
        answers.pop(gone)
    answers["payment"] = "slip"
    today: date = now.date()
    journey = catalogue.procedures["water.water-start"].journey(
        answers, Context(today=today, now=now)
    )
    assert [error.path for error in journey.errors] == ([] if in_time else ["start_on"])
