"""The portal on a folder of definitions, built anew as soon as a file in it changes."""

import hashlib
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import Any

from flask import Flask, render_template_string

from portal.app import create_app
from portal.config import Config
from portal.context import EXTENSION, Portal
from portal.forms import DefinitionErrors
from portal.forms.problems_told import in_japanese
from portal.preview import views
from portal.schema import upgrade
from portal.translation import compile_all_translations

#: Files whose change shows.
_WATCHED = ("*.yaml", "*.csv", "*.po")

_PROBLEMS = """<!doctype html>
<html lang="ja"><head><meta charset="utf-8"><meta http-equiv="refresh" content="2">
<title>まちがい{{ problems | length }}件</title>
<style>
body { font: 16px/1.7 sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem }
li { margin-bottom: 1rem } code { color: #0017c1 } strong { font-weight: 700 }
</style></head><body>
<h1>この定義には、直すところがあります（{{ problems | length }}）</h1>
<ol>{% for each in problems %}
<li><code>{{ each.file }}:{{ each.line }}</code><br>{{ in_japanese(each.found) }}<br>
<strong>→ {{ in_japanese(each.right) }}</strong></li>
{% endfor %}</ol>
<p>ファイルを保存すると、このページは自動で新しくなります。</p>
</body></html>"""


class Preview:
    """A WSGI application for one author at a time. It keeps its data in a folder of its own."""

    def __init__(self, folder: Path, data_dir: Path, port: int) -> None:
        self._folder = folder
        environment = {
            "DATA_DIR": str(data_dir),
            "DATABASE_URL": f"sqlite:///{data_dir / 'preview.sqlite'}",
            "PORT": str(port),
        }
        self._config = replace(Config.from_env(environment), definitions_dir=folder.resolve())
        self._lock = Lock()
        self._fingerprint = ""
        self._app: Flask | None = None
        data_dir.mkdir(parents=True, exist_ok=True)
        upgrade(self._config.database_url)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        return self.current()(environ, start_response)

    def current(self) -> Flask:
        """The application for the files as they are now."""
        with self._lock:
            found = fingerprint(self._folder)
            if self._app is None or found != self._fingerprint:
                self._fingerprint = found
                before, self._app = self._app, self._built()
                _close(before)
            return self._app

    def _built(self) -> Flask:
        compile_all_translations(self._config)
        try:
            app = create_app(self._config)
        except DefinitionErrors as errors:
            app = _told(errors)
        else:
            app.register_blueprint(views.blueprint)
        app.config[views.FINGERPRINT] = self._fingerprint
        return app


def fingerprint(folder: Path) -> str:
    """Changes whenever a file of the definitions does."""
    files = sorted(file for pattern in _WATCHED for file in folder.rglob(pattern))
    state = []
    for file in files:
        with suppress(FileNotFoundError):  # an editor writes a new one and puts it there
            found = file.stat()
            state.append(f"{file}:{found.st_mtime_ns}:{found.st_size}")
    return hashlib.sha256("\n".join(state).encode()).hexdigest()[:16]


def _close(app: Flask | None) -> None:
    """Give back what an application held; a page that is still being made keeps its own."""
    portal = app.extensions.get(EXTENSION) if app is not None else None
    if isinstance(portal, Portal):
        portal.database.dispose()


def _told(errors: DefinitionErrors) -> Flask:
    """Every page says what is wrong, until it is right."""
    app = Flask(__name__)
    problems = errors.problems

    @app.route("/", defaults={"path": ""})
    @app.route("/<path:path>")
    def problem(path: str) -> tuple[str, int]:
        return render_template_string(_PROBLEMS, problems=problems, in_japanese=in_japanese), 422

    return app
