"""Furigana stands in text, and nowhere else; what people typed is never taken for it."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal import ruby

KANJI = ruby.marked("｜漢字《かんじ》")
RUBY = "<ruby>漢字<rp>（</rp><rt>かんじ</rt><rp>）</rp></ruby>"
SHOWN = f'<span class="furigana">{RUBY}</span>'
_OURS = ("span", "ruby", "rp", "rt")
WORDS = st.text(alphabet="漢字かな《》｜()<>&\"'/=%! \n", max_size=12)
#: What pages are made of, with the mark where it may stand.
PIECES = st.sampled_from(
    [
        f"<p>{KANJI}です</p>",
        f'<a title="{KANJI}" href="/x?a=1&amp;b=2">{KANJI}</a>',
        f"<img alt='{KANJI} > {KANJI}'>",
        f'<input value="{KANJI}" aria-label="a > b {KANJI}">',
        f"<option selected>{KANJI}</option>",
        f"<textarea name=x rows=3>\n<b>{KANJI}</b></textarea>",
        f"<!-- {KANJI} > -->",
        "<br>",
        f"<script>if (1 < 2) say('{KANJI}')</script>",
    ]
)


class _Reader(HTMLParser):
    """Takes a page apart: its texts in order, and everything that is an attribute."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts = ""
        self.attributes: list[str] = []
        self.tags: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [value or "" for _name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.texts += data


def test_text_has_ruby_and_what_cannot_hold_it_has_the_word() -> None:
    assert ruby.page(f"<p>{KANJI}</p>") == f"<p>{SHOWN}</p>"
    assert ruby.page(f'<p title="{KANJI}">x</p>') == '<p title="漢字">x</p>'
    # One element for the words that stand together, however many have furigana.
    assert ruby.page(f"<p>a {KANJI}と{KANJI}</p>") == (
        f'<p><span class="furigana">a {RUBY}と{RUBY}</span></p>'
    )
    for element in ("title", "option", "textarea", "script", "style", "TITLE"):
        page = f"<{element}>{KANJI}</{element}>{KANJI}"
        assert ruby.page(page) == f"<{element}>漢字</{element}>{SHOWN}"


def test_mail_and_lists_have_no_markup() -> None:
    assert ruby.bracketed(f"{KANJI}です") == "漢字（かんじ）です"
    assert ruby.plain(f"{KANJI}です") == "漢字です"


def test_a_placeholder_may_stand_beside_and_inside() -> None:
    text = ruby.marked("%(n)s｜件《けん》、｜%(day)s日《にち》") % {"n": 3, "day": 5}
    assert ruby.bracketed(text) == "3件（けん）、5日（いつか）"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("4｜月《がつ》2｜日《にち》", "4がつふつか"),
        ("4｜月《がつ》1｜日《にち》", "4がつついたち"),
        ("2｜日《にち》｜以内《いない》", "ふつかいない"),
        ("｜2日《にち》", "ふつか"),
        ("1｜日《にち》", "いちにち"),
        ("2｜日間《にちかん》", "ふつかかん"),
        ("20｜日《にち》", "はつか"),
        ("11｜日《にち》", "11にち"),
        ("102｜日《にち》", "102にち"),
        ("1.5｜日《にち》", "1.5にち"),
        ("｜日《にち》", "にち"),
        ("1｜人《にん》", "ひとり"),
        ("｜2人《にん》", "ふたり"),
        ("3｜人《にん》", "3にん"),
        ("12｜人《にん》まで", "12にんまで"),
        ("1,001｜人《にん》", "1,001にん"),
        ("｜人《にん》", "にん"),
    ],
)
def test_days_and_people_are_read_as_they_are_spoken(text: str, read: str) -> None:
    assert ruby.reading(ruby.marked(text)) == read


@given(WORDS)
@settings(max_examples=50)
def test_what_somebody_typed_stays_as_it_is(typed: str) -> None:
    for page in (typed, f"{typed}｜漢字《かんじ》", f"<p>{typed}</p>"):
        assert ruby.page(page) == page
    assert ruby.page(f"<p>{KANJI}</p>｜漢字《かんじ》").endswith("</p>｜漢字《かんじ》")


@given(st.lists(PIECES, max_size=8))
@settings(max_examples=50)
def test_a_page_stays_the_same_page(pieces: list[str]) -> None:
    page = "".join(pieces)
    before, after = _Reader(page), _Reader(ruby.page(page))
    assert not re.search("[\x04-\x06]", ruby.page(page))
    assert [tag for tag in after.tags if tag not in _OURS] == before.tags
    assert [value for value in after.attributes if value != "furigana"] == [
        ruby.plain(value) for value in before.attributes
    ]
    assert after.texts.replace("（かんじ）", "") == ruby.plain(before.texts)


@given(WORDS.filter(lambda text: not re.search("[｜《》]", text)), WORDS)
@settings(max_examples=50)
def test_only_the_whole_notation_is_furigana(text: str, other: str) -> None:
    assert ruby.marked(text) == text
    assert ruby.marked(f"《{text}》") == f"《{text}》"
    assert ruby.plain(ruby.marked(f"{text}｜字《じ》{text}")) == f"{text}字{text}"
    assert ruby.page(ruby.plain(ruby.marked(other))) == ruby.plain(ruby.marked(other))
