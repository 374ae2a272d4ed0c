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
        ('type: text, pattern: "[0-9]{7}", example: "1234567"', {"x": "１２３４５６７"}, "1234567"),
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
        ("type: decimal", {"x": "１２．５"}, "12.5"),
        ("type: decimal, places: 2, unit: ㎡", {"x": "1,234.50㎡"}, "1234.5"),
        ("type: decimal, places: 3, min: -1", {"x": "-.250"}, "-0.25"),
        ("type: decimal", {"x": "7."}, "7"),
        # As people write it who count in commas.
        ("type: decimal", {"x": "1,5"}, "1.5"),
        ("type: decimal", {"x": "１、５"}, "1.5"),
        ("type: decimal", {"x": "1.234,5"}, "1234.5"),
        ("type: decimal", {"x": "1,234"}, "1234"),
        ("type: yen", {"x": "1.500"}, 1500),
        ("type: yen", {"x": "1、234、567"}, 1234567),
        ("type: time", {"x": "9:30"}, "09:30"),
        ("type: time", {"x": "９時３０分"}, "09:30"),
        ("type: time", {"x": "０９３０"}, "09:30"),
        ("type: time", {"x": "午後3時半"}, "15:30"),
        ("type: time", {"x": "12:00 am"}, "00:00"),
        ('type: time, min: "09:00", max: "17:00", step: 15', {"x": "17時"}, "17:00"),
        (
            "type: period, max_days: 3",
            {"x__first__year": "2026-04-01", "x__last__era": "reiwa", "x__last__year": "8"}
            | {"x__last__month": "4", "x__last__day": "3"},
            {"first": "2026-04-01", "last": "2026-04-03"},
        ),
        (
            "type: period, open_ended: true",
            {"x__first__year": "R8.5.1"},
            {"first": "2026-05-01", "last": None},
        ),
        ("type: text, characters: katakana", {"x": "みほん ﾊﾅ"}, "ミホン　ハナ"),
        ("type: text, characters: hiragana", {"x": "ミホンー"}, "みほんー"),
        ("type: text, characters: kana", {"x": "みほんﾊﾅ"}, "みほんハナ"),
        ("type: text, characters: half", {"x": "Ａ－１２"}, "A-12"),
        ("type: text, characters: full", {"x": "ABC ｶﾞ1-2"}, "ＡＢＣ　ガ１－２"),
        ("type: text, characters: digits", {"x": "１２３ー４５"}, "12345"),
        ("type: text, characters: latin", {"x": "Nguyễn Văn Ａ"}, "Nguyễn Văn A"),
        ("type: text", {"x": "髙橋★𠮷☎①〒"}, "髙橋★𠮷☎①〒"),
        ("type: text", {"x": "한국 ไทย नमस्ते"}, "한국 ไทย नमस्ते"),
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
        (
            "type: bank_account",
            {
                "x__bank_code": "ゆうちょ",
                "x__branch_code": "１２３４０",
                "x__number": "1234561",
                "x__holder": "キョウ ハナ",
            },
            {
                "bank_code": "9900",
                "branch_code": "238",
                "kind": "ordinary",
                "number": "0123456",
                "holder": "キヨウ　ハナ",
                "bank_name": "ゆうちょ銀行",
                "branch_name": "二三八",
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
            'type: text, pattern: "[0-9]{4}", example: "1234", pattern_message: 4けた 100%です。',
            {"x": "1"},
            "4けた 100%です。",
        ),
        ("type: email", {"x": "a@b"}, "name@example.jp"),
        ("type: phone", {"x": "12345"}, "市外局番から"),
        ("type: integer", {"x": "三"}, "数字で"),
        ("type: integer", {"x": "1.5"}, "数字で"),
        ("type: integer", {"x": "1,5"}, "数字で"),
        ("type: decimal", {"x": "1,234,5"}, "数字で"),
        ("type: integer, min: 1", {"x": "0"}, "1以上"),
        ("type: integer, max: 10", {"x": "11"}, "10以下"),
        ("type: integer", {"x": "9" * 5000}, "数字で"),
        ("type: date", {"x": "令和元年4月30日"}, "令和は2019年5月1日から"),
        ("type: date", {"x": "平成31年5月1日"}, "平成は2019年4月30日まで"),
        ("type: date", {"x__year": "2026"}, "令和8年4月1日のように"),
        ("type: date", {"x__year": "2026", "x__month": "2", "x__day": "30"}, "カレンダーに"),
        ("type: date, max: today", {"x": "2026-04-02"}, "2026年4月1日以前"),
        ("type: date, min: 2026-04-01", {"x": "2026-03-31"}, "2026年4月1日以降"),
        (
            "type: date, max: today, max_message: 100%未来です。",
            {"x": "2026-04-02"},
            "100%未来です。",
        ),
        ("type: integer, min: 5 - 2, min_message: 足りません。", {"x": "2"}, "足りません。"),
        ("type: integer, max: 5 - 2", {"x": "4"}, "3以下"),
        ("type: decimal", {"x": "1.25"}, "1けたまで"),
        ("type: decimal, min: 0.5", {"x": "0.4"}, "0.5以上"),
        ("type: decimal, max: 3 * 5", {"x": "1.6"}, "1.5以下"),
        ("type: decimal", {"x": "1e9"}, "数字で"),
        ("type: time", {"x": "25:00"}, "9時30分のように"),
        ("type: time", {"x": "9"}, "9時30分のように"),
        ("type: time, step: 15", {"x": "9:20"}, "15分きざみ"),
        ('type: time, min: "09:00"', {"x": "8:59"}, "09:00以降"),
        ('type: time, max: "17:00"', {"x": "17:01"}, "17:00以前"),
        ("type: period", {"x__first__year": "2026-04-01"}, "おわりの日」を入力"),
        ("type: period", {"x__last__year": "2026-04-01"}, "はじめの日」を入力"),
        (
            "type: period",
            {"x__first__year": "2026-04-02", "x__last__year": "2026-04-01"},
            "よりあと",
        ),
        (
            "type: period, max_days: 2",
            {"x__first__year": "2026-04-01", "x__last__year": "2026-04-03"},
            "2日以内",
        ),
        (
            "type: period, min: today",
            {"x__first__year": "2026-03-31", "x__last__year": "2026-04-03"},
            "以降の日",
        ),
        ("type: text, characters: katakana", {"x": "見本"}, "カタカナで"),
        ("type: text, characters: hiragana", {"x": "abc"}, "ひらがなで"),
        ("type: text, characters: half", {"x": "あ"}, "半角の"),
        ("type: text, characters: digits", {"x": "12a"}, "数字で"),
        ("type: text, characters: latin", {"x": "山田"}, "ローマ字"),
        ("type: text", {"x": "はい👍🏽です"}, "「👍🏽」は、紙に印刷できません"),
        ("type: textarea", {"x": "家族👨‍👩‍👧"}, "「👨‍👩‍👧」"),
        ("type: text", {"x": "🇯🇵"}, "「🇯🇵」"),
        ("type: text", {"x": "1️⃣"}, "「1️⃣」"),
        ("type: text", {"x": "❤️"}, "「❤️」"),
        ("type: address", {"x__text": "見本市1-1🏠"}, "「🏠」"),
        ("type: name", {"x__family": "12345"}, "「1」は使えません"),
        ("type: name", {"x__family": "！？"}, "使えません"),
        ("type: name", {"x__family": "山田😀"}, "「😀」は使えません"),
        ("type: name", {"x__family": "・・・"}, "使えません"),
        (
            "type: bank_account",
            {"x__bank_code": "9900", "x__branch_code": "11940"},
            "1で終わります",
        ),
        ("type: yes_no", {"x": "maybe"}, "選択肢の中から"),
        ("type: choice, options: {a: あ}", {"x": "forged"}, "選択肢の中から"),
        ("type: choices, options: {a: あ}", {"x": ["a", "forged"]}, "選択肢の中から"),
        ("type: choices, options: {a: あ, b: い}, max: 1", {"x": ["a", "b"]}, "1個まで"),
        ("type: ranked, options: {a: あ, b: い}", {"x__1": "a", "x__2": "a"}, "2回"),
        ("type: ranked, options: {a: あ, b: い}", {"x__2": "a"}, "間をあけず"),
        ("type: ranked, options: {a: あ, b: い}, min: 2", {"x__1": "a"}, "第2希望まで"),
        ("type: name", {"x__given": "花"}, "姓」を入力"),
        ("type: kana", {"x__family": "山田"}, "カタカナで"),
        ("type: address", {"x__postcode": "123", "x__text": "市"}, "7けた"),
        ("type: address", {"x__postcode": "1000001"}, "「欄」を入力"),
        ("type: bank_account", {"x__bank_code": "1"}, "4けた"),
        ("type: consent", {"x": ""}, "チェックを入れて"),
        ("type: file", {}, "ファイルを付けて"),
        ("type: person", {"x__name__family": "山田"}, "生年月日」を入力"),
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
        "type: decimal", "type: time", "type: period", "type: text, characters: latin",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "stored",
    [
        "x",
        5,
        1.5,
        True,
        [],
        [[]],
        [1],
        ["zzz"],
        {},
        {"family": 1},
        {"name": 3},
        "2026-99-99",
        "1.50",
        "9:00",
        {"first": "2026-04-01", "last": 5},
        {"first": None, "last": None},
    ],
)
def test_a_stored_answer_of_another_shape_is_asked_for_again(
    tmp_path: Path, field: str, stored: Any
) -> None:
    compiled = procedure(tmp_path, f"- {{id: x, {field}, label: 欄}}")
    journey = compiled.journey({"x": stored}, CONTEXT)
    assert journey.complete == ("x" in journey.answers)
    compiled.render_section("main", {"x": stored}, CONTEXT)
    compiled.summary({"x": stored}, CONTEXT)


