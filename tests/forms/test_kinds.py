"""Each kind of field: what is posted, what it becomes, what is said of it."""

from pathlib import Path
from typing import Any

import pytest

from portal.forms import Procedure
from tests.forms.city import CONTEXT, form, procedure


def read(compiled: Procedure, **controls: Any) -> tuple[Any, list[str]]:
    post = compiled.read_section("main", form(**controls), {}, CONTEXT)
    return post.answers.get("x"), [error.message for error in post.errors]


@pytest.mark.parametrize(
    ("field", "controls", "value"),
    [
        ("type: text", {"x": "  髙橋　です "}, "髙橋 です"),
        ('type: text, pattern: "[0-9]{7}"', {"x": "１２３４５６７"}, "1234567"),
        ("type: textarea", {"x": "一\r\n二"}, "一\n二"),
        ("type: email", {"x": "ＡＢＣ@example.jp "}, "ABC@example.jp"),
        ("type: phone", {"x": "０９０ー１２３４ー５６７８"}, "090-1234-5678"),
        ("type: phone", {"x": "+81 90 1234 5678"}, "090-1234-5678"),
        ("type: integer, unit: 通", {"x": "３通"}, 3),
        ("type: yen", {"x": "￥１，２３４円"}, 1234),
        ("type: integer, min: -5", {"x": "−5"}, -5),
        ("type: date", {"x": "令和8年5月1日"}, "2026-05-01"),
        ("type: date", {"x__year": "R8.5.1"}, "2026-05-01"),
        (
            "type: date",
            {"x__era": "reiwa", "x__year": "８", "x__month": "5", "x__day": "1"},
            "2026-05-01",
        ),
        (
            "type: date",
            {"x__era": "heisei", "x__year": "元", "x__month": "1", "x__day": "8"},
            "1989-01-08",
        ),
        (
            "type: date",
            {"x__era": "western", "x__year": "2026", "x__month": "05", "x__day": "01"},
            "2026-05-01",
        ),
        ("type: yes_no", {"x": "no"}, False),
        ("type: choice, options: {a: あ, b: い}", {"x": "b"}, "b"),
        ("type: choices, options: {a: あ, b: い}", {"x": ["", "a", "b", "a"]}, ["a", "b"]),
        (
            "type: ranked, options: {a: あ, b: い, c: う}",
            {"x__1": "b", "x__2": "a", "x__3": ""},
            ["b", "a"],
        ),
        (
            "type: name",
            {"x__family": "𠮷田", "x__given": "﨑"},
            {"family": "𠮷田", "given": "﨑"},
        ),
        (
            "type: kana",
            {"x__family": "よしだ", "x__given": "ﾊﾅ"},
            {"family": "ヨシダ", "given": "ハナ"},
        ),
        (
            "type: address",
            {"x__postcode": "〒１００－０００１", "x__text": "見本市1"},
            {"postcode": "1000001", "text": "見本市1"},
        ),
        (
            "type: bank_account",
            {
                "x__bank_code": "０００１",
                "x__branch_code": "1-2-3",
                "x__kind": "ordinary",
                "x__number": "12345",
                "x__holder": "みほん はな",
            },
            {
                "bank_code": "0001",
                "branch_code": "123",
                "kind": "ordinary",
                "number": "0012345",
                "holder": "ミホン　ハナ",
            },
        ),
        ("type: consent", {"x": ["", "yes"]}, True),
    ],
)
def test_good_input(tmp_path: Path, field: str, controls: dict[str, Any], value: Any) -> None:
    compiled = procedure(tmp_path, f"- {{id: x, {field}, label: 欄}}")
    assert read(compiled, **controls) == (value, [])
    # What was read is what the page shows and what the summary says, without a complaint.
    html = compiled.render_section("main", {"x": value}, CONTEXT)
    assert "aria-invalid" not in html
    assert compiled.journey({"x": value}, CONTEXT).complete
    assert compiled.summary({"x": value}, CONTEXT)[0].rows[0].text


