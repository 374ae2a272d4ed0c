"""What a form knows beside its definition: tables of options, banks, postcodes."""

from pathlib import Path
from typing import Any

import pytest

from portal.forms import DefinitionErrors, load_catalogue, thaw
from tests.forms.city import CONTEXT, form, one_section, procedure, write_city

NURSERIES = """code,name,ward,kind,note
101,第一保育所,north,public,駅のそば
102,第二保育所,south,public,
201,わかば保育園,north,private,
"""
CHOICE = """
- {id: ward, type: choice, label: 区, options: {north: 北区, south: 南区}}
- id: x
  type: choice
  label: 保育所
  options_from: {file: sample/nurseries.csv, value: code, label: name%s}
"""
#: Only those of the ward that was chosen.
BY_WARD = """, when: 'ward == "{ward}"'"""
BANKS = """bank_code,bank_name,bank_kana,branch_code,branch_name,branch_kana
0001,みずほ銀行,ミズホ,001,東京営業部,トウキヨウ
0001,みずほ銀行,ミズホ,009,神田駅前支店,カンダエキマエ
0001,みずほ銀行,ミズホ,010,神田支店,カンダ
1310,さわやか信用金庫,サワヤカ,001,本店,ホンテン
1311,さわやか信用組合,サワヤカシンクミ,001,本店,ホンテン
"""


def city(folder: Path, fields: str, **files: str) -> Path:
    root = write_city(folder / "city", {"test": one_section(fields)})
    (root / "sample").mkdir()
    for name, text in files.items():
        (
            root / name.replace("__", "/").replace("_csv", ".csv").replace("_yaml", ".yaml")
        ).write_text(text, encoding="utf-8")
    return root


def values(root: Path) -> list[str]:
    field = load_catalogue(root).procedures["test"].definition.sections[0].fields[1]
    return [option.value for option in field.options]  # type: ignore[union-attr]


def told(root: Path) -> str:
    with pytest.raises(DefinitionErrors) as caught:
        load_catalogue(root)
    return str(caught.value)


def test_options_come_from_a_table_with_codes(tmp_path: Path) -> None:
    root = city(tmp_path, CHOICE % ", help: note", sample__nurseries_csv=NURSERIES)
    field: Any = load_catalogue(root).procedures["test"].definition.sections[0].fields[1]
    assert [(o.value, o.label, o.help) for o in field.options] == [
        ("101", "第一保育所", "駅のそば"),
        ("102", "第二保育所", None),
        ("201", "わかば保育園", None),
    ]


def test_rows_are_left_out_and_options_follow_other_answers(tmp_path: Path) -> None:
    more = ", only: {kind: public}" + BY_WARD
    root = city(tmp_path, CHOICE % more, sample__nurseries_csv=NURSERIES)
    assert values(root) == ["101", "102"]
    compiled = load_catalogue(root).procedures["test"]
    assert compiled.journey({"ward": "north", "x": "101"}, CONTEXT).complete
    assert not compiled.journey({"ward": "north", "x": "102"}, CONTEXT).complete
    assert thaw(compiled.freeze()).journey({"ward": "south", "x": "102"}, CONTEXT).complete


def test_a_list_of_a_yaml_file_may_have_other_names(tmp_path: Path) -> None:
    written = "nurseries:\n  - {code: 101, name: 第一}\n  - {code: 102, name: 第二, open: true}\n"
    root = city(tmp_path, CHOICE.replace(".csv", ".yaml") % "", sample__nurseries_yaml=written)
    assert values(root) == ["101", "102"]


@pytest.mark.parametrize(
    ("table", "more", "message"),
    [
        (NURSERIES, ", help: notes", "no column “notes” → did you mean “note”?"),
        (NURSERIES.replace("201", "2 1"), "", "nurseries.csv:4: “value” is '2 1'"),
        (NURSERIES, ", only: {kind: other}", "no row that fits"),
        (NURSERIES.replace("north,public", '"no""rth",public'), BY_WARD, ":2: a quotation mark"),
        (NURSERIES, ', when: \'ward == "{area}"\'', "no column “area”"),
        (NURSERIES.replace("south", "west"), BY_WARD, "“west” is no option of “ward”"),
        ("", "", "no column “code”"),
    ],
)  # fmt: skip
def test_a_wrong_table_is_told(tmp_path: Path, table: str, more: str, message: str) -> None:
    assert message in told(city(tmp_path, CHOICE % more, sample__nurseries_csv=table))


