"""Finding an answer by what it is, whatever the field is called."""

import re
from html import unescape
from pathlib import Path

import pytest

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


def test_only_the_card_and_the_register_have_the_last_word(tmp_path: Path) -> None:
    procedure = procedure_of(tmp_path, "- {id: name, concept: fixed}")
    known = {"name": {"family": "見本", "given": "花"}}
    typed = form(name__family="試験", name__given="花")
    for source, changes in (("register", False), ("earlier", True)):
        sources = {"name": source}
        html = procedure.render_section("main", known, CONTEXT, sources=sources)
        assert ("?edit=name" in html) is changes
        opened = procedure.render_section(
            "main", known, CONTEXT, sources=sources, edit=frozenset({"name"})
        )
        assert ('id="f-name-family"' in opened) is changes
        post = procedure.read_section("main", typed, known, CONTEXT, sources=sources)
        assert (post.answers["name"]["family"] == "試験") is changes


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
        sent.setdefault(name, []).append(unescape(value))
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


def test_rows_that_were_text_stay_so_when_something_more_is_asked_of_them(tmp_path: Path) -> None:
    fields = """
    - {id: more, type: yes_no, label: くわしく}
    - id: family
      type: group
      label: 家族
      profile: household.members
      fields:
        - {id: name, type: text, label: 名前}
        - {id: copies, type: integer, label: 通数, when: more}
    """
    procedure = procedure_of(tmp_path, fields)
    known, sources = {"family": [{"name": "太郎"}]}, {"family": "register"}
    post = procedure.read_section("main", form(more="yes"), known, CONTEXT, sources=sources)
    assert post.answers["family"] == known["family"] and post.sources == sources
    html = procedure.render_section(
        "main", post.answers, CONTEXT, raw=post.raw, errors=post.errors, sources=post.sources
    )
    assert 'id="f-family-0-copies"' in html and 'id="f-family-0-name"' not in html


def test_nobody_gets_round_a_question_by_calling_it_known(tmp_path: Path) -> None:
    procedure = procedure_of(tmp_path, FAMILY)
    known = {"family": [{"name": "太郎", "born": "2020-05-01"}]}
    sources = {"family": "register"}
    forged = form(family="", family__0___row="1", family__0__name="<b>次郎")
    forged["family.0._known"] = ["name", "born", "applies", "copies", "other", "<i>"]
    post = procedure.read_section("main", forged, known, CONTEXT, sources=sources)
    asked = {error.path for error in post.errors}
    assert asked == {"family.0.born", "family.0.applies", "family.0.copies"}
    # What the register didn't say isn't called its own.
    assert post.sources == {} and not post.may_continue
    html = procedure.render_section("main", post.answers, CONTEXT, raw=post.raw, errors=post.errors)
    assert "&lt;b&gt;次郎" in html and "<b>" not in html and "<i>" not in html
    assert all(f'id="f-family-0-{name}' in html for name in ("born", "applies", "copies"))


@pytest.mark.parametrize(
    ("kind", "answer"),
    [
        ("name", {"family": "見本", "given": "花"}),
        ("address", {"postcode": "0000011", "text": '見本市"1" & 2'}),
        ("date", "1989-01-08"),
        ("period", {"first": "2026-04-01", "last": "2026-04-03"}),
        ("time", "09:30"),
        ("textarea", "一行目\n二行目"),
        ("yes_no", False),
        ("decimal, places: 2", "1.5"),
        ("phone", "09012345678"),
        ("choices, options: {a: あ, b: い}", ["a", "b"]),
        ("ranked, options: {a: あ, b: い}", ["b", "a"]),
        (
            "person",
            {
                "name": {"family": "見本", "given": "花"},
                "kana": None,
                "birth_date": "1990-01-02",
                "address": {"postcode": "", "text": "見本市1-1"},
                "sex": "female",
            },
        ),
    ],
)
def test_what_is_known_of_a_row_comes_back_as_it_was(
    tmp_path: Path, kind: str, answer: object
) -> None:
    fields = f"""
    - id: family
      type: group
      label: 家族
      profile: household.members
      fields:
        - {{id: known, type: {kind}, label: 分かること}}
        - {{id: copies, type: integer, label: 通数}}
    """
    procedure = procedure_of(tmp_path, fields)
    stored = {"family": [{"known": answer}]}
    html = procedure.render_section("main", stored, CONTEXT, sources={"family": "register"})
    assert 'name="family.0._known" value="known"' in html
    sent = _pressed(html, family__0__copies="x")
    wrong = procedure.read_section("main", sent, stored, CONTEXT)
    again = procedure.render_section(
        "main", wrong.answers, CONTEXT, raw=wrong.raw, errors=wrong.errors
    )
    post = procedure.read_section(
        "main", _pressed(again, family__0__copies="2"), wrong.answers, CONTEXT
    )
    assert post.errors == ()
    assert post.answers == {"family": [{"known": answer, "copies": 2}]}


