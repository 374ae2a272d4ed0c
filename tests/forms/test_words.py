"""Normalising and counting what people type."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.forms import normalise
from portal.forms.graphemes import length


@pytest.mark.parametrize(
    ("text", "characters"),
    [
        ("ヤマダ", 3),
        ("が", 1),
        ("か\u3099", 1),
        ("𠮷野", 2),
        ("葛\U000e0100城", 2),
        ("ｶﾞ", 1),
        ("👨‍👩‍👧", 1),
        ("👍🏽", 1),
        ("🇯🇵🇺🇸", 2),
        ("a\r\nb", 3),
        ("", 0),
    ],
)
def test_characters_as_people_count_them(text: str, characters: int) -> None:
    assert length(text) == characters


@pytest.mark.parametrize("text", ["髙橋", "﨑", "葛\U000e0100", "𠮷田", "ﾔﾏﾀﾞ"])
def test_a_name_is_never_changed(text: str) -> None:
    assert normalise.one_line(f" {text}　") == text


@pytest.mark.parametrize(
    ("typed", "kana"),
    [
        ("やまだ", "ヤマダ"),
        ("ﾔﾏﾀﾞ", "ヤマダ"),
        ("ジョ-ンズ", "ジョーンズ"),
        ("アリ  ババ", "アリ　ババ"),
    ],
)
def test_kana_in_one_spelling(typed: str, kana: str) -> None:
    assert normalise.katakana(typed) == kana


@given(st.text(max_size=50))
def test_what_is_shown_can_be_shown(text: str) -> None:
    shown = normalise.printable(text)
    assert normalise.usable(shown, lines=True)
    shown.encode()


@given(st.text(alphabet="字じ\x02\x04\x05\x06\ufdd0", max_size=12))
def test_only_whole_furigana_stays_in_words_of_ours(text: str) -> None:
    furigana = "\x04字\x05じ\x06"
    assert normalise.sayable(f"{furigana}a{furigana}") == f"{furigana}a{furigana}"
    rest = re.sub("\x04[字じ]*\x05[字じ]*\x06", "", normalise.sayable(text))
    assert normalise.usable(rest)


@given(st.text(max_size=50), st.text(max_size=50))
def test_counting_never_counts_more_than_code_points(one: str, other: str) -> None:
    assert 0 <= length(one) <= len(one)
    assert length(one + other) <= length(one) + length(other) + 1
