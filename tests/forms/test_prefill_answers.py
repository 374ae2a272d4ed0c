"""Finding an answer by what it is, whatever the field is called."""

from portal.forms import Procedure, load_catalogue
from tests.support.browser import ROOT


def _procedure() -> Procedure:
    return load_catalogue(ROOT / "forms_defs").procedures["pets.dog-registration"]


def test_an_answer_is_found_by_its_concept() -> None:
    procedure = _procedure()
    answers = {"email": "inu@mihon.example", "phone": "0299000000"}
    assert procedure.answer_known_as("contact.email", answers) == "inu@mihon.example"
    assert procedure.answer_known_as("contact.email", {"phone": "0299000000"}) is None
    assert procedure.answer_known_as("contact.fax", answers) is None
