"""Groups: rows without JavaScript, and attachments."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from portal.forms import Procedure, SectionPost
from tests.forms.city import CONTEXT, form, procedure

PDF = {"id": "1", "filename": "a.pdf", "size": 10, "media_type": "application/pdf"}


@pytest.fixture
def children(tmp_path: Path) -> Procedure:
    return procedure(
        tmp_path,
        """
        - id: children
          type: group
          label: お子さん
          item_label: お子さん
          min_items: 1
          max_items: 3
          fields:
            - {id: name, type: text, label: 名前}
            - {id: together, type: yes_no, label: 同居, default: true}
            - {id: address, type: text, label: 住所, when: together == false}
            - {id: paper, type: file, label: 書類, required: false, max_files: 2}
        """,
    )


def post(
    compiled: Procedure, answers: Mapping[str, Any] | None = None, /, **controls: Any
) -> SectionPost:
    return compiled.read_section("main", form(**controls), answers or {}, CONTEXT)


def test_the_first_row_is_there_from_the_beginning(children: Procedure) -> None:
    html = children.render_section("main", {}, CONTEXT)
    assert 'name="children.0.name"' in html and 'name="children.1.name"' not in html
    assert "お子さん 1" in html and "お子さんを追加" in html
    assert 'name="children.0.address"' not in html


def test_an_error_says_in_which_row_it_is(children: Procedure) -> None:
    rows = [{"name": "一", "together": True}, {"name": "二", "together": True}]
    wrong = post(
        children, {"children": rows}, children="", children__0__name="一", children__1__name="一\0"
    )
    told = {error.path: error.row for error in wrong.errors}
    assert told["children.1.name"] == "お子さん 2"
    missing = children.journey({"children": [{}]}, CONTEXT).errors
    assert {error.row for error in missing} == {"お子さん 1"}


def test_rows_are_added_and_removed_by_buttons(children: Procedure) -> None:
    first = post(children, children="", children__0__name="一", _add="children")
    assert (first.action, first.errors) == ("add", ())
    assert len(first.answers["children"]) == 2
    html = children.render_section("main", first.answers, CONTEXT, raw=first.raw)
    assert 'value="一"' in html and 'name="children.1.name"' in html
    assert 'id="f-children-1-name"' in html
    second = post(
        children,
        first.answers,
        children="",
        children__0__name="一",
        children__1__name="二",
        _remove="children.0",
    )
    assert second.action == "remove"
    assert [row["name"] for row in second.answers["children"]] == ["二"]
    assert second.raw["children.0.name"] == ["二"] and "children.1.name" not in second.raw


def test_no_more_rows_than_allowed(children: Procedure) -> None:
    rows = {f"children__{n}__name": str(n) for n in range(3)}
    full = post(children, children="", **rows, _add="children")
    assert len(full.answers["children"]) == 3
    assert "3件まで" in full.errors[0].message
    many = {f"children__{n}__name": str(n) for n in range(500)}
    forged = post(children, children="", **many)
    assert len(forged.answers["children"]) == 3
    assert any("3件まで" in error.message for error in forged.errors)
    html = children.render_section("main", full.answers, CONTEXT, raw=full.raw)
    assert "を追加" not in html


@pytest.mark.parametrize("index", ["-1", "1e3", "٣", "00", "99999999999", "a", ""])
def test_a_wrong_index_is_no_row(children: Procedure, index: str) -> None:
    name = f"children.{index}.name"
    forged = children.read_section(
        "main", {name: ["x"], "_remove": [f"children.{index}"]}, {}, CONTEXT
    )
    assert not forged.answers["children"]


def test_rows_in_any_order_and_with_gaps(children: Procedure) -> None:
    found = post(
        children,
        children="",
        children__7__name="七",
        children__7__together="yes",
        children__2__name="二",
        children__2__together="yes",
    )
    assert [row["name"] for row in found.answers["children"]] == ["二", "七"]
    assert found.may_continue


def test_a_row_left_blank_is_no_row(children: Procedure) -> None:
    found = post(
        children,
        children="",
        children__0__name="一",
        children__0__together="yes",
        children__1___row="1",
        children__1__together="yes",
        children__1__name=" ",
    )
    assert len(found.answers["children"]) == 1 and found.may_continue
    nothing = post(children, children="", children__0__name="")
    assert nothing.errors[0].path == "children.0.name"


def test_conditions_within_a_row(children: Procedure) -> None:
    row = {"children": "", "children__0__name": "一", "children__0__together": "no"}
    first = post(children, **row)
    assert first.revealed == ("children.0.address",) and not first.errors
    html = children.render_section("main", first.answers, CONTEXT, raw=first.raw)
    assert 'name="children.0.address"' in html
    second = post(children, first.answers, **row, children__0__address="")
    assert [error.control_id for error in second.errors] == ["f-children-0-address"]
    third = post(children, first.answers, **row, children__0__address="遠く")
    assert third.answers["children"][0]["address"] == "遠く"
    journey = children.journey(third.answers, CONTEXT)
    assert journey.complete
    rows = children.summary(third.answers, CONTEXT)[0].rows
    assert "住所: 遠く" in rows[0].text


def test_attachments_of_rows_move_with_them(children: Procedure) -> None:
    stored = {"children": [{"name": "一"}, {"name": "二", "paper": [PDF]}]}
    posted = form(children="", children__0__name="一", children__1__name="二", _remove="children.0")
    found = children.read_section("main", posted, stored, CONTEXT)
    assert found.answers["children"][0]["paper"] == [PDF]


def test_uploads_are_added_and_removed(children: Procedure) -> None:
    stored = {"children": [{"name": "一", "together": True, "paper": [PDF]}]}
    posted = form(children="", children__0__name="一", children__0__together="yes")
    other = {**PDF, "id": "2", "filename": "<b>.pdf"}
    name = "children.0.paper"
    added = children.read_section("main", posted, stored, CONTEXT, uploads={name: [other]})
    assert [file["id"] for file in added.answers["children"][0]["paper"]] == ["1", "2"]
    html = children.render_section("main", added.answers, CONTEXT)
    assert "&lt;b&gt;.pdf" in html and 'value="children.0.paper.1"' in html
    removed = children.read_section(
        "main", {**posted, "_remove": [f"{name}.0"]}, added.answers, CONTEXT
    )
    assert [file["id"] for file in removed.answers["children"][0]["paper"]] == ["2"]
    full = children.read_section("main", posted, added.answers, CONTEXT, uploads={name: [other]})
    assert "2個まで" in full.errors[0].message
    assert len(full.answers["children"][0]["paper"]) == 2
    wrong = {**PDF, "media_type": "text/html"}
    refused = children.read_section("main", posted, stored, CONTEXT, uploads={name: [wrong]})
    assert "受け付けられない種類" in refused.errors[0].message
    assert refused.answers["children"][0]["paper"] == [PDF]


def test_what_may_be_uploaded_where(children: Procedure) -> None:
    rule = children.file_rule("children.0.paper")
    assert rule is not None and rule.max_files == 2 and rule.max_bytes == 10 * 1024 * 1024
    for name in ("children.0.name", "children.paper", "paper", "", "children.x.paper"):
        assert children.file_rule(name) is None


@pytest.fixture
def jobs(tmp_path: Path) -> Procedure:
    return procedure(
        tmp_path,
        """
        - id: jobs
          type: group
          label: 仕事
          fields:
            - {id: works, type: yes_no, label: 働いている}
            - {id: leave, type: yes_no, label: 休業, default: false, when: works}
        - {id: moved, type: yes_no, label: 引っ越した}
        - {id: alone, type: yes_no, label: ひとりで, default: false, when: moved}
        """,
    )


def test_a_revealed_question_keeps_its_preselected_answer(jobs: Procedure) -> None:
    revealed = post(jobs, jobs="", jobs__0___row="1", jobs__0__works="yes", moved="yes")
    assert set(revealed.revealed) == {"jobs.0.leave", "alone"}
    html = jobs.render_section("main", revealed.answers, CONTEXT, raw=revealed.raw)
    for control in ("jobs-0-leave", "alone"):
        assert re.search(rf'id="f-{control}-1" value="no"[^>]* checked', html)


def test_a_revealed_question_keeps_its_preselected_answer_in_a_row_that_moves_up(
    jobs: Procedure,
) -> None:
    stored = {"jobs": [{"works": True, "leave": True}, {"works": False}]}
    rows = {"jobs__0___row": "1", "jobs__0__works": "yes", "jobs__0__leave": "yes"}
    rows |= {"jobs__1___row": "1", "jobs__1__works": "yes"}
    removed = post(jobs, stored, jobs="", moved="no", _remove="jobs.0", **rows)
    assert removed.answers["jobs"] == [{"works": True}]
    html = jobs.render_section("main", removed.answers, CONTEXT, raw=removed.raw)
    assert re.search(r'id="f-jobs-0-leave-1" value="no"[^>]* checked', html)
