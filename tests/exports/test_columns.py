"""Every kind of answer has its columns, whatever was answered, and every version its place."""

from datetime import UTC, datetime
from typing import Any, get_args

import pytest

from portal.exports.columns import Table, tables
from portal.exports.head import Exported
from portal.forms import Procedure
from portal.forms.definition import ProcedureDefinition
from portal.forms.export_lint import EXPORT_HEAD
from portal.forms.fields import GroupField, NoteField, RowField
from portal.forms.kinds.registry import kind_of

#: What a field of a kind needs beside its label.
NEEDED: dict[str, dict[str, Any]] = {
    "choice": {"options": {"a": "あ", "b": "い"}},
    "choices": {"options": {"a": "あ", "b": "い"}},
    "ranked": {"options": {"a": "あ", "b": "い", "c": "う"}},
    "computed": {"value": "1 + 1"},
}
TYPES = [
    get_args(one.model_fields["type"].annotation)[0]
    for one in get_args(get_args(RowField)[0])
    if one is not NoteField
]


def procedure(*fields: dict[str, Any], **changes: Any) -> Procedure:
    written = {
        "procedure": "sample",
        "title": "見本",
        "summary": "見本です。",
        "department": "citizens",
        "sections": [{"id": "one", "title": "一", "fields": list(fields)}],
        **changes,
    }
    return Procedure(ProcedureDefinition.model_validate(written))


def application(**answers: Any) -> Exported:
    return Exported(
        reference="7KQ4-M3XD",
        received_at=datetime(2026, 6, 2, 23, 30, tzinfo=UTC),
        procedure="sample",
        version="1",
        checksum="abc",
        state="received",
        channel="online",
        applicant="見本 花子",
        protected=True,
        total=1010,
        answers=answers,
    )


def answers_of(table: Table, row: int = 0) -> dict[str, str]:
    """The cells that are no part of the head, by column."""
    cells = dict(zip(table.columns, table.rows[row], strict=True))
    return {name: cell for name, cell in cells.items() if name not in EXPORT_HEAD}


def test_the_head_is_the_same_for_all() -> None:
    (main,) = tables([procedure({"id": "a", "type": "text", "label": "あ"})], [application(a="x")])
    assert main.columns == (*EXPORT_HEAD, "a")
    assert main.rows == (
        (
            *("7KQ4-M3XD", "2026-06-03 08:30:00", "sample", "1", "abc", "received", "online"),
            *("見本 花子", "1", "1010", "x"),
        ),
    )


@pytest.mark.parametrize("kind", TYPES)
def test_no_part_of_any_answer_is_without_a_column(kind: str) -> None:
    field = {"id": "it", "type": kind, "label": "見本", **NEEDED.get(kind, {})}
    made = procedure(field)
    (written,) = made.definition.sections[0].fields
    for sample in kind_of(written).samples():
        (main,) = tables([made], [application(it=sample)])
        found = "\n".join(answers_of(main).values())
        assert all(_text(value) in found for value in _leaves(sample))


def _leaves(value: Any) -> list[Any]:
    if isinstance(value, dict):
        if "filename" in value:
            return [value["filename"]]
        return [leaf for each in value.values() for leaf in _leaves(each)]
    if isinstance(value, list):
        return [leaf for each in value for leaf in _leaves(each)]
    return [] if value is None else [value]


def _text(value: Any) -> str:
    return str(int(value)) if isinstance(value, bool) else str(value)


def test_columns_have_the_names_that_the_system_knows() -> None:
    made = procedure(
        {"id": "kana", "type": "kana", "label": "フリガナ", "export": "氏名カナ"},
        {"id": "wishes", "type": "ranked", "label": "希望", "export": "希望園", "max": 2,
         "options": {"a": "あ", "b": "い"}},
        {"id": "both", "type": "choices", "label": "選択", "options": {"a": "あ", "b": "い"}},
        {"id": "agreed", "type": "yes_no", "label": "同意"},
    )  # fmt: skip
    (main,) = tables([made], [application(
        kana={"family": "ミホン", "given": "ハナコ"}, wishes=["b"], both=["a", "b"], agreed=False
    )])  # fmt: skip
    assert answers_of(main) == {
        "氏名カナ.family": "ミホン",
        "氏名カナ.given": "ハナコ",
        "希望園.1": "b",
        "希望園.2": "",
        "both": "a;b",
        "agreed": "0",
    }


def test_rows_of_a_group_are_a_table_of_their_own() -> None:
    made = procedure(
        {"id": "children", "type": "group", "label": "子", "fields": [
            {"id": "name", "type": "text", "label": "名", "export": "児童氏名"},
            {"id": "note", "type": "note", "label": "説明"},
        ]}
    )  # fmt: skip
    assert isinstance(made.definition.sections[0].fields[0], GroupField)
    main, children = tables(
        [made], [application(children=[{"name": "結衣"}, {"name": "海"}]), application()]
    )
    assert len(main.rows) == 2
    assert children.id == "applications.children"
    assert children.columns == ("受付番号", "行", "児童氏名")
    assert children.rows == (("7KQ4-M3XD", "1", "結衣"), ("7KQ4-M3XD", "2", "海"))


def test_the_columns_do_not_depend_on_the_answers() -> None:
    made = procedure({"id": "who", "type": "person", "label": "人"})
    (empty,), (full,) = (
        tables([made], [application(**answers)])
        for answers in ({}, {"who": {"name": {"family": "見本", "given": "花子"}}})
    )
    assert empty.columns == full.columns


def test_two_versions_share_a_column_of_one_name() -> None:
    old = procedure({"id": "tel", "type": "text", "label": "電話", "export": "電話番号"},
                    {"id": "gone", "type": "text", "label": "前の欄"})  # fmt: skip
    new = procedure({"id": "phone", "type": "text", "label": "電話", "export": "電話番号"})
    (main,) = tables([new, old], [application(phone="03"), application(tel="04", gone="x")])
    assert main.columns[len(EXPORT_HEAD) :] == ("電話番号", "gone")
    assert [answers_of(main, row) for row in (0, 1)] == [
        {"電話番号": "03", "gone": ""},
        {"電話番号": "04", "gone": "x"},
    ]
