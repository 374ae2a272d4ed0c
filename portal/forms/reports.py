"""What the tools found out, line by line for a terminal: figures, differences, missing texts."""

import unicodedata
from collections.abc import Iterator, Sequence

from foundation.wording import N_
from portal.forms.procedure import Procedure
from portal.forms.spoken import words
from portal.forms.statistics import Statistics
from portal.forms.translation import Updated, texts_of
from portal.forms.versions import changes


def statistics_told(figures: Sequence[Statistics]) -> Iterator[str]:
    """A line for each procedure; of one alone, a line for each of its questions too."""
    heads = [
        words(N_("文字数")), words(N_("タップ")), words(N_("添付")), words(N_("質問の数")),
        words(N_("セクション")), words(N_("はじめての人の文字")),
    ]  # fmt: skip
    yield "  ".join([*heads, words(N_("手続き"))])
    for each in figures:
        numbers = (
            each.characters, each.taps, each.attachments, each.fields, each.sections,
            each.first_characters,
        )  # fmt: skip
        yield "  ".join([*map(_right, numbers, heads), each.procedure])
    if len(figures) == 1:
        yield from ("", *_questions(figures[0]))


def _questions(figures: Statistics) -> Iterator[str]:
    heads = [
        words(N_("文字数")), words(N_("タップ")), words(N_("はじめての人の文字")),
        words(N_("はじめての人のタップ")),
    ]  # fmt: skip
    yield "  ".join([*heads, words(N_("質問"))])
    for each in figures.questions:
        numbers = (each.characters, each.taps, each.first_characters, each.first_taps)
        yield "  ".join([*map(_right, numbers, heads), f"{each.label} ({each.path})"])
    pages = figures.taps - sum(each.taps for each in figures.questions)
    yield words(N_("ほかに、ページを進めて送るタップ：%(taps)s"), taps=pages)


def _right(number: int, head: str) -> str:
    """A number under the end of its head, whose kanji and kana take two places each."""
    return " " * (_places(head) - len(str(number))) + str(number)


def _places(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def changes_told(before: Procedure | None, after: Procedure) -> Iterator[str]:
    """What differs between two versions; all texts of a procedure that is new."""
    if before is None:
        yield words(N_("%(procedure)sは、新しい手続きです。"), procedure=after.id)
        yield from (f"+ {text}" for text in dict.fromkeys(texts_of(after)))
        return
    found = changes(before.definition, after.definition)
    if not found:
        yield words(N_("%(procedure)sに違いはありません。"), procedure=after.id)
    for each in found:
        place = " › ".join(each.place)
        if each.before is None:
            yield f"+ {place}: {each.after}"
        elif each.after is None:
            yield f"- {place}: {each.before}"
        else:
            yield f"  {place}: {each.before} → {each.after}"


def translations_told(done: Sequence[Updated]) -> Iterator[str]:
    """A line for each catalogue, then each missing text once with the languages that lack it."""
    for updated in done:
        yield words(
            N_(
                "%(file)s：文%(texts)s個、訳のないもの%(missing)s個、いらなくなったもの%(obsolete)s個"
            ),
            file=str(updated.file),
            texts=updated.texts,
            missing=len(updated.missing),
            obsolete=updated.obsolete,
        )
    lacking: dict[str, list[str]] = {}
    for updated in done:
        for text in updated.missing:
            lacking.setdefault(text, []).append(updated.file.stem)
    if lacking:
        yield words(N_("訳のない文："))
    for text, languages in lacking.items():
        where = words(N_("すべて")) if len(languages) == len(done) else ", ".join(languages)
        yield f"  {text}" + (f"  [{where}]" if len(done) > 1 else "")
