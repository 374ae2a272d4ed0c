"""Characters as people count them: 𠮷, が in two parts and 葛󠄀 with its selector are one each."""

import re
import unicodedata

_JOINER = "\u200d"
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_FLAGS = range(0x1F1E6, 0x1F200)
#: Texts in which every code point is a character: Latin, kana, the usual kanji, full-width forms.
_PLAIN = re.compile(
    "[\\n\\x20-\\x7e\\u3000-\\u3029\\u3030-\\u3098\\u309b-\\u30ff\\u4e00-\\u9fff\\uff01-\\uff9d]*"
)


def length(text: str) -> int:
    """How many characters a person sees.

    The rules of UAX #29 that names and sentences in Japan meet: combining marks, variation
    selectors (IVS), joined emoji, skin tones, flags and line ends.
    """
    if _PLAIN.fullmatch(text):
        return len(text)
    count = 0
    joined = False
    flag_open = False
    previous = ""
    for character in text:
        code = ord(character)
        extends = (
            character == _JOINER
            or code in _SKIN_TONES
            or unicodedata.category(character) in ("Mn", "Me", "Mc")
            or code in (0xFF9E, 0xFF9F)  # half-width ﾞ and ﾟ
        )
        if previous == "\r" and character == "\n":
            extends = True
        completes_flag = code in _FLAGS and flag_open
        if not ((extends and count) or joined or completes_flag):
            count += 1
        flag_open = code in _FLAGS and not completes_flag
        joined = character == _JOINER
        previous = character
    return count
