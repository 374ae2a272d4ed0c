"""Texts that people read: Japanese in the code, translated where they are shown.

payments and the form engine know no page and no language. They keep what happened as a template
with its values; the page hands over ``translate``, which maps the Japanese template to the
language of the reader.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

#: Maps Japanese source text to the reader's language.
Translate = Callable[[str], str]


def N_(text: str) -> str:
    """Mark a text for the translators' catalogue; it is translated later, where it is shown."""
    return text


def untranslated(text: str) -> str:
    """The Japanese source text as it stands."""
    return text


@dataclass(frozen=True)
class Message:
    """A sentence with its values: ``Message(N_("%(count)s件"), {"count": 3})``."""

    template: str
    values: Mapping[str, str | int] = field(default_factory=dict)

    def text(self, translate: Translate = untranslated) -> str:
        """The sentence in the reader's language."""
        return translate(self.template) % self.values