def test_a_table_that_is_missing_is_told(tmp_path: Path) -> None:
    assert "no such file" in told(city(tmp_path, CHOICE % ""))
    fields = CHOICE.replace("value: code", "valu: code") % ""
    assert "did you mean “value”" in told(city(tmp_path / "2", fields))


def account(root: Path, **typed: str) -> tuple[Any, list[str]]:
    compiled = load_catalogue(root).procedures["test"]
    controls = {"kind": "ordinary", "number": "1", "holder": "ミホン", **typed}
    post = compiled.read_section(
        "main", form(**{f"x__{name}": text for name, text in controls.items()}), {}, CONTEXT
    )
    return post.answers.get("x"), [error.message for error in post.errors]


@pytest.mark.parametrize(
    ("bank", "branch", "found"),
    [
        ("0001", "009", ("0001", "009", "みずほ銀行", "神田駅前支店")),
        ("みずほ", "東京営業部", ("0001", "001", "みずほ銀行", "東京営業部")),
        ("みずほ銀行", "神田", ("0001", "010", "みずほ銀行", "神田支店")),
        ("さわやか信用金庫", "本店", ("1310", "001", "さわやか信用金庫", "本店")),
        ("ゆうちょ銀行", "018", ("9900", "018", "ゆうちょ銀行", "〇一八")),
    ],
)  # fmt: skip
def test_banks_are_found_by_code_and_by_name(
    tmp_path: Path, bank: str, branch: str, found: tuple[str, ...]
) -> None:
    root = city(tmp_path, "- {id: x, type: bank_account, label: 口座}", banks_csv=BANKS)
    value, errors = account(root, bank_code=bank, branch_code=branch)
    assert errors == []
    assert (
        tuple(value[n] for n in ("bank_code", "branch_code", "bank_name", "branch_name")) == found
    )
    compiled = load_catalogue(root).procedures["test"]
    assert compiled.journey({"x": value}, CONTEXT).complete
    assert compiled.summary({"x": value}, CONTEXT)[0].rows[0].text == f"{found[2]}（{found[0]}）"


@pytest.mark.parametrize(
    ("bank", "branch", "message"),
    [
        ("0002", "001", "金融機関コード0002は見つかりません"),
        ("0001", "999", "支店コード999は、この金融機関にありません"),
        ("さわやか", "本店", "いくつかあります（さわやか信用金庫、さわやか信用組合）"),
        ("なぞ銀行", "001", "名前か4けたのコード"),
        ("9900", "017", "支店コード017は"),
    ],
)
def test_what_no_bank_is_called_is_refused(
    tmp_path: Path, bank: str, branch: str, message: str
) -> None:
    root = city(tmp_path, "- {id: x, type: bank_account, label: 口座}", banks_csv=BANKS)
    value, errors = account(root, bank_code=bank, branch_code=branch)
    assert value is None
    assert message in "".join(errors)


def test_a_wrong_table_of_banks_is_told(tmp_path: Path) -> None:
    field = "- {id: x, type: bank_account, label: 口座}"
    assert "no column “bank_kana”" in told(
        city(tmp_path, field, banks_csv=BANKS.replace("bank_kana", "kana"))
    )
    assert "banks.csv:2: bank '1'" in told(
        city(tmp_path / "2", field, banks_csv=BANKS.replace("0001", "1", 1))
    )


ADDRESS = """
- {id: x, type: address, label: 住所}
- {id: p, type: person, label: 人, required: false}
- id: rows
  type: group
  label: 人
  required: false
  fields:
    - {id: home, type: address, label: 住まい}
"""


