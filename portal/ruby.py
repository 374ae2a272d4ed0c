"""Furigana: written in catalogues as ``｜漢字《かんじ》``, shown as HTML's ``<ruby>``.

That is the notation of Aozora Bunko, in which a translator can write and read. When a catalogue is
compiled it becomes a notation of control characters, which no input of ours lets through: so what
somebody typed is never taken for furigana, whatever it looks like. The last step is taken over the
whole page, because its texts come from many places: templates, definitions, pre-rendered fields.
"""

import re

_WRITTEN = re.compile("｜([^｜《》]+)《([^｜《》]+)》")
_BASE, _READING, _END = "\x04", "\x05", "\x06"
_MARK = re.compile(
    f"{_BASE}([^{_BASE}{_READING}{_END}]*){_READING}([^{_BASE}{_READING}{_END}]*){_END}"
)

#: Days that have a reading of their own; all others end in にち.
_SPOKEN = {
    **{2: "ふつか", 3: "みっか", 4: "よっか", 5: "いつか", 6: "むいか", 7: "なのか"},
    **{8: "ようか", 9: "ここのか", 10: "とおか", 14: "じゅうよっか"},
    **{20: "はつか", 24: "にじゅうよっか"},
}
#: A number and 日, wherever a text and a number came together: 4月｜2日《にち》, 2｜日《にち》以内.
_DAYS = re.compile(
    f"(?P<of_month>がつ{_END})?(?<![0-9.,])(?P<before>[0-9]+)?{_BASE}(?P<inside>[0-9]+)?"
    f"日(?P<span>間)?{_READING}にち(?:かん)?{_END}"
)
#: One person and two; all others are counted by にん.
_PEOPLE = re.compile(f"(?<![0-9.,])(?P<before>[12])?{_BASE}(?P<inside>[12])?人{_READING}にん{_END}")
_COUNTED = {"1": "ひとり", "2": "ふたり"}

#: A page in pieces: text, and what can't hold markup: tags with their attributes, and elements
#: that hold nothing but text.
_PIECE = re.compile(
    r"(?P<text>[^<]+)"
    r"|<!--.*?-->"
    r"|<(?P<element>title|option|textarea|script|style)\b.*?</(?P=element)\s*>"
    r"""|<[a-zA-Z/!](?:[^<>"']|"[^"]*"|'[^']*')*>""",
    re.DOTALL | re.IGNORECASE,
)


def marked(text: str) -> str:
    """A text of a catalogue, as it is compiled."""
    return _WRITTEN.sub(rf"{_BASE}\1{_READING}\2{_END}", text)


def plain(text: str) -> str:
    """A compiled text without furigana, for places that the eye passes quickly: 漢字."""
    return _MARK.sub(r"\1", text) if _BASE in text else text


def reading(text: str) -> str:
    """A compiled text as it is read aloud, in kana."""
    return _MARK.sub(r"\2", _spoken(text)) if _BASE in text else text


def bracketed(text: str) -> str:
    """A compiled text for mail and other plain text: 漢字（かんじ）."""
    return _MARK.sub(r"\1（\2）", _spoken(text)) if _BASE in text else text


def page(html: str) -> str:
    """A page with its furigana: as ``<ruby>`` in the text, left out where no markup can stand."""
    return _PIECE.sub(_shown, _spoken(html)) if _BASE in html else html


def _spoken(text: str) -> str:
    """The text with its days as they are spoken, days of a month and spans of days, and people.

    Here, because only here number and word stand together: 2日 is ふつか whoever put the 2 in. The
    1st is ついたち, and one day いちにち.
    """
    return _PEOPLE.sub(_spoken_people, _DAYS.sub(_spoken_day, text))


def _spoken_day(found: re.Match[str]) -> str:
    number, before = found["before"] or found["inside"], found["of_month"] or ""
    if number is None:
        return found[0]
    said = ("ついたち" if before else "いちにち") if int(number) == 1 else _SPOKEN.get(int(number))
    if said is None:
        return found[0]
    base, said = (f"{number}日間", f"{said}かん") if found["span"] else (f"{number}日", said)
    return f"{before}{_BASE}{base}{_READING}{said}{_END}"


def _spoken_people(found: re.Match[str]) -> str:
    number = found["before"] or found["inside"]
    if number is None:
        return found[0]
    return f"{_BASE}{number}人{_READING}{_COUNTED[number]}{_END}"


def _shown(piece: re.Match[str]) -> str:
    said = piece[0]
    if _BASE not in said:
        return said
    if piece["text"] is None:
        return plain(said)
    # In one element: a flexible box would set each word apart as an item of its own.
    ruby = _MARK.sub(r"<ruby>\1<rp>（</rp><rt>\2</rt><rp>）</rp></ruby>", said)
    return f'<span class="furigana">{ruby}</span>'
