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
_HIRAGANA = {to: from_ for from_, to in _KATAKANA.items()}
_FULL = {0x20: 0x3000, **{code: code + 0xFEE0 for code in range(0x21, 0x7F)}}
_LARGE_KANA = str.maketrans("ァィゥェォッャュョヮヵヶ", "アイウエオツヤユヨワカケ")
_HALF_KANA = re.compile("[\uff61-\uff9f]+")
_DIGIT_SIGNS = str.maketrans(dict.fromkeys("-ー()[] \u3000", ""))
_SPACES = re.compile(r"[ \t\n\u00a0\u3000]+")
#: What no answer may hold, but for line ends: control characters, halves of surrogate pairs, line
#: and paragraph separators, noncharacters, and the direction overrides, which can make a document
#: read as something else than was stored.
_NEVER = (
    "\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\ud800-\\udfff\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069"
    "\\ufdd0-\\ufdef" + "".join(f"\\U{plane:04x}fffe\\U{plane:04x}ffff" for plane in range(17))
)
_UNUSABLE = re.compile(f"[{_NEVER}]")
#: The same, but for furigana (``portal/ruby.py``), which our words have and no answer.
_UNUSABLE_IN_WORDS = re.compile(f"(\x04[^{_NEVER}]*\x05[^{_NEVER}]*\x06)|[{_NEVER}]")
_UNUSABLE_IN_A_LINE = re.compile(f"[\n{_NEVER}]")


def usable(text: str, *, lines: bool = False) -> bool:
    """Whether there is nothing but characters that can be stored, shown and printed."""
    return text.isalnum() or not (_UNUSABLE if lines else _UNUSABLE_IN_A_LINE).search(text)


def printable(text: str) -> str:
    """The text without what can't be shown: control characters and halves of surrogate pairs."""
    return text if text.isprintable() else _UNUSABLE.sub("", text)


def sayable(text: str) -> str:
    """The same for words of ours that tell of an answer; their furigana stays."""
    return text if text.isprintable() else _UNUSABLE_IN_WORDS.sub(r"\1", text)


def newlines(text: str) -> str:
    """One kind of line end: browsers send CR LF."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def one_line(text: str) -> str:
    """A text on one line, with single spaces and none at its ends."""
    return text if text.isalnum() else _SPACES.sub(" ", newlines(text)).strip(" ")


def width(text: str) -> str:
    """Half-width digits and Latin, full-width kana. Not for names."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def katakana(text: str) -> str:
    """Furigana in one spelling: full-width katakana, one ideographic space between words."""
    spelled = width(text).translate(_KATAKANA)
    return _SPACES.sub("\u3000", re.sub(r"[-‐‑‒–—―−]", "ー", spelled).strip())


def kana(text: str) -> str:
    """Full-width hiragana and katakana as they are, one ideographic space between words."""
    spelled = re.sub(r"[-‐‑‒–—―−]", "ー", width(text)).strip()
    return _SPACES.sub("\u3000", spelled)


def hiragana(text: str) -> str:
    """Any kana as hiragana; what hiragana lacks (ヷ) stays."""
    return katakana(text).translate(_HIRAGANA)


def full_width(text: str) -> str:
    """全角: Latin, digits, signs and kana as wide as kanji; nothing else is changed."""
    return _HALF_KANA.sub(lambda found: width(found[0]), text).translate(_FULL)


def zengin(text: str) -> str:
    """An account holder as banks write it: capital letters, no small kana, 全銀's signs only."""
    return katakana(text).upper().translate(_LARGE_KANA).replace("・", ".")


def digits(text: str) -> str:
    """Digits without the hyphens, brackets and spaces between them."""
    return width(text).translate(_HYPHENS).translate(_DIGIT_SIGNS)


def hyphens(text: str) -> str:
    """One kind of hyphen, half-width digits: for telephone numbers."""
    return width(text).translate(_HYPHENS).replace("ー", "-")


def for_search(text: str) -> str:
    """The spelling under which words are compared: 引っ越し, ﾋｯｺｼ and ひっこし are near."""
    return _SPACES.sub("", width(text).casefold().translate(_KATAKANA))
