"""Between the relying party and the provider: answers that were tampered with on the way."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from jose import jws
from werkzeug.test import run_wsgi_app
from werkzeug.wrappers import Response

Answer = dict[str, Any]


@dataclass(frozen=True)
class Tampered:
    """Passes everything on, but changes the JSON answer at one path."""

    app: Callable[..., Iterable[bytes]]
    path: str
    change: Callable[[Answer], Answer]

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if not environ["PATH_INFO"].endswith(self.path):
            return self.app(environ, start_response)
        body, _, _ = run_wsgi_app(self.app, environ)
        changed = self.change(json.loads(b"".join(body)))
        answer = Response(json.dumps(changed), content_type="application/json")
        return answer(environ, start_response)


def claims_of(token: str) -> dict[str, Any]:
    """What a token says, whoever signed it."""
    claims: dict[str, Any] = json.loads(jws.get_unverified_claims(token))
    return claims
