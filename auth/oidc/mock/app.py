"""The mock of the national sign-in app, as a Flask application of its own."""

from urllib.parse import urlsplit

from flask import Flask, Response, render_template, request
from werkzeug.exceptions import HTTPException

from auth.oidc.mock import pages, protocol
from auth.oidc.mock.provider import install, open_provider
from auth.oidc.mock.settings import MockIdpSettings
from auth.oidc.mock.texts import language_of, translator


class MockRefused(RuntimeError):
    """In production there is no mock."""


def create_mock_idp(settings: MockIdpSettings) -> Flask:
    """The provider with its cards. Raises MockRefused in production."""
    if settings.production:
        raise MockRefused("the mock sign-in does not start in production")
    app = Flask(__name__, static_url_path="/static")
    # More than any form of ours or of a client, in bytes.
    app.config["MAX_CONTENT_LENGTH"] = 64 * 1024
    install(app, open_provider(settings))
    app.register_blueprint(protocol.blueprint)
    app.register_blueprint(pages.blueprint)
    policy = _content_security_policy(settings)

    @app.context_processor
    def _words() -> dict[str, object]:
        language = language_of(" ".join(request.accept_languages.values()))
        return {"language": language, "translator": translator}

    @app.errorhandler(HTTPException)
    def _error(error: HTTPException) -> tuple[str, int]:
        message = "gone" if error.code == 410 else "wrong_address"
        return render_template("mock_idp/message.html", message=message), error.code or 500

    @app.after_request
    def _headers(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = policy
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return app


def _content_security_policy(settings: MockIdpSettings) -> str:
    """Browsers hold form-action against redirects too, so the clients stand in it."""
    uris = [urlsplit(uri) for client in settings.clients for uri in client.redirect_uris]
    origins = sorted({f"{uri.scheme}://{uri.netloc}" for uri in uris})
    return (
        "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'; "
        f"form-action 'self' {' '.join(origins)}"
    )
