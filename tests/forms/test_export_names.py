"""A column of what is handed over has one meaning."""

from pathlib import Path

import pytest

from portal.forms import load_catalogue
from tests.forms.city import one_section, write_city
from tests.forms.test_check import problems

FIELDS = """
- {{id: phone, type: phone, label: 電話, export: {phone}}}
- {{id: mobile, type: phone, label: 携帯, export: {mobile}}}
- id: children
  type: group
  label: お子さん
  fields:
    - {{id: name, type: name, label: 名前, export: {child}}}
"""


def written(phone: str, mobile: str, child: str) -> str:
    return one_section(
        FIELDS.format(phone=phone, mobile=mobile, child=child),
        "export: {encoding: shift_jis, system: 児童手当システム}",
    )


def test_names_may_stand_in_two_tables(tmp_path: Path) -> None:
    root = write_city(tmp_path / "city", {"test": written("電話番号", "携帯番号", "電話番号")})
    (procedure,) = load_catalogue(root).procedures.values()
    assert procedure.definition.export.system == "児童手当システム"
    assert procedure.definition.export.encoding == "shift_jis"


@pytest.mark.parametrize(
    "names",
    [("電話番号", "電話番号", "氏名"), ("電話番号", "携帯", "行"), ("受付番号", "携帯", "氏名")],
)
def test_a_name_that_is_taken_is_told(tmp_path: Path, names: tuple[str, str, str]) -> None:
    told = problems(tmp_path, written(*names))
    assert any("another column is called" in text for _, text in told)
