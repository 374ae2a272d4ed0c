"""Which texts can be somebody's name. In doubt they are: a real name must never be refused.

Names of foreign residents with hyphens, apostrophes and middle dots pass, and so do 𠮷, 髙, 﨑 and
variants with a selector (IVS). What no name has is refused: digits, emoji, signs alone.
"""

import unicodedata

#: Signs inside names: ジャン・ピエール, O'Brien, Anne-Marie, KIM（金）, Jr., SMITH, JOHN.
_SIGNS = frozenset("・･-‐‑–ー゠＝='’‘ʼ`´.．,，、()（） \u3000\u200c\u200d")


def stranger(text: str) -> str | None:
    """The first character that no name has; the whole text where it has no letter at all."""
    letters = False
    for character in text:
        category = unicodedata.category(character)
        if category[0] == "L" or category in ("Nl", "Co"):
            # Nl are 〇 and Ⅲ; Co are characters of a register's own (外字).
            letters = True
        elif category[0] != "M" and character not in _SIGNS:
            return character
    return None if letters or not text else text
