"""Each procedure of the sample city can be walked to its end, and refuses what it should."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from portal.forms import Catalogue, Context
from tests.forms_defs.city_hall_answers import ON_DAY
from tests.forms_defs.complete_answers import ANSWERS
from tests.forms_defs.town_answers import ANONYMOUS

CONTEXT = Context(
    today=date(2026, 6, 3),
    resident={"signed_in": True, "of_city": True, "age": 38},
    booking={
        "base": 900,
        "slots": 1,
        "room": "activity",
        "facility": "culture-hall",
        "day": "2026-06-05",
    },
)


def context_of(procedure_id: str) -> Context:
    """The day on which the complete application is handed in."""
    return replace(CONTEXT, today=ON_DAY.get(procedure_id, CONTEXT.today))


def test_each_procedure_has_a_complete_application(catalogue: Catalogue) -> None:
    assert set(ANSWERS) == set(catalogue.procedures)


@pytest.mark.parametrize("procedure_id", ANSWERS)
def test_a_complete_application_can_be_submitted(catalogue: Catalogue, procedure_id: str) -> None:
    journey = catalogue.procedures[procedure_id].journey(
        ANSWERS[procedure_id], context_of(procedure_id)
    )
    assert [(error.path, error.message) for error in journey.errors] == []
    assert journey.complete
    # Nothing of the answers is hidden: each was asked for.
    assert set(ANSWERS[procedure_id]) <= set(journey.answers)


@pytest.mark.parametrize("procedure_id", ANSWERS)
def test_an_empty_application_is_pointed_to_its_first_page(
    catalogue: Catalogue, procedure_id: str
) -> None:
    procedure = catalogue.procedures[procedure_id]
    journey = procedure.journey({}, CONTEXT)
    assert not journey.complete
    # A survey begins with questions that nobody needs to answer.
    assert journey.first_incomplete in procedure.section_ids
    if procedure_id not in ANONYMOUS:
        assert journey.first_incomplete == procedure.section_ids[0]
        assert procedure.section_ids[0] in ("acting", "applicant")


#: procedure, what is answered otherwise, the field at which the applicant is told so
REFUSED: tuple[tuple[str, Mapping[str, Any], str], ...] = (
    ("childcare.child-allowance", {"occupation": "civil_servant"}, "occupation"),
    # Eighteen years old on 31 March 2026: the school year is over.
    ("childcare.child-allowance", {"birth_date": "2008-04-01"}, "children"),
    ("childcare.medical-care", {"birth_date": "2008-04-01"}, "children"),
    ("childcare.nursery", {"single_parent": True}, "guardians"),
    ("childcare.nursery", {"nurseries": []}, "nurseries"),
    ("moving.move-out", {"moving_on": "2026-06-18"}, "moving_on"),
    ("moving.move-out", {"moving_on": "2026-05-19"}, "moving_on"),
    # A Saturday; before the move; later than the fourteenth day after it.
    ("moving.move-in-booking", {"visit_day": "2026-06-20", "visit_time": "t0900"}, "visit_day"),
    ("moving.move-in-booking", {"visit_day": "2026-06-09", "visit_time": "t0900"}, "visit_day"),
    ("moving.move-in-booking", {"visit_day": "2026-06-25", "visit_time": "t0900"}, "visit_day"),
    # After 17:15 only on Wednesdays.
    ("moving.move-in-booking", {"visit_day": "2026-06-18"}, "visit_time"),
    ("insurance.health-insurance-join", {"changed_on": "2026-06-18"}, "changed_on"),
    ("vehicles.moped-registration", {"displacement": 126}, "displacement"),
    ("vehicles.moped-registration", {"displacement": 90}, "displacement"),
    ("water.water-start", {"stop_on": "2026-06-21"}, "stop_on"),
    ("water.water-start", {"start_on": "2026-06-03"}, "start_on"),
    ("water.water-stop", {"stop_on": "2026-06-20"}, "stop_on"),
    ("reductions.facility-fee-reduction", {"income": "fee"}, "income"),
    ("reductions.facility-fee-reduction", {"members_city": 8}, "members_city"),
    ("reductions.facility-fee-reduction", {"members_fitting": 8}, "members_fitting"),
    ("reductions.light-vehicle-tax", {"other_reduction": True}, "other_reduction"),
    ("reductions.light-vehicle-tax", {"grade": "5"}, "grade"),
    ("reductions.light-vehicle-tax", {"often": "less"}, "often"),
    (
        "certificates.income-tax",
        {"items": [{"kind": "income", "year": "r9", "copies": 1}]},
        "items",
    ),
    (
        "certificates.income-tax",
        {"items": [{"kind": "income", "year": "r3", "copies": 1}]},
        "items",
    ),
    ("certificates.seal-registration", {"registration_number": "12345"}, "registration_number"),
    ("certificates.residence-record", {"copies": 11}, "copies"),
    ("certificates.residence-record", {"purpose_other": None}, "purpose_other"),
)


@pytest.mark.parametrize(("procedure_id", "changed", "field"), REFUSED)
def test_what_is_wrong_is_said_at_its_field(
    catalogue: Catalogue, procedure_id: str, changed: Mapping[str, Any], field: str
) -> None:
    answers = dict(ANSWERS[procedure_id])
    if "birth_date" in changed:
        first, *others = answers["children"]
        answers["children"] = [{**first, **changed}, *others]
    else:
        answers |= changed
    journey = catalogue.procedures[procedure_id].journey(answers, context_of(procedure_id))
    assert [error.path.split(".")[0] for error in journey.errors] == [field]


@pytest.mark.parametrize("born", ["2008-04-02", "2026-06-03"])
def test_a_child_counts_until_the_school_year_of_eighteen_ends(
    catalogue: Catalogue, born: str
) -> None:
    answers = dict(ANSWERS["childcare.child-allowance"])
    answers["children"] = [{**answers["children"][0], "birth_date": born}]
    assert catalogue.procedures["childcare.child-allowance"].journey(answers, CONTEXT).complete


def test_the_seal_of_someone_from_elsewhere_is_not_certified(catalogue: Catalogue) -> None:
    elsewhere = Context(today=CONTEXT.today, resident={**CONTEXT.resident, "of_city": False})
    procedure = catalogue.procedures["certificates.seal-registration"]
    journey = procedure.journey(ANSWERS["certificates.seal-registration"], elsewhere)
    assert [error.path for error in journey.errors] == ["applicant"]
