"""A paper as another program reads it: text, order, pages, code."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.documents.layout import lay_out
from portal.documents.paper import Row, Rows, Table, Title
from portal.documents.typefaces import Typefaces
from tests.documents.reader import read
from tests.documents.samples import ADDRESS, answers, paper
from tests.documents.test_typefaces import KATSU, TSUJI

LONG = "とても長い文章を書きました。"


@pytest.mark.parametrize(
    "text",
    [
        "髙橋 﨑子 𠮷田 彅",
        f"{KATSU}城 葛飾 {TSUJI} 辻",
        "请填写您的申请表",
        "髙们ő",
        "Conceição Müller Nguyễn",
        "①㈱ｶﾞﾊﾟ",
    ],
)
def test_what_was_written_can_be_copied_out(typefaces: Typefaces, text: str) -> None:
    assert text in read(lay_out(paper(answers(text)), typefaces)).text


def test_two_kanji_of_one_form_stay_two(typefaces: Typefaces) -> None:
    """A variation that no face has is drawn as the plain kanji, and copied as what it is."""
    written = "葛\U000e01ef"
    found = read(lay_out(paper(answers(f"{written}と葛と")), typefaces)).text
    assert f"{written}と葛と" in found
    assert "標準の字形： U+845B+U+E01EF" in found


def test_what_has_no_form_is_named_in_a_note(typefaces: Typefaces) -> None:
    found = read(lay_out(paper(answers("田中🙂"), answers("한국")), typefaces)).text
    assert "書体がない文字： U+1F642, U+D55C, U+AD6D" in found


def test_without_such_characters_there_is_no_note(typefaces: Typefaces) -> None:
    assert "文字について" not in read(lay_out(paper(answers("〓田中")), typefaces)).text


def test_the_code_leads_to_the_page(typefaces: Typefaces) -> None:
    assert read(lay_out(paper(), typefaces)).codes == (ADDRESS,)


def test_it_says_what_it_is_to_a_screen_reader(typefaces: Typefaces) -> None:
    found = read(lay_out(paper(answers("見本 花子")), typefaces))
    assert found.title == "申請書（控え） 住民票の写しの交付請求"
    assert found.bookmarks == ("住民票の写しの交付請求", "申請する人")
    kinds = [kind for kind, _ in found.pages[0].elements]
    assert kinds == [
        *("Document", "P", "H1", "Figure", "Caption"),
        *("Sect", "Table", "TR", "TH", "TD"),
        *("Sect", "H2", "Table", "TR", "TH", "TD"),
    ]
    assert ("Figure", "申請のページへのQRコード") in found.pages[0].elements


def test_a_long_answer_goes_on_on_the_next_page(typefaces: Typefaces) -> None:
    found = read(lay_out(paper(answers(LONG * 200)), typefaces))
    assert len(found.pages) == 3
    assert "項目0 （つづき）" in found.pages[1].text
    assert found.text.count(LONG[:5]) >= 190
    assert [f"{at} / 3" in page.text for at, page in enumerate(found.pages, 1)] == [True] * 3


def test_a_row_that_fits_stays_on_one_page(typefaces: Typefaces) -> None:
    children = Rows(
        Title("お子さん"),
        tuple(
            Row(Title(f"お子さん {at}"), "\n".join(f"項目{k}-{at}" for k in range(9)))
            for at in range(1, 6)
        ),
    )
    found = read(lay_out(paper(answers(*["値"] * 12), children), typefaces))
    assert len(found.pages) == 2
    for at in range(1, 6):
        pages = {number for number, page in enumerate(found.pages) for k in range(9)
                 if f"項目{k}-{at}" in page.text}  # fmt: skip
        assert len(pages) == 1


def test_nothing_reaches_the_edge_of_the_paper(typefaces: Typefaces) -> None:
    wide = answers("W" * 300, LONG * 20)
    table = Table(Title("料金"), ("内容", "単価", "数", "金額"),
                  (("長い名前の" * 20, "999,999,999円", "9,999通", "999,999,999,999円"),),
                  ("合計", "", "", "999,999,999,999円"))  # fmt: skip
    for page in read(lay_out(paper(wide, table), typefaces)).pages:
        grey = page.picture.convert("L")
        # Two pixels a point: a margin of a centimetre is 57 of them.
        inner = grey.point(lambda shade: 255 if shade < 200 else 0).getbbox()
        assert inner is not None
        left, top, right, bottom = inner
        assert min(left, top, grey.width - right, grey.height - bottom) > 50


def test_the_japanese_words_stand_beside_those_of_another_language(typefaces: Typefaces) -> None:
    rows = Rows(Title("Solicitante", "申請する人"), (Row(Title("Nome", "氏名"), "Ana"),))
    found = read(lay_out(paper(rows, language="pt-BR"), typefaces)).text
    assert "Solicitante申請する人" in found
    assert "氏名" in found


@given(st.text(max_size=80))
@settings(max_examples=30)
def test_any_text_makes_a_paper(typefaces: Typefaces, text: str) -> None:
    content = lay_out(paper(answers(text), title=Title(f"題 {text}")), typefaces)
    assert "申請する人" in read(content).text


@pytest.mark.parametrize("stray", ["\0", "\x04", "\ud800", "\u200b", "\u202e", "\u0301"])
def test_a_stray_character_stops_nothing(typefaces: Typefaces, stray: str) -> None:
    assert "見本" in read(lay_out(paper(answers(f"{stray}見本{stray}")), typefaces)).text


def test_the_same_values_give_the_same_bytes(typefaces: Typefaces) -> None:
    one = paper(answers("見本 花子"))
    assert lay_out(one, typefaces) == lay_out(one, typefaces)
