"""Finding a procedure by everyday words: any width, any kana, parts of words, any accents."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from foundation.wording import Translate
from portal.forms.normalise import for_search
from portal.forms.procedure import Procedure

#: How much a hit counts, by where it is.
_TITLE, _KEYWORD, _LIFE_EVENT, _SUMMARY, _LABEL = 100, 80, 30, 20, 5
#: A word of everyday language is often written with and without its endings: 引っ越し, 引越.
_ENDINGS = str.maketrans(dict.fromkeys("ッシリキスルヲノニハガデト", ""))
_LATIN_WORD = re.compile(r"[0-9a-z]+")
_KANA = re.compile("[ァ-ー]+")
_ACCENTS = re.compile("[\u0300-\u036f]")
#: Shorter ones (of, de, la) need not be found where a longer word is.
_LONG_ENOUGH = 4


class Index:
    """The words of all procedures for readers of one language, normalised once."""

    def __init__(
        self,
        procedures: Iterable[Procedure],
        life_events: Mapping[str, str],
        also: Sequence[Translate] = (),
    ) -> None:
        """``also`` are further ways to write a text: a translation, how it is read."""
        self._entries = [_entry(each, life_events, also) for each in procedures]

    def search(self, text: str, limit: int) -> list[str]:
        """Ids of procedures in which every word is found, the best first."""
        words = _words(text)
        if not words:
            return []
        scored = []
        for order, entry in enumerate(self._entries):
            score = entry.score(words)
            if score:
                scored.append((-score, order, entry.id))
        return [name for _, _, name in sorted(scored)[:limit]]


@dataclass(frozen=True)
class _Word:
    """One word that is looked for, in each of the ways in which it may stand somewhere."""

    text: str
    #: of letters that set words apart by spaces: it is found at the beginning of one only
    is_latin: bool

    @property
    def stem(self) -> str:
        return _stem(self.text)


@dataclass(frozen=True)
class _Part:
    """All texts of one weight in one string, so that one look is enough; each ends a line."""

    weight: int
    text: str
    stems: str
    #: the words of Latin letters alone, each between spaces
    latin: str

    def score(self, word: _Word, stem: str) -> int:
        """Twice the weight for a text that is the word, once for one in which it stands; or 0."""
        if word.is_latin:
            if f"\n {word.text} \n" in self.latin:
                return self.weight * 2
            return self.weight if f" {word.text}" in self.latin else 0
        if f"\n{word.text}\n" in self.text:
            return self.weight * 2
        return self.weight if word.text in self.text or (stem and stem in self.stems) else 0


@dataclass(frozen=True)
class _Entry:
    id: str
    parts: tuple[_Part, ...]

    def score(self, words: Sequence[_Word]) -> int:
        """The sum of the best hits; 0 where a word isn't found."""
        total = 0
        for word in words:
            stem = word.stem
            best = max(part.score(word, stem) for part in self.parts)
            if not best:
                return 0
            total += best
        return total


def _entry(
    procedure: Procedure, life_events: Mapping[str, str], also: Sequence[Translate]
) -> _Entry:
    events = [life_events[event] for event in procedure.life_events if event in life_events]
    labels = [f.label for s in procedure.definition.sections for f in s.fields]
    texts: tuple[tuple[int, Sequence[str]], ...] = (
        (_TITLE, [procedure.title]),
        (_KEYWORD, procedure.keywords),
        (_LIFE_EVENT, events),
        (_SUMMARY, [procedure.summary_text]),
        (_LABEL, labels),
    )
    return _Entry(procedure.id, tuple(_part(weight, group, also) for weight, group in texts))


def _part(weight: int, texts: Sequence[str], also: Sequence[Translate]) -> _Part:
    ways = dict.fromkeys(way for text in texts for way in (text, *(each(text) for each in also)))
    spelt = [_spelt(way) for way in ways if way]
    return _Part(
        weight,
        "\n" + "".join(f"{text}\n" for text, _, _ in spelt),
        "\n" + "".join(f"{stem}\n" for _, stem, _ in spelt),
        "\n" + "".join(f"{latin}\n" for _, _, latin in spelt),
    )


@lru_cache(maxsize=20_000)
def _spelt(text: str) -> tuple[str, str, str]:
    """A text as it is compared, its stem, and its words of Latin letters."""
    folded = _without_accents(text)
    squeezed = for_search(folded)
    latin = _LATIN_WORD.findall(unicodedata.normalize("NFKC", folded).casefold())
    return squeezed, _stem(squeezed), f" {' '.join(latin)} " if latin else ""


def _words(text: str) -> list[_Word]:
    """What is looked for in a text that somebody typed."""
    words = []
    for piece in _without_accents(text).replace("\u3000", " ").split():
        folded = for_search(piece)
        if folded.isascii():
            words += [_Word(_singular(each), True) for each in _LATIN_WORD.findall(folded)]
        elif folded:
            words.append(_Word(folded, False))
    long = [word for word in words if not word.is_latin or len(word.text) >= _LONG_ENOUGH]
    return long or words


def _without_accents(text: str) -> str:
    """``árvore`` as ``arvore``; the marks of kana stay."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFD", text)))


def _singular(word: str) -> str:
    """Words are found by their beginnings, so that the plural's ending alone is in the way."""
    return word[:-1] if len(word) > 3 and word.endswith("s") else word


def _stem(word: str) -> str:
    """Without the kana that are written or left out at will; empty where too little is left.

    Two kana stand anywhere in a text by chance; two kanji don't.
    """
    stem = word.translate(_ENDINGS)
    return stem if len(stem) > 2 or (len(stem) == 2 and not _KANA.fullmatch(stem)) else ""
