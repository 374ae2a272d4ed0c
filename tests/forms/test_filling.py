"""Filling in a whole procedure with ordinary answers, and counting what that takes."""

from datetime import date
from pathlib import Path

import pytest

from portal.forms import Procedure
from portal.forms.filling import Effort, Filled, Stuck, fill, shortest
from portal.forms.statistics import Statistics, statistics
from tests.forms.city import CONTEXT, procedure

TODAY = date(2026, 6, 10)


def _filled(procedure: Procedure, **known: object) -> Filled:
    found = shortest(procedure, CONTEXT, known)
    assert isinstance(found, Filled), found
    return found


def test_what_is_offered_costs_nothing_and_what_is_typed_is_counted(tmp_path: Path) -> None:
    made = procedure(
        tmp_path,
        """
        - {id: copies, type: integer, label: 通数, min: 1, default: 1}
        - {id: code, type: text, label: 番号, pattern: "[0-9]{7}", example: "1234567"}
        - {id: note, type: text, label: 備考, required: false}
        - {id: agree, type: consent, label: 同意します}
        """,
    )
    found = _filled(made)
    # 7 characters; the consent, the page and sending are taps.
    assert found.effort == Effort(characters=7, taps=3)
    assert found.answers == {"copies": 1, "code": "1234567", "agree": True}


def test_the_way_that_asks_less_is_found(tmp_path: Path) -> None:
    made = procedure(
        tmp_path,
        """
        - {id: way, type: choice, label: 方法, options: {post: 郵送, counter: 窓口}}
        - {id: reason, type: text, label: 理由, when: way == "post"}
        """,
    )
    found = _filled(made)
    assert found.answers == {"way": "counter"} and found.effort.characters == 0
    picked = fill(made, CONTEXT, {}, {"way": "post"})
    assert isinstance(picked, Filled) and "reason" in picked.answers


def test_rules_over_several_fields_are_met(tmp_path: Path) -> None:
    made = procedure(
        tmp_path,
        """
        - {id: first, type: date, label: 初日, min: today}
        - {id: last, type: date, label: 最終日}
        """,
        "checks:\n  - {when: last <= first, message: あとの日に, field: last}\n",
    )
    answers = _filled(made).answers
    assert answers["last"] > answers["first"] >= CONTEXT.today.isoformat()


def test_rows_are_added_until_there_are_enough(tmp_path: Path) -> None:
    made = procedure(
        tmp_path,
        """
        - id: children
          type: group
          label: 子
          min_items: 2
          fields:
            - {id: name, type: text, label: 名前, example: 花}
            - {id: school, type: yes_no, label: 学校}
        """,
    )
    found = _filled(made)
    assert len(found.answers["children"]) == 2
    assert found.effort == Effort(characters=2, taps=2 + 2 + 2)


def test_what_nobody_can_answer_is_named(tmp_path: Path) -> None:
    made = procedure(
        tmp_path,
        "- {id: x, type: integer, label: 数}",
        "checks:\n  - {when: x >= 0, message: だめです, field: x}\n",
    )
    found = shortest(made, CONTEXT, {})
    assert isinstance(found, Stuck) and (found.error.path, found.error.message) == ("x", "だめです")
    assert statistics(made, TODAY) == found


@pytest.mark.parametrize(
    ("field", "first", "again"),
    [
        ("{id: who, concept: person}", 0, 0),
        ("{id: tel, concept: phone}", 11, 0),
        ("{id: tel, type: phone, label: 電話}", 11, 11),
    ],
)
def test_what_the_card_or_an_earlier_application_says_is_not_typed(
    tmp_path: Path, field: str, first: int, again: int
) -> None:
    found = statistics(procedure(tmp_path, f"- {field}"), TODAY)
    assert isinstance(found, Statistics)
    assert (found.first_characters, found.characters) == (first, again)


def test_files_and_consents_stay_with_their_application(tmp_path: Path) -> None:
    made = procedure(
        tmp_path,
        """
        - {id: tel, type: phone, label: 電話, profile: contact.phone}
        - {id: proof, type: file, label: 証明書, profile: some.proof}
        - {id: agree, type: consent, label: 同意します, profile: some.consent}
        - id: people
          type: group
          label: 家族
          profile: household.members
          fields:
            - {id: name, type: text, label: 名前}
            - {id: paper, type: file, label: 書類}
        """,
    )
    told = made.known_from(_filled(made).answers)
    assert set(told) == {"contact.phone", "household.members"}
    assert [set(row) for row in told["household.members"]] == [{"name"}]


OF_AGE = """
- id: children
  type: group
  label: 子
  profile: household.children
  max_items: 3
  fields:
    - {id: name, type: name, label: 名前}
    - {id: birth_date, type: date, label: 生年月日}
    - {id: cared, type: yes_no, label: 預けますか}
"""
RULE = """
checks:
  - {when: "!children.exists(c, c.cared && age_on(c.birth_date, today) == 3)", message: 3歳から,
     field: children}
"""


@pytest.mark.parametrize("found", [0, 2])
def test_a_row_of_the_right_age_is_found_without_changing_anybody_s_age(
    tmp_path: Path, found: int
) -> None:
    there = {"name": {"family": "見本", "given": "花"}, "birth_date": "2010-01-01"}
    made = procedure(tmp_path, OF_AGE, RULE)
    filled = _filled(made, children=[dict(there) for _ in range(found)])
    rows = filled.answers["children"]
    assert [row["birth_date"] for row in rows[:found]] == [there["birth_date"]] * found
    assert any(row["cared"] and row["birth_date"][:4] in ("2022", "2023") for row in rows)


def test_no_more_rows_are_added_than_there_may_be(tmp_path: Path) -> None:
    never = RULE.replace("== 3", "== 300")
    stuck = fill(procedure(tmp_path, OF_AGE, never), CONTEXT, {"children": [{}, {}]})
    assert isinstance(stuck, Stuck) and stuck.error.message == "3歳から"


def test_a_price_about_which_nobody_is_asked_leads_to_no_end(tmp_path: Path) -> None:
    fees = "fees:\n  lines:\n    - {id: f, label: 料, account: fee, amount: x}\n"
    fields = "- {id: x, type: integer, label: 数, required: false, staff_only: true}"
    stuck = fill(procedure(tmp_path, fields, fees), CONTEXT, {})
    assert isinstance(stuck, Stuck) and stuck.error.path == ""
