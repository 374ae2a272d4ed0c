"""Finding an answer by what it is, whatever the field is called."""

from pathlib import Path

from portal.forms import Procedure, load_catalogue
from tests.forms.city import CONTEXT, form
from tests.forms.city import procedure as procedure_of
from tests.support.browser import ROOT


def _procedure() -> Procedure:
    return load_catalogue(ROOT / "forms_defs").procedures["pets.dog-registration"]


def test_an_answer_is_found_by_its_concept() -> None:
    procedure = _procedure()
    answers = {"email": "inu@mihon.example", "phone": "0299000000"}
    assert procedure.answer_known_as("contact.email", answers) == "inu@mihon.example"
    assert procedure.answer_known_as("contact.email", {"phone": "0299000000"}) is None
    assert procedure.answer_known_as("contact.fax", answers) is None


def test_what_was_shown_as_text_survives_the_post_of_its_page(tmp_path: Path) -> None:
    procedure = procedure_of(
        tmp_path,
        """
        - {id: plate, type: text, label: ナンバー, profile: vehicle.plate}
        - id: family
          type: group
          label: 家族
          profile: household.members
          fields:
            - {id: name, type: text, label: 名前}
        - {id: copies, type: integer, label: 通数}
        """,
    )
    known = {"plate": "見本 あ 1", "family": [{"name": "太郎"}]}
    post = procedure.read_section("main", form(copies="2"), known, CONTEXT)
    assert post.errors == ()
    assert post.answers == {**known, "copies": 2}


def test_what_a_post_brings_up_and_is_known_already_holds_nobody_up(tmp_path: Path) -> None:
    made = procedure_of(
        tmp_path,
        """
        - {id: way, type: choice, label: 方法, options: {post: 郵送, counter: 窓口}}
        - id: place
          type: choice
          label: 窓口
          profile: usual.place
          when: way == "counter"
          options: {main: 本庁, north: 北支所}
        """,
    )
    known = {"place": "north"}
    sources = {"place": "earlier"}
    post = made.read_section("main", form(way="counter"), known, CONTEXT, sources=sources)
    assert post.may_continue and post.answers == {"way": "counter", "place": "north"}
    unknown = made.read_section("main", form(way="counter"), {}, CONTEXT)
    assert not unknown.may_continue
