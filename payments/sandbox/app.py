"""The Flask application of the sandbox."""

from pathlib import Path

from flask import Flask, Response
from sqlalchemy import make_url

from foundation.database import Database
from payments.sandbox.pages import checkout, control, phone, settlements
from payments.sandbox.pages.language import install
from payments.sandbox.paypay import routes as paypay
from payments.sandbox.settings import SandboxSettings
from payments.sandbox.store import SandboxBase
from payments.sandbox.stripe import routes as stripe
from payments.sandbox.webhooks.courier import Courier
from payments.sandbox.world import EXTENSION, World, lapse_all

#: Bytes of the largest request that either API takes.
LARGEST_REQUEST = 1_000_000


def create_sandbox(settings: SandboxSettings) -> Flask:
    """The sandbox as a WSGI application; its store is made where there is none.

    With ``settings.deliver_in_background`` a thread carries the webhooks from now on.
    ``current_world().close()`` (or ``app.extensions["payment_sandbox"].close()``) ends it.
    Raises SandboxRefused where ``settings.production`` is true.
    """
    settings.refuse_in_production()
    _make_folder(settings.database_url)
    database = Database(settings.database_url)
    SandboxBase.metadata.create_all(database.engine)

    def lapse() -> None:
        with database.transaction() as session:
            lapse_all(session, settings)

    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_REQUEST
    world = World(settings, database, Courier(database, settings, before=lapse))
    app.extensions[EXTENSION] = world
    install(app)
    app.after_request(_harden)
    for blueprint in (
        stripe.blueprint,
        paypay.blueprint,
        checkout.blueprint,
        phone.blueprint,
        control.blueprint,
        settlements.blueprint,
    ):
        app.register_blueprint(blueprint)
    if settings.deliver_in_background:
        world.courier.start()
    return app


def _make_folder(database_url: str) -> None:
    path = make_url(database_url).database
    if path:
        Path(path).parent.mkdir(parents=True, exist_ok=True)


def _harden(response: Response) -> Response:
    # No form-action: a payment page sends its visitor back to whatever address the merchant gave.
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
