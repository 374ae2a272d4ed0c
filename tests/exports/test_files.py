"""Files that other programs read: no character is lost without a word, and nothing is run."""

import csv
import io
import json
import zipfile
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.exports.columns import Table
from portal.exports.files import UNMAPPED, archive, csv_file
from tests.exports.test_columns import application


def table(*rows: tuple[str, ...], columns: tuple[str, ...] = ("氏名", "住所")) -> Table:
    return Table("applications", columns, rows)


def cells(content: bytes, codec: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode(codec), newline="")))


def test_utf_8_begins_with_the_mark_that_spreadsheets_know() -> None:
    content, lacking = csv_file(table(("𠮷田", "葛\U000e0100城市")), "utf-8")
    assert content.startswith(b"\xef\xbb\xbf")
    assert lacking == 0
    assert cells(content, "utf-8-sig") == [["氏名", "住所"], ["𠮷田", "葛\U000e0100城市"]]


def test_shift_jis_says_what_it_lacks() -> None:
    content, lacking = csv_file(table(("𠮷田", "葛\U000e0100城市"), ("髙﨑", "①〜−")), "shift_jis")
    assert lacking == 2
    assert cells(content, "cp932") == [
        ["氏名", "住所", UNMAPPED],
        ["〓田", "葛城市", "氏名: U+20BB7; 住所: U+E0100"],
        ["髙﨑", "①～－", ""],
    ]


@given(st.lists(st.text(max_size=20), min_size=2, max_size=2))
def test_any_text_can_be_written(texts: list[str]) -> None:
    content, _ = csv_file(table((texts[0], texts[1])), "shift_jis")
    content.decode("cp932")


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20))
def test_a_text_comes_back_from_utf_8_as_it_was(text: str) -> None:
    content, _ = csv_file(table((text, "")), "utf-8")
    (_, (found, _)) = cells(content, "utf-8-sig")
    assert found.removeprefix("'") == text.removeprefix("'")


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+cmd", "\tx"])
def test_no_spreadsheet_runs_what_somebody_typed(text: str) -> None:
    content, _ = csv_file(table((text, "")), "utf-8")
    assert cells(content, "utf-8-sig")[1][0] == f"'{text}"


@pytest.mark.parametrize("text", ["-5", "+81 90-1234-5678", "03-1234-5678", "-12.5"])
def test_numbers_stay_as_they_are(text: str) -> None:
    content, _ = csv_file(table((text, "")), "utf-8")
    assert cells(content, "utf-8-sig")[1][0] == text


def test_the_archive_has_everything_once_more_as_json() -> None:
    one = application(name={"family": "𠮷田", "given": "葛\U000e0100子"}, copies=3)
    made = archive([table(("𠮷田", ""))], [one], "shift_jis", datetime(2026, 6, 3, tzinfo=UTC))
    assert made.unmapped == 1
    with zipfile.ZipFile(io.BytesIO(made.content)) as content:
        assert content.namelist() == ["applications.csv", "applications.jsonl"]
        (line,) = content.read("applications.jsonl").decode().splitlines()
    document = json.loads(line)
    assert document["answers"] == {
        "name": {"family": "𠮷田", "given": "葛\U000e0100子"},
        "copies": 3,
    }
    assert (document["received_at"], document["total"]) == ("2026-06-03T08:30:00+09:00", 1010)
