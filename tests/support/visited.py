"""Which routes the tests visited, in this process and in the servers that tests start.

Whenever one of our Flask applications answers its first request, its routes are written down and
its views watched; a view that ran counts as visited, a request that was turned away before does
not. Each process appends to a file of its own in one directory, which the environment names, so
that the processes of pytest-xdist and the servers of the browser tests all contribute.
"""

import functools
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from weakref import WeakSet

from flask import Flask, request_started

#: Names the directory to the processes that take part.
VARIABLE = "MADOGUCHI_VISITED_ROUTES"
_OURS = ("portal", "payments", "auth")


class Recorder:
    """Watches all Flask applications of some packages, ours by default, in this process."""

    def __init__(self, directory: Path, packages: tuple[str, ...] = _OURS) -> None:
        self._packages = packages
        self._path = directory / f"{os.getpid()}.txt"
        self._lock = threading.Lock()
        self._watched: WeakSet[Flask] = WeakSet()
        self._written: set[str] = set()

    def install(self) -> None:
        request_started.connect(self._watch, weak=False)

    def uninstall(self) -> None:
        request_started.disconnect(self._watch)

    def _watch(self, app: Flask, **_: Any) -> None:
        if app.import_name.partition(".")[0] not in self._packages:
            return
        with self._lock:
            if app in self._watched:
                return
            self._watched.add(app)
            for endpoint, view in app.view_functions.items():
                if endpoint.rpartition(".")[2] != "static":
                    app.view_functions[endpoint] = self._counted(app, endpoint, view)

    def _counted(self, app: Flask, endpoint: str, view: Callable[..., Any]) -> Callable[..., Any]:
        route = f"{app.import_name} {endpoint}"
        self._write(f"known {route}")

        @functools.wraps(view)
        def counted(*args: Any, **kwargs: Any) -> Any:
            with self._lock:
                self._write(f"visited {route}")
            return view(*args, **kwargs)

        return counted

    def _write(self, line: str) -> None:
        if line not in self._written:
            self._written.add(line)
            with self._path.open("a", encoding="utf-8") as file:
                file.write(line + "\n")


@dataclass(frozen=True)
class Routes:
    """``application endpoint`` of every route that exists, and of those that were visited."""

    known: frozenset[str]
    visited: frozenset[str]

    @property
    def unvisited(self) -> list[str]:
        return sorted(self.known - self.visited)

    @classmethod
    def read(cls, directory: Path) -> "Routes":
        """Put together what all processes wrote."""
        found: dict[str, set[str]] = {"known": set(), "visited": set()}
        for path in directory.glob("*.txt"):
            for line in path.read_text(encoding="utf-8").splitlines():
                kind, _, route = line.partition(" ")
                found[kind].add(route)
        return cls(frozenset(found["known"]), frozenset(found["visited"]))


def record_here() -> Recorder | None:
    """Begin to record in this process, where the environment asks for it."""
    directory = os.environ.get(VARIABLE)
    if not directory:
        return None
    recorder = Recorder(Path(directory))
    recorder.install()
    return recorder
