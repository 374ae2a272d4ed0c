"""Finding an answer by what it is, whatever the field is called."""

import re
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


FAMILY = """
- id: family
  type: group
  label: 家族
  profile: household.members
  fields:
    - {id: name, type: text, label: 名前}
    - {id: born, type: date, label: 生年月日}
    - {id: applies, type: yes_no, label: 申込み}
    - {id: copies, type: integer, label: 通数}
"""


def _pressed(html: str, **typed: str) -> dict[str, list[str]]:
    """What the browser sends of a page: its hidden controls, and what was typed."""
    hidden = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', html)
    sent = form(**typed)
    for name, value in hidden:
        sent.setdefault(name, []).append(value)
    return sent


def test_a_row_that_is_known_in_part_is_told_and_the_rest_asked(tmp_path: Path) -> None:
    procedure = procedure_of(tmp_path, FAMILY)
    known = {"family": [{"name": "太郎", "born": "2020-05-01"}, {"name": "花子"}]}
    sources = {"family": "register"}
    html = procedure.render_section("main", known, CONTEXT, sources=sources)
    assert "太郎" in html and 'id="f-family-0-name"' not in html
    assert 'id="f-family-0-copies"' in html and 'id="f-family-1-born-year"' in html
    # A page that comes back shows the same as text, whatever was typed beside it.
    sent = _pressed(html, family__0__applies="yes", family__0__copies="x")
    back = procedure.read_section("main", sent, known, CONTEXT, sources=sources)
    # What the person adds isn't the register's.
    assert back.sources == {}
    assert {error.path for error in back.errors} >= {"family.0.copies", "family.1.born"}
    again = procedure.render_section(
        "main", back.answers, CONTEXT, raw=back.raw, errors=back.errors, sources=back.sources
    )
    assert 'id="f-family-0-name"' not in again and 'id="f-family-0-applies-0"' in again
    assert 'value="x"' in again and 'id="f-family-1-born-year"' in again
    # Rows move up with what is known of them.
    moved = procedure.read_section(
        "main", {**_pressed(again), "_remove": ["family.0"]}, back.answers, CONTEXT, sources=sources
    )
    shown = procedure.render_section("main", moved.answers, CONTEXT, raw=moved.raw)
    assert moved.answers["family"][0]["name"] == "花子" and 'id="f-family-0-name"' not in shown


def test_what_is_changed_is_no_longer_the_registers(tmp_path: Path) -> None:
    procedure = procedure_of(tmp_path, FAMILY)
    known = {"family": [{"name": "太郎", "born": "2020-05-01"}]}
    sources = {"family": "register"}
    opened = procedure.render_section(
        "main", known, CONTEXT, sources=sources, edit=frozenset({"family"})
    )
    assert 'id="f-family-0-name"' in opened
    sent = form(
        family__0__name="次郎",
        family__0__born__year="2020",
        family__0__born__month="5",
        family__0__born__day="1",
        family__0__applies="yes",
        family__0__copies="1",
    )
    post = procedure.read_section("main", sent, known, CONTEXT, sources=sources)
    assert post.errors == () and post.sources == {}