@pytest.mark.parametrize(
    ("field", "controls", "told"),
    [
        ("type: text", {}, "入力してください"),
        ("type: text, max_length: 3", {"x": "あいうえ"}, "3文字以内"),
        ("type: text, min_length: 3", {"x": "あ"}, "3文字以上"),
        ("type: text", {"x": "a\x00b"}, "使えない文字"),
        ("type: text", {"x": "a\ud800b"}, "使えない文字"),
        ("type: text", {"x": "あ" * 100_000}, "文字以内"),
        (
            'type: text, pattern: "[0-9]{7}", pattern_message: 7けた 100%です。',
            {"x": "1"},
            "7けた 100%です。",
        ),
        ("type: email", {"x": "a@b"}, "name@example.jp"),
        ("type: phone", {"x": "12345"}, "市外局番から"),
        ("type: integer", {"x": "三"}, "数字で"),
        ("type: integer", {"x": "1.5"}, "数字で"),
        ("type: integer, min: 1", {"x": "0"}, "1以上"),
        ("type: integer, max: 10", {"x": "11"}, "10以下"),
        ("type: integer", {"x": "9" * 5000}, "数字で"),
        ("type: date", {"x": "令和元年4月30日"}, "令和は2019年5月1日から"),
        ("type: date", {"x": "平成31年5月1日"}, "平成は2019年4月30日まで"),
        ("type: date", {"x__year": "2026"}, "令和8年4月1日のように"),
        ("type: date", {"x__year": "2026", "x__month": "2", "x__day": "30"}, "カレンダーに"),
        ("type: date, max: today", {"x": "2026-04-02"}, "2026年4月1日以前"),
        ("type: date, min: 2026-04-01", {"x": "2026-03-31"}, "2026年4月1日以降"),
        ("type: yes_no", {"x": "maybe"}, "選択肢の中から"),
        ("type: choice, options: {a: あ}", {"x": "forged"}, "選択肢の中から"),
        ("type: choices, options: {a: あ}", {"x": ["a", "forged"]}, "選択肢の中から"),
        ("type: choices, options: {a: あ, b: い}, max: 1", {"x": ["a", "b"]}, "1個まで"),
        ("type: ranked, options: {a: あ, b: い}", {"x__1": "a", "x__2": "a"}, "2回"),
        ("type: ranked, options: {a: あ, b: い}", {"x__2": "a"}, "間をあけず"),
        ("type: ranked, options: {a: あ, b: い}, min: 2", {"x__1": "a"}, "第2希望まで"),
        ("type: name", {"x__given": "花"}, "姓を入力"),
        ("type: kana", {"x__family": "山田"}, "カタカナで"),
        ("type: address", {"x__postcode": "123", "x__text": "市"}, "7けた"),
        ("type: address", {"x__postcode": "1000001"}, "住所を入力"),
        ("type: bank_account", {"x__bank_code": "1"}, "4けた"),
        ("type: consent", {"x": ""}, "チェックを入れて"),
        ("type: file", {}, "ファイルを付けて"),
        ("type: person", {"x__name__family": "山田"}, "生年月日を入力"),
    ],
)
def test_bad_input(tmp_path: Path, field: str, controls: dict[str, Any], told: str) -> None:
    compiled = procedure(tmp_path, f"- {{id: x, {field}, label: 欄}}")
    value, messages = read(compiled, **controls)
    assert value is None
    assert any(told in message for message in messages), messages
    post = compiled.read_section("main", form(**controls), {}, CONTEXT)
    html = compiled.render_section("main", post.answers, CONTEXT, raw=post.raw, errors=post.errors)
    assert 'aria-invalid="true"' in html or "type: consent" in field or "choices" in html
    assert f'id="{post.errors[0].control_id}"' in html
    assert "field__error" in html
    html.encode()


@pytest.mark.parametrize(
    "field",
    [
        "type: text, max_length: 20", "type: integer", "type: date", "type: yes_no",
        "type: choice, options: {a: あ}", "type: choices, options: {a: あ}",
        "type: ranked, options: {a: あ}", "type: name", "type: address", "type: person",
        "type: bank_account", "type: file", "type: consent", "type: email", "type: phone",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "stored",
    ["x", 5, 1.5, True, [], [[]], [1], ["zzz"], {}, {"family": 1}, {"name": 3}, "2026-99-99"],
)
def test_a_stored_answer_of_another_shape_is_asked_for_again(
    tmp_path: Path, field: str, stored: Any
) -> None:
    compiled = procedure(tmp_path, f"- {{id: x, {field}, label: 欄}}")
    journey = compiled.journey({"x": stored}, CONTEXT)
    assert journey.complete == ("x" in journey.answers)
    compiled.render_section("main", {"x": stored}, CONTEXT)
    compiled.summary({"x": stored}, CONTEXT)
