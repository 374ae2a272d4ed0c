"""A portal in a process of its own, measured from outside: how soon it is there, how large it is.

``python -m benchmarks.portal_worker DEFINITIONS DATA_DIR`` builds the portal and says so in a line
of JSON; for each further line that it reads it says how many form pages it shows in a second.
"""

import json
import re
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from flask import Flask

from benchmarks.cities import PAGE
from benchmarks.interleaved import calls_for, rate
from benchmarks.wsgi import Client
from portal.app import served_app
from portal.config import Config
from portal.schema import upgrade

_CSRF = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
#: Processor time of one turn, in seconds.
_TURN = 0.1


def prepare(data: Path) -> None:
    """An empty database, so that no start has to make one."""
    data.mkdir(parents=True, exist_ok=True)
    upgrade(_config(data, data).database_url)


def _config(definitions: Path, data: Path) -> Config:
    return Config.from_env({"DATA_DIR": str(data), "DEFINITIONS_DIR": str(definitions)})


def filling_in(app: Flask, procedure: str) -> Client:
    """A guest's browser at the first page of a new draft."""
    browser = app.test_client()
    shown = browser.get(f"/procedures/{procedure}").text
    token = _CSRF.search(shown)
    begun = browser.post(
        "/applications/",
        data={"procedure": procedure, "csrf_token": token.group(1) if token else ""},
    )
    cookie = browser.get_cookie(app.config["SESSION_COOKIE_NAME"])
    if begun.status_code != 303 or cookie is None:
        raise RuntimeError(f"{procedure} can't be begun: {begun.status}")
    return Client(app, begun.location, f"{cookie.key}={cookie.value}")


@dataclass(frozen=True)
class Started:
    """What a start came to."""

    #: from the command to the application that answers
    seconds: float
    #: most memory that the process ever had, in MB
    megabytes: float


class Worker:
    """The process, while the ``with`` block lasts."""

    def __init__(self, definitions: Path, data: Path) -> None:
        self._command = [sys.executable, "-m", __name__, str(definitions), str(data)]

    def __enter__(self) -> "Worker":
        begun = time.perf_counter()
        self._process = subprocess.Popen(
            self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        megabytes = self._answer()
        self.started = Started(time.perf_counter() - begun, megabytes)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.communicate()

    def pages(self) -> float:
        """Form pages per second of its processor time, measured for one turn."""
        if self._process.stdin is None:
            raise RuntimeError("the process doesn't listen")
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        return self._answer()

    def _answer(self) -> float:
        line = self._process.stdout.readline() if self._process.stdout else ""
        if not line:
            raise RuntimeError(f"it ended with {self._process.wait()}")
        return float(json.loads(line))


def _work(definitions: Path, data: Path) -> None:
    app = served_app(_config(definitions, data))
    app.test_client().get("/healthz")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(peak), flush=True)
    page, calls = None, 0
    for _ in sys.stdin:
        if page is None:
            page = filling_in(app, PAGE).get
            calls = calls_for(page, _TURN)
        print(json.dumps(rate(page, calls)), flush=True)


if __name__ == "__main__":
    _work(Path(sys.argv[1]), Path(sys.argv[2]))
