"""The language in which the tools speak to authors: Japanese at a Japanese terminal, else English.

The sentences are Japanese in the code and stand in the program's catalogue, as those of the pages.
What is wrong with a definition is said in English by ``portal.forms.problems``.
"""

from collections.abc import Mapping

import click

from foundation.languages import JAPANESE
from foundation.wording import Message, Translate, untranslated
from portal.forms.translation import program_translator

#: In what the tools can speak.
SPOKEN = (JAPANESE, "en")


def language_of(environment: Mapping[str, str]) -> str:
    """The language of a terminal, by its locale."""
    named = (environment.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    locale = next((value for value in named if value), "")
    return JAPANESE if locale.lower().startswith("ja") else "en"


def speak(language: str) -> None:
    """Say everything in a language from here on, in the command that runs."""
    spoken = untranslated if language == JAPANESE else program_translator(language)
    click.get_current_context().obj = spoken


def words(template: str, **values: str | int) -> str:
    """A sentence of the tools in the language of the terminal."""
    context = click.get_current_context(silent=True)
    translate: Translate = context.obj if context and context.obj else untranslated
    return Message(template, values).text(translate)


def say(template: str, *, err: bool = False, **values: str | int) -> None:
    """Print a sentence of the tools."""
    click.echo(words(template, **values), err=err)
