"""The languages in which the city speaks to people."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

JAPANESE = "ja"

#: やさしい日本語: short sentences and everyday words, with furigana. The tag is gettext's form for
#: a variant of a language (``language@modifier``); no browser asks for it.
EASY_JAPANESE = "ja@easy"


@dataclass(frozen=True)
class Language:
    """One language of the menu."""

    #: how gettext and Babel call it; the name of its catalogue
    tag: str
    #: its own name for itself
    name: str
    #: how HTML and other services call it (BCP 47)
    bcp47: str
    #: how a day is written, as a pattern of CLDR; the two kinds of Japanese have rules beside it
    day: str
    #: how a day is written where there is little room
    short_day: str
    #: what stands between a day and a time of day
    before_time: str = ", "


_ALL = (
    Language(JAPANESE, "日本語", "ja", "M月d日（E）", "M/d(E)", " "),
    Language(EASY_JAPANESE, "やさしい日本語", "ja", "y年M月d日（EEEE）", "M/d(E)", " "),
    Language("en", "English", "en", "d MMMM y", "E d"),
    Language("zh", "中文", "zh-Hans", "y年M月d日（EEEE）", "M/d(E)", " "),
    Language("pt", "Português", "pt-BR", "d 'de' MMMM 'de' y", "E d"),
    Language("es", "Español", "es", "d 'de' MMMM 'de' y", "E d"),
)

#: Tag → language, in the order of the menu.
LANGUAGES: Mapping[str, Language] = MappingProxyType({each.tag: each for each in _ALL})

#: The languages that have a catalogue: all but the one in which the texts are written.
TRANSLATED = tuple(tag for tag in LANGUAGES if tag != JAPANESE)
