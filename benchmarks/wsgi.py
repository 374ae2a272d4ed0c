"""Requests to a WSGI application without a network and without a test client's own work."""

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from wsgiref.types import WSGIApplication

from werkzeug.test import EnvironBuilder

_CSRF = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


@dataclass(frozen=True)
class Answer:
    """What came back: the number of the status, the headers, the body."""

    status: int
    headers: Sequence[tuple[str, str]]
    text: str


class Client:
    """One browser with its cookie, its own or one that it is given, in front of one application."""

    def __init__(self, app: WSGIApplication, path: str, cookie: str = "") -> None:
        self._app, self._path = app, path
        self._get_environ = self._environ("GET", b"", cookie)
        first = self.get()
        cookies = [value for name, value in first.headers if name == "Set-Cookie"]
        self._cookie = "; ".join(one.partition(";")[0] for one in cookies) or cookie
        self._get_environ = self._environ("GET", b"", self._cookie)
        found = _CSRF.search(first.text)
        self._token = found.group(1) if found else ""

    def get(self) -> Answer:
        """Ask for the page."""
        return self._send(self._get_environ, b"")

    def posting(self, form: Mapping[str, str | Sequence[str]]) -> "Posting":
        """The form made ready to be posted again and again, with this browser's CSRF token."""
        body = urlencode({"csrf_token": self._token, **form}, doseq=True).encode()
        return Posting(self, self._environ("POST", body, self._cookie), body)

    def _environ(self, method: str, body: bytes, cookie: str) -> dict[str, Any]:
        environ = EnvironBuilder(self._path, method=method).get_environ()
        environ["CONTENT_LENGTH"] = str(len(body))
        if body:
            environ["CONTENT_TYPE"] = "application/x-www-form-urlencoded"
        if cookie:
            environ["HTTP_COOKIE"] = cookie
        return environ

    def _send(self, environ: Mapping[str, Any], body: bytes) -> Answer:
        told: list[tuple[str, Sequence[tuple[str, str]]]] = []

        def start_response(status: str, headers: Any, *_: Any) -> Any:
            told.append((status, headers))

        chunks = self._app({**environ, "wsgi.input": io.BytesIO(body)}, start_response)
        text = b"".join(chunks).decode()
        status, headers = told[0]
        return Answer(int(status[:3]), headers, text)


@dataclass(frozen=True)
class Posting:
    """A form of one browser, ready to be posted."""

    client: Client
    environ: Mapping[str, Any]
    body: bytes

    def send(self) -> Answer:
        return self.client._send(self.environ, self.body)
