"""A WSGI application behind a real port, for code that talks HTTP."""

import threading
from types import TracebackType
from typing import Any
from wsgiref.types import WSGIApplication

from werkzeug.serving import make_server


class Server:
    """Serves ``app`` on a free port of this machine while the ``with`` block lasts."""

    def __init__(self, app: WSGIApplication | Any, port: int = 0) -> None:
        self._server = make_server("127.0.0.1", port, app, threaded=True)
        # A short poll, because every test would wait it out at its end.
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
        )

    @property
    def url(self) -> str:
        """The base address, without a slash at the end."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> "Server":
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
