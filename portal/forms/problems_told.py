"""What is wrong with a definition, in Japanese for its author.

Mistakes are put into English words where they are found. A sentence is known by its shape:
``problems.ja.po`` has ``{}`` for what it is about, and ``{0}``, ``{1}`` … where that stands in
Japanese. What isn't in it stays as it is; a test sees to it that nothing is missing.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from babel.messages.pofile import read_po

from portal.forms.problems import Problem

CATALOGUE = Path(__file__).with_name("problems.ja.po")
_PLACE = re.compile(r"\{(\d)\}")


def told_in_japanese(problem: Problem) -> str:
    """The line of a problem, as ``str`` has it in English."""
    found, right = in_japanese(problem.found), in_japanese(problem.right)
    return f"{problem.file}:{problem.line}: {found} → {right}"


def in_japanese(sentence: str) -> str:
    """One of the sentences of problems in Japanese."""
    for shape, japanese, quoted in _shapes():
        if found := shape.fullmatch(sentence):
            about = [
                part if written or part == sentence else in_japanese(part)
                for part, written in zip(found.groups(), quoted, strict=True)
            ]
            return _filled(japanese, about)
    return sentence


def _filled(japanese: str, about: Sequence[str]) -> str:
    return _PLACE.sub(lambda place: about[int(place[1])], japanese)


def sentences() -> dict[str, str]:
    """All sentences with their Japanese."""
    with CATALOGUE.open("rb") as stream:
        catalogue = read_po(stream, locale="ja")
    return {str(message.id): str(message.string) for message in catalogue if message.id}


@lru_cache(maxsize=1)
def _shapes() -> list[tuple[re.Pattern[str], str, list[bool]]]:
    """What says most comes first: “{}” alone would fit nearly everything."""
    known = sorted(sentences().items(), key=lambda each: -len(each[0].replace("{}", "")))
    return [(_shape(english), japanese, _quoted(english)) for english, japanese in known]


def _quoted(english: str) -> list[bool]:
    """Which places stand in quotes: an author's own word is no word of ours, whatever it is."""
    before = (english[: place.start()] for place in re.finditer(r"\{\}", english))
    return [text.count("“") > text.count("”") for text in before]


def _shape(english: str) -> re.Pattern[str]:
    return re.compile("(.*?)".join(map(re.escape, english.split("{}"))), re.DOTALL)
