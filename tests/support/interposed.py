"""A line to a provider on which a test can strike at one exact moment."""

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Literal
from wsgiref.types import StartResponse, WSGIEnvironment

import httpx

_HOP_BY_HOP = {"connection", "content-encoding", "content-length", "transfer-encoding"}


@dataclass(frozen=True)
class Moment:
    """A call by its beginning, as ``POST /v1/…``: before it is passed on, or after its answer
    came and before that is handed back.
    """

    when: Literal["before", "after"]
    call: str


@dataclass
class Interposed:
    """A WSGI application that passes everything on to ``target``, until it is told to strike."""

    target: str = ""
    _moment: Moment | None = None
    _strike: Callable[[], None] | None = None
    _struck: threading.Event = field(default_factory=threading.Event)

    def strike_at(self, moment: Moment, strike: Callable[[], None]) -> None:
        """Do this at the next such moment; the caller of that call gets no answer."""
        self._moment, self._strike = moment, strike
        self._struck.clear()

    def wait_for_strike(self, seconds: float = 30) -> None:
        assert self._struck.wait(seconds), f"never came to {self._moment}"

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        call = f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}"
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        if self._strikes("before", call):
            return _nothing(start_response)
        query = f"?{environ['QUERY_STRING']}" if environ.get("QUERY_STRING") else ""
        answer = httpx.request(
            environ["REQUEST_METHOD"],
            f"{self.target}{environ['PATH_INFO']}{query}",
            headers=_headers(environ),
            content=body,
        )
        if self._strikes("after", call):
            return _nothing(start_response)
        kept = [(k, v) for k, v in answer.headers.items() if k.lower() not in _HOP_BY_HOP]
        start_response(f"{answer.status_code} {answer.reason_phrase}", kept)
        return [answer.content]

    def _strikes(self, when: str, call: str) -> bool:
        moment, strike = self._moment, self._strike
        if moment is None or strike is None:
            return False
        if moment.when != when or not call.startswith(moment.call):
            return False
        self._moment = None
        strike()
        self._struck.set()
        return True


def _headers(environ: WSGIEnvironment) -> dict[str, str]:
    headers = {
        name[5:].replace("_", "-"): str(value)
        for name, value in environ.items()
        if name.startswith("HTTP_") and name not in ("HTTP_HOST", "HTTP_CONNECTION")
    }
    if environ.get("CONTENT_TYPE"):
        headers["Content-Type"] = str(environ["CONTENT_TYPE"])
    return headers


def _nothing(start_response: StartResponse) -> Iterable[bytes]:
    start_response("502 Bad Gateway", [("Content-Length", "0")])
    return []
