"""Questions at the terminal whose answers survive Ctrl+C: who comes back goes on from there."""

import json
import unicodedata
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

import click

from foundation.wording import N_
from portal.forms.messages import NO, YES
from portal.forms.spoken import say, words

T = TypeVar("T")

_YES = frozenset({"y", "yes", "はい", "ハイ", "1", "true"})
_NO = frozenset({"n", "no", "いいえ", "イイエ", "0", "false"})


class Asking:
    """Asks one thing after another; ``kept`` is the file with the answers until all are given."""

    def __init__(self, kept: Path) -> None:
        self._kept = kept
        self._given: list[str] = []
        #: what was answered before, and is not asked again
        self._before: list[str] = []
        with suppress(OSError, ValueError, TypeError):
            self._before = [str(each) for each in json.loads(kept.read_text(encoding="utf-8"))]
        if self._before:
            begun = N_("「%(first)s」のとちゅうの答えがあります。つづけますか")
            go_on = self._read(words(begun, first=self._before[0]), words(YES), _yes)
            self._before = self._before if go_on else []

    @property
    def given(self) -> int:
        """How many answers are kept for the next time."""
        return len(self._given) + len(self._before)

    def finish(self) -> None:
        """Everything was answered, and written where it belongs."""
        self._kept.unlink(missing_ok=True)

    def text(
        self,
        question: str,
        default: str | None = None,
        wrong: Callable[[str], str | None] = lambda _: None,
    ) -> str:
        """A text with something in it; ``wrong`` says what is the matter with one, if anything."""

        def read(written: str) -> str:
            if not written and default is None:
                raise ValueError(words(N_("空ではいけません。")))
            if complaint := wrong(written):
                raise ValueError(complaint)
            return written

        return self._asked(question, default, read)

    def number(self, question: str, default: int) -> int:
        """A whole number from 0."""

        def read(written: str) -> int:
            digits = unicodedata.normalize("NFKC", written).replace(",", "").removesuffix("円")
            if not digits.isdecimal():
                raise ValueError(words(N_("0以上の整数を入れてください。")))
            return int(digits)

        return self._asked(question, str(default), read)

    def yes(self, question: str, *, default: bool) -> bool:
        """Yes or no, in any of the ways in which people say so."""
        return self._asked(question, words(YES if default else NO), _yes)

    def one_of(self, question: str, choices: Mapping[str, str]) -> str:
        """One of several, by its number, its name or what it means."""
        self._list(choices)
        return self._asked(question, None, lambda written: _choice(written, choices))

    def some_of(self, question: str, choices: Mapping[str, str]) -> tuple[str, ...]:
        """Any of several, with commas between; none where nothing is said."""
        self._list(choices)

        def read(written: str) -> tuple[str, ...]:
            found = (_choice(part, choices) for part in parts(written))
            return tuple(dict.fromkeys(found))

        return self._asked(question, "", read)

    def _list(self, choices: Mapping[str, str]) -> None:
        for number, (value, meaning) in enumerate(choices.items(), 1):
            click.echo(f"  {number:2}. {meaning}" + (f" ({value})" if meaning != value else ""))

    def _asked(self, question: str, default: str | None, read: Callable[[str], T]) -> T:
        while self._before:
            written = self._before.pop(0)
            try:
                answer = read(written)
            except ValueError:
                self._before = []  # the city is another one by now; what follows is asked anew
                break
            click.echo(f"{question}: {written}")
            self._keep(written)
            return answer
        return self._read(question, default, read, self._keep)

    def _keep(self, written: str) -> None:
        self._given.append(written)
        answers = json.dumps([*self._given, *self._before], ensure_ascii=False, indent=1)
        self._kept.write_text(answers, encoding="utf-8")

    @staticmethod
    def _read(
        question: str,
        default: str | None,
        read: Callable[[str], T],
        keep: Callable[[str], None] = lambda _: None,
    ) -> T:
        while True:
            written = str(click.prompt(question, default=default, show_default=bool(default)))
            try:
                answer = read(written.strip())
            except ValueError as error:
                click.echo(str(error))
                continue
            keep(written.strip())
            return answer


def parts(written: str) -> list[str]:
    """What stands between commas, Japanese or Western."""
    texts = written.replace("、", ",").replace("，", ",").split(",")
    return [text.strip() for text in texts if text.strip()]


def _yes(written: str) -> bool:
    told = unicodedata.normalize("NFKC", written).strip().lower()
    if told in _YES:
        return True
    if told in _NO:
        return False
    raise ValueError(words(N_("「はい」か「いいえ」（yかn）で答えてください。")))


def _choice(written: str, choices: Mapping[str, str]) -> str:
    told = unicodedata.normalize("NFKC", written).strip()
    values = list(choices)
    if told.isdecimal() and 1 <= int(told) <= len(values):
        return values[int(told) - 1]
    exact = [value for value, meaning in choices.items() if told in (value, _plain(meaning))]
    begun = [value for value, meaning in choices.items() if told and told in _plain(meaning)]
    found = exact or begun
    if len(found) == 1:
        return found[0]
    raise ValueError(words(N_("番号か、一覧にある名前を入れてください。")))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def interrupted(asking: Asking | None, command: str) -> None:
    """Say what became of the answers of somebody who stopped."""
    if asking is None or not asking.given:
        say(N_("やめました。何も書いていません。"), err=True)
        return
    kept = N_("ここまでの%(count)s個の答えは残っています。つづきは：%(command)s")
    say(kept, err=True, count=asking.given, command=command)
