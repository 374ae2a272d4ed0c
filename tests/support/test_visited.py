"""The recorder counts views that ran, in applications of ours only."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask, abort, request
from flask.typing import ResponseReturnValue

from tests.support.visited import Recorder, Routes


@pytest.fixture
def recording(tmp_path: Path) -> Iterator[Path]:
    """The directory to which requests are recorded."""
    # A package of its own, so that the recorder of the whole run leaves these routes alone.
    recorder = Recorder(tmp_path, packages=("example",))
    recorder.install()
    yield tmp_path
    recorder.uninstall()


def _app(import_name: str) -> Flask:
    app = Flask(__name__)
    app.import_name = import_name
    for name in ("open", "guarded", "forgotten"):
        app.add_url_rule(f"/{name}", name, lambda: "here you are")

    @app.before_request
    def guard() -> ResponseReturnValue | None:
        return abort(403) if request.endpoint == "guarded" else None

    return app


def test_a_view_counts_when_it_ran(recording: Path) -> None:
    client = _app("example.city").test_client()
    assert [client.get(path).status_code for path in ("/open", "/guarded", "/no")] == [
        200,
        403,
        404,
    ]
    routes = Routes.read(recording)
    assert routes.visited == {"example.city open"}
    assert routes.unvisited == ["example.city forgotten", "example.city guarded"]


def test_applications_of_others_are_left_alone(recording: Path) -> None:
    _app("somewhere.else").test_client().get("/open")
    assert Routes.read(recording).known == frozenset()
