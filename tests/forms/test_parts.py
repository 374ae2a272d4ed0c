"""An error in a field of several parts names the part, and leads to its control."""

from pathlib import Path
from typing import Any

import pytest

from tests.forms.city import CONTEXT, form, procedure

WHOLE = {
    "x__name__family": "見本",
    "x__name__given": "花子",
    "x__birth_date__year": "1990",
    "x__birth_date__month": "1",
    "x__birth_date__day": "2",
    "x__address__text": "見本県見本市1-1",
}


def errors(tmp_path: Path, kind: str, controls: dict[str, Any]) -> list[tuple[str, str]]:
    """What is wrong with a field called 申請する人: the control and the message of each error."""
    compiled = procedure(tmp_path, f"- {{id: x, type: {kind}, label: 申請する人}}")
    post = compiled.read_section("main", form(**controls), {}, CONTEXT)
    html = compiled.render_section("main", post.answers, CONTEXT, raw=post.raw, errors=post.errors)
    for error in post.errors:
        assert f'id="{error.control_id}"' in html and error.message in html
    return [(error.control_id, error.message) for error in post.errors]


@pytest.mark.parametrize(
    ("changed", "control", "part"),
    [
        ({"x__name__family": ""}, "f-x-name-family", "姓"),
        ({"x__name__given": "花1"}, "f-x-name-given", "名"),
        ({"x__kana__family": "見本"}, "f-x-kana-family", "セイ"),
        ({"x__kana__family": "ミホン", "x__kana__given": "花"}, "f-x-kana-given", "メイ"),
        ({"x__birth_date__day": ""}, "f-x-birth_date-day", "生年月日"),
        ({"x__birth_date__year": "2999"}, "f-x-birth_date-year", "生年月日"),
        ({"x__address__text": ""}, "f-x-address-text", "住所"),
        ({"x__address__postcode": "12"}, "f-x-address-postcode", "郵便番号"),
    ],
)
def test_one_wrong_part_of_a_person(
    tmp_path: Path, changed: dict[str, str], control: str, part: str
) -> None:
    ((found, message),) = errors(tmp_path, "person", {**WHOLE, **changed})
    assert found == control and part in message


@pytest.mark.parametrize(
    ("written", "part"),
    [
        (("2020", "13", "1"), "month"),
        (("2020", "0", "31"), "month"),
        (("2020", "4", "31"), "day"),
        (("2020", "2", "30"), "day"),
        (("2021", "２", "２９"), "day"),
        (("3000", "4", "1"), "year"),
        (("2020-13-1", "", ""), "year"),
    ],
)
def test_of_a_day_that_never_was_the_wrong_part_is_marked(
    tmp_path: Path, written: tuple[str, str, str], part: str
) -> None:
    year, month, day = written
    typed = {"x__year": year, "x__month": month, "x__day": day}
    ((control, _),) = errors(tmp_path, "date", typed)
    assert control == f"f-x-{part}"


def test_two_wrong_parts_are_both_named(tmp_path: Path) -> None:
    found = errors(tmp_path, "kana", {"x__family": "見本", "x__given": "花子"})
    assert found == [
        ("f-x-family", "「申請する人のセイ」はカタカナで入力してください。"),
        ("f-x-given", "「申請する人のメイ」はカタカナで入力してください。"),
    ]


def test_nothing_at_all_asks_for_each_part_that_is_needed(tmp_path: Path) -> None:
    assert errors(tmp_path, "person", {"x__name__family": ""}) == [
        ("f-x-name-family", "「申請する人の姓」を入力してください。"),
        ("f-x-birth_date-year", "「申請する人の生年月日」を入力してください。"),
        ("f-x-address-text", "「申請する人の住所」を入力してください。"),
    ]


@pytest.mark.parametrize("label", ["新しい住所", "水道を使う場所"])
def test_an_address_is_called_what_its_field_is_called(tmp_path: Path, label: str) -> None:
    compiled = procedure(tmp_path, f"- {{id: x, type: address, label: {label}}}")
    post = compiled.read_section("main", form(x__postcode="100-0001"), {}, CONTEXT)
    (error,) = post.errors
    assert (error.control_id, error.message) == ("f-x-text", f"「{label}」を入力してください。")


def test_a_part_is_named_although_the_label_ends_like_it(tmp_path: Path) -> None:
    compiled = procedure(tmp_path, "- {id: x, type: name, label: 氏名}")
    wrong = form(x__family="見本", x__given="花1")
    (error,) = compiled.read_section("main", wrong, {}, CONTEXT).errors
    assert (error.control_id, "「氏名の名」" in error.message) == ("f-x-given", True)
