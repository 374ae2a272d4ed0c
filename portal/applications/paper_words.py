"""The words of a paper: in the language of its reader, with the Japanese ones beside them.

A resident who reads Portuguese shows the paper to somebody who doesn't.
"""

from dataclasses import dataclass

from foundation.languages import EASY_JAPANESE, JAPANESE
from foundation.wording import Translate
from portal import i18n, ruby
from portal.documents.paper import Row, Title


@dataclass(frozen=True)
class Reader:
    """For whom a paper is written: the language, and the address of the page that it leads to."""

    #: one of LANGUAGES; the request speaks it
    language: str
    translate: Translate
    address: str


@dataclass(frozen=True)
class Words:
    """What the city says to a reader on paper, without furigana."""

    reader: Reader

    def say(self, text: str) -> str:
        """A text of ours or of a definition."""
        return ruby.plain(self.reader.translate(text))

    def title(self, text: str) -> Title:
        return self.both(self.say(text), text)

    def both(self, said: str, japanese: str) -> Title:
        """What was said already, with the Japanese words where they are others."""
        is_japanese = self.reader.language in (JAPANESE, EASY_JAPANESE)
        return Title(said, "" if is_japanese or said == japanese else japanese)

    def row(self, label: str, text: str, note: str = "") -> Row:
        return Row(self.title(label), text, note)

    def yen(self, amount: int) -> str:
        """``1,234円``, as the reader's language writes it."""
        return ruby.plain(i18n.show_yen(amount))
