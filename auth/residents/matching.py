"""When two spellings of a name or an address mean the same one. Pure functions."""

import re
import unicodedata

from auth.names import PersonName

#: Everything that is typed for a hyphen between two numbers.
_HYPHENS = re.compile(r"(?<=\d)[‐‑‒–—―−ー－ｰ-](?=\d)")
_SPACE_BETWEEN_NUMBERS = re.compile(r"(?<=\d)\s+(?=\d)")
_BLOCK_WORDS = re.compile(r"(?<=\d)(?:丁目|番地の|番地|番|号)(?=\d)")
_LAST_BLOCK_WORD = re.compile(r"(?<=\d)(?:番地|番|号)$")
_KANJI_BLOCK = re.compile(
    r"(?:[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九]+)(?=丁目)"
)
_KANJI_DIGITS = "一二三四五六七八九"


def name_key(name: PersonName) -> tuple[str, ...]:
    """What two spellings of one name have in common: the parts, whatever space divides them.

    Not one character is changed, because 髙橋 and 高橋 are two families.
    """
    return tuple(f"{name.family} {name.given}".split())


def address_key(address: str) -> str:
    """What two spellings of one address have in common: ``一丁目２番３号`` and ``1-2-3``.

    The width of characters, the spaces, the kind of hyphen and the words between the numbers of
    a block don't matter; every other character does. Two numbers are never read as one.
    """
    text = _SPACE_BETWEEN_NUMBERS.sub("-", unicodedata.normalize("NFKC", address))
    text = "".join(text.split())
    text = _KANJI_BLOCK.sub(lambda match: str(_kanji_number(match.group())), text)
    text = _BLOCK_WORDS.sub("-", text)
    text = _LAST_BLOCK_WORD.sub("", text)
    return _HYPHENS.sub("-", text)


def _kanji_number(text: str) -> int:
    """``二十三`` → 23; block numbers stay below one hundred."""
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return int("".join(str(_digit(character)) for character in text))
    return (_digit(tens) if tens else 1) * 10 + (_digit(ones) if ones else 0)


def _digit(character: str) -> int:
    return _KANJI_DIGITS.index(character) + 1