@pytest.mark.parametrize(
    ("target", "typed", "text"),
    [
        ("x", "", "東京都千代田区千代田"),
        ("x", "1-1", "東京都千代田区千代田1-1"),
        ("x", "東京都千代田区千代田1-1", "東京都千代田区千代田1-1"),
        ("x", "大阪府大阪市北区梅田3丁目1番", "東京都千代田区千代田3丁目1番"),
        ("p.address", "", "東京都千代田区千代田"),
        ("rows.0.home", "", "東京都千代田区千代田"),
    ],
)
def test_a_postcode_fills_in_the_address(
    tmp_path: Path, target: str, typed: str, text: str
) -> None:
    compiled = procedure(tmp_path, ADDRESS)
    posted = {
        f"{target}.postcode": ["１００－０００１"], f"{target}.text": [typed], "_lookup": [target],
        "rows.0._row": ["1"],
    }  # fmt: skip
    post = compiled.read_section("main", posted, {}, CONTEXT)
    assert (post.action, post.errors, post.may_continue) == ("lookup", (), False)
    assert post.raw[f"{target}.text"] == [text]
    html = compiled.render_section("main", post.answers, CONTEXT, raw=post.raw)
    assert f'value="{text}"' in html
    assert f'name="_lookup" value="{target}"' in html


@pytest.mark.parametrize(
    ("typed", "message"),
    [("12", "7けた"), ("0000000", "見つかりません"), ("4980000", "愛知県弥富市、三重県桑名郡")],
)
def test_a_wrong_postcode_is_told_at_its_control(tmp_path: Path, typed: str, message: str) -> None:
    compiled = procedure(tmp_path, ADDRESS)
    posted = {"x.postcode": [typed], "x.text": ["ここ"], "_lookup": ["x"]}
    post = compiled.read_section("main", posted, {}, CONTEXT)
    (error,) = post.errors
    assert message in error.message and error.control_id == "f-x-postcode"
    assert post.raw["x.text"] == ["ここ"]


@pytest.mark.parametrize("target", ["", "y", "x.text", "rows", "rows.x.home", "p", "rows.0.home.x"])
def test_no_other_button_fills_in_anything(tmp_path: Path, target: str) -> None:
    posted = {"x.postcode": ["1000001"], "_lookup": [target]}
    post = procedure(tmp_path, ADDRESS).read_section("main", posted, {}, CONTEXT)
    assert "x.text" not in post.raw


OWN = "postcode,prefecture,city,town\n000-0011,見本県,見本市,桜台\n0000019,見本県,見本市,大字北原\n"


def test_a_city_may_have_postcodes_of_its_own(tmp_path: Path) -> None:
    fields = "- {id: x, type: address, label: 住所}"
    root = city(tmp_path, fields, postcodes_csv=OWN + "0000019,見本県,見本市,大字南原\n")
    test = load_catalogue(root).procedures["test"]
    kept = thaw(test.freeze(), load_catalogue(root).directories)
    for typed, address in (("000-0011", "見本県見本市桜台"), ("0000019", "見本県見本市")):
        for each in (test, kept):
            pressed = form(x__postcode=typed, x__text="", _lookup="x")
            post = each.read_section("main", pressed, {}, CONTEXT)
            assert (post.raw["x.text"], post.errors) == ([address], ())


@pytest.mark.parametrize(
    ("table", "word"),
    [("postcode,city\n", "prefecture"), (OWN + "12345,見本県,見本市,\n", "seven digits")],
)
def test_what_is_wrong_with_a_table_of_postcodes_is_told(
    tmp_path: Path, table: str, word: str
) -> None:
    root = city(tmp_path, "- {id: x, type: address, label: 住所}", postcodes_csv=table)
    assert "postcodes.csv" in told(root) and word in told(root)


@pytest.mark.parametrize("name", ["banks.csv", "postcodes.csv"])
def test_a_table_that_excel_saved_in_its_own_encoding_is_told(tmp_path: Path, name: str) -> None:
    root = city(tmp_path, "- {id: x, type: address, label: 住所}")
    (root / name).write_bytes("postcode,prefecture\n0000011,見本県\n".encode("cp932"))
    assert f"{name}:1: not a CSV file in UTF-8" in told(root)
    assert "save it as CSV UTF-8" in told(root)


def test_a_slip_in_a_table_of_options_is_told(tmp_path: Path) -> None:
    written = "- {value: '01', label: みなみ、open: 'yes'}\n"
    root = city(tmp_path, CHOICE.replace(".csv", ".yaml") % "", sample__nurseries_yaml=written)
    assert "nurseries.yaml:1: “、” between two keys" in told(root)
