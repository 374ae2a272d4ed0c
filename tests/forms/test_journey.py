"""Conditions, sections, what is known already, rows: the journey through a form."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from portal.forms import Context, Procedure
from tests.forms.city import CONTEXT, HEAD, TODAY, form, load, procedure

THREE_SECTIONS = (
    HEAD
    + """
sections:
  - id: first
    title: はじめ
    fields:
      - {id: purpose, type: choice, label: 目的, options: {school: 学校, other: その他}}
      - {id: detail, type: text, label: くわしく, when: purpose == "other"}
      - {id: thanks, type: note, label: ありがとう, when: answered(detail)}
  - id: second
    title: つぎ
    when: answered(detail)
    fields:
      - {id: copies, type: integer, label: 通数, default: 1}
  - id: third
    title: おわり
    intro: もうすこしです。
    fields:
      - {id: agree, type: consent, label: 約束}
checks:
  - {when: copies == 4, message: 4通にはできません。, field: copies}
"""
)


@pytest.fixture
def three(tmp_path: Path) -> Procedure:
    return load(tmp_path, THREE_SECTIONS).procedures["test"]


def sections(compiled: Procedure, answers: Mapping[str, Any]) -> list[str]:
    return [section.id for section in compiled.journey(answers, CONTEXT).sections]


def test_sections_follow_the_answers(three: Procedure) -> None:
    assert sections(three, {}) == ["first", "third"]
    answers = {"purpose": "other", "detail": "x"}
    assert sections(three, answers) == ["first", "second", "third"]
    journey = three.journey(answers, CONTEXT)
    assert [section.complete for section in journey.sections] == [True, False, False]
    assert journey.first_incomplete == "second"
    assert journey.next_after("first") == "second"
    assert journey.next_after("third") is None
    assert journey.before("second") == "first"
    assert journey.before("first") is None
    assert three.journey({}, CONTEXT).next_after("second") == "first"
    assert three.section_intro("third") == "もうすこしです。"


def test_hidden_answers_are_discarded_with_all_that_hangs_on_them(three: Procedure) -> None:
    answers = {"purpose": "school", "detail": "x", "copies": 3, "agree": True}
    journey = three.journey(answers, CONTEXT)
    assert journey.answers == {"purpose": "school", "agree": True}
    assert journey.complete
    back = three.journey({**answers, "purpose": "other"}, CONTEXT)
    assert back.answers["copies"] == 3


def test_a_hidden_field_can_t_be_posted(three: Procedure) -> None:
    post = three.read_section("first", form(purpose="school", detail="forged"), {}, CONTEXT)
    assert post.may_continue
    assert "detail" not in post.answers
    assert "copies" not in post.answers


def test_a_question_that_appears_is_asked_before_it_is_missed(three: Procedure) -> None:
    first = three.read_section("first", form(purpose="other"), {}, CONTEXT)
    assert first.revealed == ("detail",)
    assert first.errors == () and not first.may_continue
    second = three.read_section("first", form(purpose="other", detail=""), first.answers, CONTEXT)
    assert [error.path for error in second.errors] == ["detail"]
    assert not second.revealed


def test_a_default_is_offered_but_is_no_answer(three: Procedure) -> None:
    answers = {"purpose": "other", "detail": "x"}
    assert 'value="1"' in three.render_section("second", answers, CONTEXT)
    assert not three.journey(answers, CONTEXT).complete
    emptied = three.read_section("second", form(copies=""), answers, CONTEXT)
    assert emptied.answers["copies"] is None
    assert 'value="1"' not in three.render_section("second", emptied.answers, CONTEXT)


def test_a_check_over_fields_stands_at_its_field(three: Procedure) -> None:
    answers = {"purpose": "other", "detail": "x"}
    post = three.read_section("second", form(copies="4"), answers, CONTEXT)
    assert [(e.path, e.message) for e in post.errors] == [("copies", "4通にはできません。")]
    assert not three.journey({**answers, "copies": 4, "agree": True}, CONTEXT).complete


def test_refresh_keeps_what_was_typed_without_complaint(three: Procedure) -> None:
    post = three.read_section("first", form(purpose="zzz", _refresh=""), {}, CONTEXT)
    assert (post.action, post.errors) == ("refresh", ())
    assert post.raw == {"purpose": ["zzz"]}


def test_an_unknown_section_is_the_caller_s_mistake(three: Procedure) -> None:
    with pytest.raises(KeyError):
        three.read_section("zzz", {}, {}, CONTEXT)


def test_options_come_and_go_with_the_answers(tmp_path: Path) -> None:
    compiled = procedure(
        tmp_path,
        """
        - {id: kind, type: choice, label: 種類, options: {a: あ, b: い}}
        - id: x
          type: choice
          label: 欄
          options: [{value: p, label: ぴ}, {value: q, label: く, when: kind == "b"}]
        """,
    )
    assert compiled.journey({"kind": "b", "x": "q"}, CONTEXT).complete
    assert not compiled.journey({"kind": "a", "x": "q"}, CONTEXT).complete
    assert "hidden" in compiled.render_section("main", {"kind": "a"}, CONTEXT)
    assert "hidden" not in compiled.render_section("main", {"kind": "b"}, CONTEXT)


def test_computed_values_are_shown_and_kept(tmp_path: Path) -> None:
    compiled = procedure(
        tmp_path,
        """
        - {id: born, type: date, label: 誕生日}
        - {id: age, type: computed, label: 年齢, value: "age_on(born, today)", unit: 歳}
        - {id: adult, type: note, label: おとな, when: age >= 18}
        """,
    )
    journey = compiled.journey({"born": "2008-04-02"}, CONTEXT)
    assert journey.answers["age"] == 17
    assert "おとな" in compiled.render_section("main", {"born": "2008-04-01"}, CONTEXT)
    assert "まだ決まっていません" in compiled.render_section("main", {}, CONTEXT)
    assert compiled.summary({"born": "2008-04-01"}, CONTEXT)[0].rows[1].text == "18歳"


@dataclass(frozen=True)
class Known:
    value: Any
    source: str


PERSON = {
    "name": {"family": "髙橋", "given": "花"},
    "kana": None,
    "birth_date": "1990-01-02",
    "sex": "female",
    "address": {"postcode": "1000001", "text": "見本市1"},
}


@pytest.fixture
def known(tmp_path: Path) -> Procedure:
    return procedure(
        tmp_path,
        """
        - {id: applicant, concept: person}
        - {id: name, concept: fixed}
        - {id: phone, concept: phone}
        - {id: family, concept: members, required: false}
        """,
    )


def test_what_is_known_is_text_with_its_source(known: Procedure) -> None:
    name = {"family": "髙橋", "given": "花"}
    answers, sources = known.prefill(
        {
            "person": Known(PERSON, "card"),
            "person.name": Known(name, "register"),
            "phone": Known(None, "earlier"),
            "members": Known([{"name": name}], "earlier"),
        }
    )
    assert answers == {"applicant": PERSON, "name": name, "family": [{"name": name}]}
    assert sources == {"applicant": "card", "name": "register", "family": "earlier"}
    html = known.render_section("main", answers, CONTEXT, sources=sources)
    assert "カードから" in html and "住民記録から" in html and "前回の申請から" in html
    assert html.count("prefilled__change") == 2  # what is fixed has no link
    assert 'href="?edit=applicant#f-applicant"' in html
    assert 'name="applicant.name.family"' not in html and 'name="phone"' in html
    rows = known.summary(answers, CONTEXT, sources=sources)[0].rows
    assert rows[0].source == "カードから" and rows[0].text == "髙橋　花"
    opened = known.render_section(
        "main", answers, CONTEXT, sources=sources, edit=frozenset({"applicant", "name"})
    )
    assert 'name="applicant.name.family"' in opened and 'name="name.family"' not in opened


def test_text_is_kept_and_a_change_loses_the_source(known: Procedure) -> None:
    sources = {"applicant": "card", "family": "register"}
    stored = {"applicant": PERSON, "family": [{"name": PERSON["name"]}]}
    kept = known.read_section("main", form(phone="0312345678"), stored, CONTEXT, sources=sources)
    assert kept.answers == stored | {"name": None, "phone": "0312345678"}
    assert kept.sources == sources
    changed = known.read_section(
        "main",
        form(
            applicant__name__family="高橋",
            applicant__name__given="花",
            applicant__birth_date__year="1990-01-02",
            applicant__address__text="見本市2",
        ),
        {"applicant": PERSON},
        CONTEXT,
        sources=sources,
    )
    assert changed.answers["applicant"]["name"]["family"] == "高橋"
    assert changed.answers["applicant"]["sex"] == "female"
    assert changed.sources == {}


def test_what_the_card_settled_can_t_be_posted_over(known: Procedure) -> None:
    stored = {"name": {"family": "髙橋", "given": "花"}}
    forged = form(name__family="別人", name__given="太郎")
    post = known.read_section("main", forged, stored, CONTEXT, sources={"name": "card"})
    assert post.answers["name"] == stored["name"]
    free = known.read_section("main", forged, stored, CONTEXT, sources={"name": "staff"})
    assert free.answers["name"]["family"] == "別人"


def test_context_reaches_the_conditions(tmp_path: Path) -> None:
    compiled = procedure(
        tmp_path,
        """
        - {id: a, type: note, label: 市民, when: resident.of_city}
        - {id: b, type: note, label: 窓口, when: 'channel == "counter"'}
        - {id: c, type: note, label: 春, when: today.getMonth() == 3}
        """,
    )
    html = compiled.render_section("main", {}, CONTEXT)
    assert "市民" in html and "窓口" not in html and "春" in html
    other = compiled.render_section("main", {}, Context(today=TODAY, channel="counter"))
    assert "市民" not in other and "窓口" in other