@pytest.mark.parametrize(
    "name",
    [
        ("𠮷田", "﨑"),
        ("髙橋", "葛󠄀"),
        ("O’Brien", "Seán"),
        ("Nguyễn", "Thị Hà"),
        ("ジャン＝ピエール", ""),
        ("MARIA DE LOS ANGELES GARCIA-LOPEZ Y FERNANDEZ", ""),
        ("金（KIM）", "秀賢"),
        ("佐々木", "〆子"),
        ("ĐẶNG", "Ａ"),
        ("สมชาย", "ใจดี"),
        ("四十万", "〇"),
        ("ル・クレジオ", "J. M."),
    ],
)
def test_a_real_name_is_never_refused_and_never_changed(
    tmp_path: Path, name: tuple[str, str]
) -> None:
    compiled = procedure(tmp_path, "- {id: x, type: name, label: 氏名}")
    value = {"family": name[0], "given": name[1]}
    assert read(compiled, x__family=name[0], x__given=name[1]) == (value, [])


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("09012345678", "090-1234-5678"),
        ("090 1234 5678", "090-1234-5678"),
        ("0312345678", "03-1234-5678"),
        ("0120123456", "0120-123-456"),
        ("08001234567", "0800-123-4567"),
        ("0299-00-1234", "0299-00-1234"),
        # Where an area code ends nobody can tell from the number.
        ("0299001234", "0299001234"),
    ],
)
def test_a_telephone_number_is_shown_with_its_hyphens(
    tmp_path: Path, typed: str, told: str
) -> None:
    compiled = procedure(tmp_path, "- {id: x, type: phone, label: 欄}")
    value, messages = read(compiled, x=typed)
    assert not messages
    assert compiled.summary({"x": value}, CONTEXT)[0].rows[0].text == told
