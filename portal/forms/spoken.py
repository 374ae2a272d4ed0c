"""The language in which the tools speak to authors: Japanese at a Japanese terminal, else English.

The sentences are Japanese in the code and stand in the program's catalogue, as those of the pages.
What is wrong with a definition is English in the code: ``portal.forms.problems_told``.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import click

from foundation.languages import JAPANESE
from foundation.wording import Message, Translate, untranslated
from portal.forms.problems import Problem
from portal.forms.problems_told import in_japanese, told_in_japanese
from portal.forms.translation import program_translator

#: In what the tools can speak.
SPOKEN = (JAPANESE, "en")


@dataclass(frozen=True)
class _Spoken:
    """A language with what translates into it."""

    language: str
    translate: Translate


def language_of(environment: Mapping[str, str]) -> str:
    """The language of a terminal, by its locale."""
    named = (environment.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    locale = next((value for value in named if value), "")
    return JAPANESE if locale.lower().startswith("ja") else "en"


def speak(language: str) -> None:
    """Say everything in a language from here on, in the command that runs."""
    translate = untranslated if language == JAPANESE else program_translator(language)
    click.get_current_context().obj = _Spoken(language, translate)


def words(template: str, **values: str | int) -> str:
    """A sentence of the tools in the language of the terminal."""
    return Message(template, values).text(_spoken().translate)


def problem_told(problem: Problem) -> str:
    """What is wrong with a definition, in the language of the terminal."""
    return told_in_japanese(problem) if _spoken().language == JAPANESE else str(problem)


def sentence_told(sentence: str) -> str:
    """A part of a problem, such as a suggestion, in the language of the terminal."""
    return in_japanese(sentence) if _spoken().language == JAPANESE else sentence


def _spoken() -> _Spoken:
    context = click.get_current_context(silent=True)
    found = context.obj if context is not None else None
    return found if isinstance(found, _Spoken) else _Spoken(JAPANESE, untranslated)


def say(template: str, *, err: bool = False, **values: str | int) -> None:
    """Print a sentence of the tools."""
    click.echo(words(template, **values), err=err)
