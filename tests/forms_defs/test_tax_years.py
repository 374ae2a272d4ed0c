"""The years of tax certificates follow the calendar: a new one from 1 June, five at any time."""

from datetime import date

import pytest

from portal.forms import Catalogue, Context
from tests.forms_defs.complete_answers import ANSWERS

#: the day, and the years (令和) that are offered
OFFERED = (
    (date(2026, 11, 20), range(4, 9)),
    (date(2027, 5, 31), range(4, 9)),
    (date(2027, 6, 1), range(5, 10)),
    (date(2031, 6, 1), range(9, 14)),
)


@pytest.mark.parametrize(("day", "offered"), OFFERED)
@pytest.mark.parametrize(
    ("procedure_id", "kind"),
    [("certificates.income-tax", "income"), ("certificates.tax-payment", "resident")],
)
def test_years(
    catalogue: Catalogue, procedure_id: str, kind: str, day: date, offered: range
) -> None:
    procedure = catalogue.procedures[procedure_id]
    context = Context(today=day, resident={"signed_in": True, "of_city": True, "age": 38})
    for year in range(4, 14):
        items = [{"kind": kind, "year": f"r{year}", "copies": 1}]
        journey = procedure.journey({**ANSWERS[procedure_id], "items": items}, context)
        refused = [error.path for error in journey.errors]
        assert refused == ([] if year in offered else ["items.0.year"])
