"""Lines end where a reader expects it, and never leave the paper."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.documents.lines import lines_of, width_of
from portal.documents.typefaces import Typefaces


def broken(typefaces: Typefaces, text: str, ems: float) -> list[str]:
    return [
        "".join(cluster.text for cluster in line)
        for line in lines_of(typefaces, text, 10, ems * 10)
    ]


@pytest.mark.parametrize(
    ("text", "ems", "lines"),
    [
        ("申請の内容", 5, ["申請の内容"]),
        ("申請の内容。", 5, ["申請の内", "容。"]),
        ("住所「見本市」", 3, ["住所", "「見本", "市」"]),
        ("Nome da mãe", 4, ["Nome", "da mãe"]),
        ("一\n二三", 5, ["一", "二三"]),
        ("一\n\n二", 5, ["一", "", "二"]),
        ("", 5, [""]),
        ("あいう abc", 4, ["あいう", "abc"]),
    ],
)
def test_where_a_line_ends(typefaces: Typefaces, text: str, ems: float, lines: list[str]) -> None:
    assert broken(typefaces, text, ems) == lines


def test_a_word_longer_than_a_line_is_cut(typefaces: Typefaces) -> None:
    lines = broken(typefaces, "a" * 100, 5)
    assert len(lines) > 5
    assert "".join(lines) == "a" * 100


@given(st.text(st.sampled_from("あ漢。「」、açÃ -ー\u3000請"), max_size=60))
@settings(max_examples=50)
def test_no_line_is_too_wide_and_nothing_but_space_is_lost(typefaces: Typefaces, text: str) -> None:
    lines = lines_of(typefaces, text, 10, 55)
    assert all(width_of(line, 10) <= 55 for line in lines)
    joined = "".join(cluster.text for line in lines for cluster in line)
    assert "".join(joined.split()) == "".join(text.split())
