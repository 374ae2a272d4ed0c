"""The Flask application of the sandbox."""

from flask import Flask

from payments.sandbox.settings import SandboxSettings


def create_sandbox(settings: SandboxSettings) -> Flask:
    """The sandbox as a WSGI application.

    Raises SandboxRefused where ``settings.production`` is true.
    """
    settings.refuse_in_production()
    return Flask(__name__)
