"""A person who reads the portal in English, and notices what is not."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

_JAPANESE = re.compile("[々〆〤ぁ-ゖァ-ヺー一-鿿]+")
_READ_ALOUD = frozenset({"alt", "aria-label", "placeholder", "title", "label"})
_UNSEEN = frozenset({"script", "style", "template"})
_EMPTY = frozenset({"input", "img", "link", "meta", "br", "hr", "source", "wbr", "col"})


class _Visible(HTMLParser):
    """What is seen or read aloud on a page, without what says itself that it is not English."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.language: str | None = None
        #: the elements that are open, each with whether it hides its content from an English reader
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "html":
            self.language = given.pop("lang", None)
        skipped = tag in _UNSEEN or given.get("lang", "en") != "en" or self._hidden
        if tag not in _EMPTY:
            self._open.append((tag, skipped))
        if not skipped:
            self.texts += [given[name] or "" for name in _READ_ALOUD & given.keys()]

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.texts.append(data)

    @property
    def _hidden(self) -> bool:
        return bool(self._open) and self._open[-1][1]


def japanese_in(text: str, allowed: Iterable[str]) -> list[str]:
    """The Japanese words of a text, but for those that are data."""
    for data in allowed:
        text = text.replace(data, " ")
    return _JAPANESE.findall(text)


@dataclass(frozen=True)
class Page:
    """Where a reader is, and what is to be read there."""

    path: str
    text: str


class Reader:
    """A browser of its own whose language is English; every page that it opens is read."""

    def __init__(self, app: Flask, data: Iterable[str], **session: str) -> None:
        self.client: FlaskClient = app.test_client()
        #: names and answers of people, longest first, so that none hides a part of another
        self._data = sorted(data, key=len, reverse=True)
        with self.client.session_transaction() as kept:
            kept.update(session, language="en")

    def open(self, address: str, expected: int = 200) -> Page:
        """Open a page, wherever that leads, and read it."""
        return self._read(self.client.get(address, follow_redirects=True), expected)

    def send(self, address: str, expected: int = 200, **form: Any) -> Page:
        """Send a form and read the page to which that leads."""
        answer = self.client.post(address, data=form, follow_redirects=True)
        return self._read(answer, expected)

    def _read(self, answer: TestResponse, expected: int) -> Page:
        address = answer.request.path
        assert answer.status_code == expected, address
        visible = _Visible()
        visible.feed(answer.text)
        assert visible.language == "en", address
        text = "\n".join(visible.texts)
        left = japanese_in(text, self._data)
        assert left == [], f"{address}: {left}"
        return Page(address, text)
