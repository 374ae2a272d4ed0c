"""Requests as the portal reads them."""

import re
from collections.abc import Iterator
from typing import IO

from flask import Request
from werkzeug.datastructures import MultiDict
from werkzeug.datastructures.file_storage import FileStorage
from werkzeug.formparser import FormDataParser

_URL_ENCODED = "application/x-www-form-urlencoded"
#: Possessive: keeping a way back behind each character would take as long again.
_ENCODED = re.compile("(?:%[0-9A-Fa-f]{2})++")


class FormParser(FormDataParser):
    """Reads a posted form, each run of encoded characters at once.

    A character of Japanese takes nine in a posted form, and the standard library looks at each
    three of them by themselves: four times as long for a page of text.
    """

    def parse(
        self,
        stream: IO[bytes],
        mimetype: str,
        content_length: int | None,
        options: dict[str, str] | None = None,
    ) -> tuple[IO[bytes], MultiDict[str, str], MultiDict[str, FileStorage]]:
        if mimetype != _URL_ENCODED:
            return super().parse(stream, mimetype, content_length, options)
        return stream, self.cls(pairs(stream.read())), self.cls()


class PortalRequest(Request):
    """A request whose form is read by ``FormParser``."""

    form_data_parser_class = FormParser


def pairs(body: bytes) -> Iterator[tuple[str, str]]:
    """The controls of a URL-encoded form with their values, in their order.

    What is no UTF-8 stays encoded, as in Werkzeug; a body that isn't ASCII says nothing.
    """
    if not body.isascii():
        return
    for pair in body.decode("ascii").replace("+", " ").split("&"):
        if pair:
            name, _, value = pair.partition("=")
            yield _decoded(name), _decoded(value)


def _decoded(text: str) -> str:
    return _ENCODED.sub(_run, text) if "%" in text else text


def _run(found: re.Match[str]) -> str:
    encoded = bytes.fromhex(found[0].replace("%", ""))
    return encoded.decode("utf-8", "werkzeug.url_quote")
