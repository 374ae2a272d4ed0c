"""Every character gets a form: its own, that of another face, or 〓; never nothing."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.documents.typefaces import (
    FILES,
    GETA,
    Typefaces,
    TypefacesMissing,
    missing_files,
)

#: 葛 and 辻 in the forms of 葛城市 and of one dot.
KATSU, TSUJI = "葛\U000e0100", "辻\U000e0100"


@pytest.mark.parametrize("name", ["髙橋", "﨑", "𠮷野", "彅", "𩸽", KATSU, TSUJI])
def test_rare_kanji_are_drawn_from_the_japanese_face(typefaces: Typefaces, name: str) -> None:
    shaped = typefaces.shape(name)
    assert "".join(cluster.text for cluster in shaped) == name
    assert {cluster.face.name for cluster in shaped} == {"NotoSansJP-Regular"}
    assert all(cluster.drawn == cluster.text for cluster in shaped)


def test_a_variation_is_another_form_of_the_same_kanji(typefaces: Typefaces) -> None:
    (plain,) = typefaces.shape("葛")
    (varied,) = typefaces.shape(KATSU)
    assert varied.glyphs[0].index != plain.glyphs[0].index
    assert varied.width == plain.width == 1000


def test_a_variation_that_no_face_has_is_drawn_in_the_ordinary_form(typefaces: Typefaces) -> None:
    written = "葛\U000e01ef"
    (cluster,) = typefaces.shape(written)
    assert (cluster.text, cluster.drawn, cluster.has_other_form) == (written, "葛", True)
    assert not cluster.is_missing


def test_a_chinese_sentence_is_set_from_one_face(typefaces: Typefaces) -> None:
    shaped = typefaces.shape("请填写您的申请表")
    assert {cluster.face.name for cluster in shaped} == {"NotoSansSC-Regular"}


def test_each_character_that_is_elsewhere_alone_comes_from_there(typefaces: Typefaces) -> None:
    faces = {cluster.text: cluster.face.name for cluster in typefaces.shape("髙们ő")}
    assert faces == {"髙": "NotoSansJP-Regular", "们": "NotoSansSC-Regular",
                     "ő": "NotoSans-Regular"}  # fmt: skip


def test_marks_stay_with_their_letter(typefaces: Typefaces) -> None:
    texts = [cluster.text for cluster in typefaces.shape("Conceic\u0327a\u0303o")]
    assert texts == ["C", "o", "n", "c", "e", "i", "c\u0327", "a\u0303", "o"]


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12))
@settings(max_examples=50)
def test_no_text_is_lost_and_none_is_blank(typefaces: Typefaces, text: str) -> None:
    shaped = typefaces.shape(text)
    assert len("".join(cluster.text for cluster in shaped)) == len(text)
    for cluster in shaped:
        # .notdef, which is a blank or a box, is glyph 0 of every face.
        assert all(glyph.index for glyph in cluster.glyphs)
        assert cluster.drawn
        assert not cluster.is_missing or cluster.drawn == GETA


def test_a_set_up_without_them_says_which_are_missing(tmp_path: Path) -> None:
    (tmp_path / FILES[0][0]).touch()
    absent = missing_files(tmp_path)
    assert len(absent) == len(FILES) * 2 - 1
    with pytest.raises(TypefacesMissing, match=absent[0]):
        Typefaces.load(tmp_path)


def test_this_installation_has_them_all() -> None:
    assert missing_files() == ()