PERSON = "- {id: who, type: person, label: 申請する人, profile: person}"
HANAKO = {
    "name": {"family": "見本", "given": "花子"},
    "kana": {"family": "ミホン", "given": "ハナコ"},
    "birth_date": "1990-04-02",
    "sex": "female",
    "address": {"postcode": "1000001", "text": "見本市1-1"},
}


def _person(**changed: str) -> dict[str, list[str]]:
    """The opened form of the person as the browser sends it, with some of it typed anew."""
    typed = {
        "name__family": "見本", "name__given": "花子",
        "kana__family": "ミホン", "kana__given": "ハナコ",
        "birth_date__year": "1990", "birth_date__month": "4", "birth_date__day": "2",
        "address__postcode": "100-0001", "address__text": "見本市1-1",
    }  # fmt: skip
    return form(**{f"who__{name}": text for name, text in {**typed, **changed}.items()})


def test_the_sex_stays_also_where_a_change_was_refused_at_first(tmp_path: Path) -> None:
    procedure = procedure_of(tmp_path, PERSON)
    sources = {"who": "card_and_register"}
    known: dict[str, object] = {"who": HANAKO}
    refused = procedure.read_section(
        "main", _person(address__text=""), known, CONTEXT, sources=sources
    )
    assert {error.control_id for error in refused.errors} == {"f-who-address-text"}
    # The page that comes back asks on with what was typed, and not with what the card says.
    back = procedure.render_section(
        "main", refused.answers, CONTEXT, raw=refused.raw, errors=refused.errors, sources=sources
    )
    assert 'id="f-who-address-text"' in back and "見本市1-1" not in back
    post = procedure.read_section(
        "main", _person(address__text="見本市2-2"), refused.answers, CONTEXT, sources=sources
    )
    assert post.errors == () and post.sources == {}
    assert post.answers["who"] == {**HANAKO, "address": {**HANAKO["address"], "text": "見本市2-2"}}  # type: ignore[dict-item]


@pytest.mark.parametrize(
    ("emptied", "asked"),
    [
        (("name__family", "name__given"), {"f-who-name-family", "f-who-name-given"}),
        (("name__given",), {"f-who-name-given"}),
        (("kana__given",), {"f-who-kana-given"}),
        (("kana__family", "kana__given"), set()),  # nobody needs a フリガナ
    ],
)
def test_a_name_of_the_card_is_not_emptied(
    tmp_path: Path, emptied: tuple[str, ...], asked: set[str]
) -> None:
    procedure = procedure_of(tmp_path, PERSON)
    sources, sent = {"who": "card"}, _person(**dict.fromkeys(emptied, " "))
    answers: dict[str, object] = {"who": HANAKO}
    for _ in range(2):  # whoever sends it again is told again
        post = procedure.read_section("main", sent, answers, CONTEXT, sources=sources)
        assert {error.control_id for error in post.errors} == asked
        answers = dict(post.answers)


def test_who_has_one_name_on_the_card_needs_no_other(tmp_path: Path) -> None:
    procedure = procedure_of(tmp_path, PERSON)
    single = {**HANAKO, "name": {"family": "ＳＵＨＡＲＴＯ", "given": ""}, "kana": None}
    sent = _person(name__family="ＳＵＨＡＲＴＯ", name__given="", kana__family="", kana__given="")
    for sources in ({"who": "card"}, {}):
        post = procedure.read_section("main", sent, {"who": single}, CONTEXT, sources=sources)
        assert post.errors == () and post.answers["who"] == single


def test_a_relation_is_told_in_the_readers_language(tmp_path: Path) -> None:
    fields = "- {id: relation, type: text, says: relation, label: 続柄}"
    procedure = procedure_of(tmp_path, fields)
    english = {"夫": "Husband", "大家": "Landlord"}
    for word, told in (("夫", "Husband"), ("大家", "大家")):
        html = procedure.render_section(
            "main",
            {"relation": word},
            CONTEXT,
            sources={"relation": "register"},
            translate=lambda text: english.get(text, text),
        )
        assert f">{told}<" in html


def test_a_childs_name_of_the_register_is_not_emptied(tmp_path: Path) -> None:
    fields = """
    - id: family
      type: group
      label: 家族
      profile: household.members
      fields:
        - {id: name, type: name, label: 名前}
    """
    procedure = procedure_of(tmp_path, fields)
    known = {"family": [{"name": {"family": "見本", "given": "一郎"}}]}
    sources = {"family": "register"}
    sent = form(family="", family__0__name__family="見本", family__0__name__given="")
    post = procedure.read_section("main", sent, known, CONTEXT, sources=sources)
    assert {error.control_id for error in post.errors} == {"f-family-0-name-given"}
    assert post.answers == known and post.sources == sources
