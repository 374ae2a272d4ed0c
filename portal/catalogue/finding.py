"""Finding procedures in the reader's language: its translations, Japanese, and how that is read."""

from collections.abc import Mapping, Sequence
from functools import partial

from foundation.languages import EASY_JAPANESE, JAPANESE
from foundation.wording import Translate
from portal import ruby
from portal.forms import Catalogue, Procedure
from portal.forms.search import Index
from portal.i18n import DefinitionTexts


class Finder:
    """Looks through the catalogue; the index of a language is made when it is first needed."""

    def __init__(self, catalogue: Catalogue, texts: DefinitionTexts) -> None:
        self._catalogue = catalogue
        self._texts = texts
        self._indexes: dict[str, Index] = {}

    def find(self, text: str, language: str, limit: int) -> list[Procedure]:
        """The procedures that fit everyday words of a language, the best first."""
        index = self._indexes.get(language)
        if index is None:
            index = self._indexes[language] = self._index(language)
        return [self._catalogue.procedures[name] for name in index.search(text, limit)]

    def _index(self, language: str) -> Index:
        return Index(
            self._catalogue.procedures.values(), self._life_events, self._ways_to_write(language)
        )

    @property
    def _life_events(self) -> Mapping[str, str]:
        return {event.id: event.title for event in self._catalogue.life_events}

    def _ways_to_write(self, language: str) -> Sequence[Translate]:
        """The furigana of やさしい日本語 say how kanji are read, whatever the reader's language."""
        easy = partial(self._texts.in_language, language=EASY_JAPANESE)

        def read_aloud(text: str) -> str:
            return ruby.reading(easy(text))

        def without_furigana(text: str) -> str:
            return ruby.plain(easy(text))

        if language == JAPANESE:
            return (read_aloud,)
        if language == EASY_JAPANESE:
            return (read_aloud, without_furigana)
        return (read_aloud, partial(self._texts.in_language, language=language))
