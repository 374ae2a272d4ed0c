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
    return _MARK.sub(r"\2", text) if _BASE in text else text


def bracketed(text: str) -> str:
    """A compiled text for mail and other plain text: 漢字（かんじ）."""
    return _MARK.sub(r"\1（\2）", text) if _BASE in text else text


def page(html: str) -> str:
    """A page with its furigana: as ``<ruby>`` in the text, left out where no markup can stand."""
    return _PIECE.sub(_shown, html) if _BASE in html else html


def _shown(piece: re.Match[str]) -> str:
    said = piece[0]
    if _BASE not in said:
        return said
    if piece["text"] is None:
        return plain(said)
    # In one element: a flexible box would set each word apart as an item of its own.
    ruby = _MARK.sub(r"<ruby>\1<rp>（</rp><rt>\2</rt><rp>）</rp></ruby>", said)
    return f'<span class="furigana">{ruby}</span>'
