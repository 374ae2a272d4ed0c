"""What people type, made uniform: any width is welcome, and a name is never changed.

NFKC would turn 﨑 into another character and break variants (IVS); so it is for digits, Latin
letters and kana only, never for a name or an address.
"""

import re
import unicodedata

#: Longest text that is looked at, in code points; what is longer is too long for every field.
LIMIT = 60_000

_HYPHENS = dict.fromkeys(map(ord, "‐‑‒–—―−－﹣ｰ"), "-")
_KATAKANA = {code: code + 0x60 for code in (*range(0x3041, 0x3097), 0x309D, 0x309E)}
_DIGIT_SIGNS = str.maketrans(dict.fromkeys("-ー()[] \u3000", ""))
_SPACES = re.compile(r"[ \t\n\u00a0\u3000]+")


def usable(text: str, *, lines: bool = False) -> bool:
    """Whether there is nothing but characters that can be stored, shown and printed."""
    if text.isascii() and text.isprintable():
        return True
    return not any(_unusable(character, lines) for character in text)


def printable(text: str) -> str:
    """The text without what can't be shown: control characters and halves of surrogate pairs."""
    if text.isprintable():
        return text
    return "".join(character for character in text if not _unusable(character, True))


def newlines(text: str) -> str:
    """One kind of line end: browsers send CR LF."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def one_line(text: str) -> str:
    """A text on one line, with single spaces and none at its ends."""
    return _SPACES.sub(" ", newlines(text)).strip(" ")


def width(text: str) -> str:
    """Half-width digits and Latin, full-width kana. Not for names."""
    return unicodedata.normalize("NFKC", text)


def katakana(text: str) -> str:
    """Furigana in one spelling: full-width katakana, one ideographic space between words."""
    spelled = width(text).translate(_KATAKANA)
    return _SPACES.sub("\u3000", re.sub(r"[-‐‑‒–—―−]", "ー", spelled).strip())


def digits(text: str) -> str:
    """Digits without the hyphens, brackets and spaces between them."""
    return width(text).translate(_HYPHENS).translate(_DIGIT_SIGNS)


def hyphens(text: str) -> str:
    """One kind of hyphen, half-width digits: for telephone numbers."""
    return width(text).translate(_HYPHENS).replace("ー", "-")


def for_search(text: str) -> str:
    """The spelling under which words are compared: 引っ越し, ﾋｯｺｼ and ひっこし are near."""
    return _SPACES.sub("", width(text).casefold().translate(_KATAKANA))


def _unusable(character: str, lines: bool) -> bool:
    if character in "\n\t":
        return not lines and character == "\n"
    category = unicodedata.category(character)
    if category in ("Cc", "Cs", "Zl", "Zp"):
        return True
    code = ord(character)
    if code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF:
        return True  # noncharacters, which no document may hold
    # Direction overrides can make a document read as something else than was stored.
    return character in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
