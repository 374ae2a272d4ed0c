"""The least that Flask can do, behind the server that serves the portal: a bar to measure against.

``python -m benchmarks.trivial_page PORT`` serves it.
"""

import subprocess
import sys
import time
from types import TracebackType

import httpx
from flask import Flask

from portal.processes import serve

_START = 30.0
_PATIENCE = 0.05


def create_app() -> Flask:
    """One page with one sentence."""
    app = Flask("trivial")
    app.add_url_rule("/", "page", lambda: "<!doctype html><title>窓口</title><p>こんにちは。")
    return app


class TrivialPage:
    """Serves the page in a process of its own while the ``with`` block lasts."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self._command = [sys.executable, "-m", "benchmarks.trivial_page", str(port)]

    def __enter__(self) -> "TrivialPage":
        self._process = subprocess.Popen(
            self._command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        deadline = time.monotonic() + _START
        while True:
            try:
                httpx.get(self.url)
                return self
            except httpx.TransportError:
                if time.monotonic() > deadline or self._process.poll() is not None:
                    raise
                time.sleep(_PATIENCE)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.terminate()
        self._process.wait()


if __name__ == "__main__":
    serve("benchmarks.trivial_page:create_app", int(sys.argv[1]))
