"""Furigana: written in catalogues as ``｜漢字《かんじ》``, shown as HTML's ``<ruby>``.

That is the notation of Aozora Bunko, in which a translator can write and read. When a catalogue is
compiled it becomes a notation of control characters, which no input of ours lets through: so what
somebody typed is never taken for furigana, whatever it looks like. The last step is taken over the
whole page, because its texts come from many places: templates, definitions, pre-rendered fields.
"""

import re

_WRITTEN = re.compile("｜([^｜《》]+)《([^｜《》]+)》")
_BASE, _READING, _END = "\x04", "\x05", "\x06"
_MARKED = f"{_BASE}([^{_BASE}{_READING}{_END}]*){_READING}([^{_BASE}{_READING}{_END}]*){_END}"
_MARK = re.compile(_MARKED)

#: Elements that hold nothing but text, and tags with their attributes: no markup can stand there.
_PLAIN = (
    r"<!--.*?-->"
    r"|<(?P<element>title|option|textarea|script|style)\b.*?</(?P=element)\s*>"
    r"""|<[a-zA-Z/!](?:[^<>"']|"[^"]*"|'[^']*')*>"""
)
_PIECE = re.compile(f"(?P<plain>{_PLAIN})|{_MARKED}", re.DOTALL | re.IGNORECASE)


def marked(text: str) -> str:
    """A text of a catalogue, as it is compiled."""
    return _WRITTEN.sub(rf"{_BASE}\1{_READING}\2{_END}", text)


def plain(text: str) -> str:
    """A compiled text without furigana, for places that the eye passes quickly: 漢字."""
    return _MARK.sub(r"\1", text) if _BASE in text else text


def bracketed(text: str) -> str:
    """A compiled text for mail and other plain text: 漢字（かんじ）."""
    return _MARK.sub(r"\1（\2）", text) if _BASE in text else text


def page(html: str) -> str:
    """A page with its furigana: as ``<ruby>`` in the text, left out where no markup can stand."""
    return _PIECE.sub(_shown, html) if _BASE in html else html


def _shown(piece: re.Match[str]) -> str:
    if piece["plain"] is not None:
        return plain(piece["plain"])
    base, reading = piece.group(3), piece.group(4)
    return f"<ruby>{base}<rp>（</rp><rt>{reading}</rt><rp>）</rp></ruby>"
