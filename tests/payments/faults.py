"""A line to a provider that can be disturbed, in front of a WSGI application."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment


@dataclass
class FaultyLine:
    """Counts down disturbances of the requests whose path begins with a text."""

    #: does what was asked, and answers 500
    after: dict[str, int] = field(default_factory=dict)
    #: answers 503 without doing anything
    before: dict[str, int] = field(default_factory=dict)

    def around(self, app: WSGIApplication | Any) -> WSGIApplication:
        def disturbed(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
            call = f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}"
            if _strikes(self.before, call):
                return _broken(start_response, "503 Service Unavailable")
            if not _strikes(self.after, call):
                answer: Iterable[bytes] = app(environ, start_response)
                return answer
            done = app(environ, lambda *_: lambda _chunk: None)
            for _chunk in done:
                pass
            if hasattr(done, "close"):
                done.close()
            return _broken(start_response, "500 Internal Server Error")

        return disturbed


def _strikes(left: dict[str, int], call: str) -> bool:
    for prefix, times in left.items():
        if times > 0 and call.startswith(prefix):
            left[prefix] = times - 1
            return True
    return False


def _broken(start_response: StartResponse, status: str) -> Iterable[bytes]:
    start_response(status, [("Content-Type", "text/plain")])
    return [b"the line is disturbed"]
