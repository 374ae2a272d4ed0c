"""だれの申請ですか: what is said depends on whom the procedure admits."""

import pytest

from portal.config import ROOT
from portal.forms import load_catalogue


@pytest.mark.parametrize(
    ("procedure_id", "businesses"),
    [("care.care-certification", False), ("water.water-start", True)],
)
def test_companies_are_named_only_where_they_may_apply(procedure_id: str, businesses: bool) -> None:
    procedure = load_catalogue(ROOT / "forms_defs").procedures[procedure_id]
    intro = procedure.section_intro("acting") or ""
    assert "自分のほかの人" in intro and ("会社" in intro) is businesses


def test_care_is_for_those_from_forty() -> None:
    procedures = load_catalogue(ROOT / "forms_defs").procedures
    ages = procedures["care.care-certification"].definition.applicants.ages
    assert (ages.least, ages.most) == (40, 120)
