"""What every page shares: the city's colour, and the reader's language and type size."""

from flask import Blueprint, Response, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from foundation.paths import local_path
from portal.access import public
from portal.context import current_portal
from portal.i18n import LANGUAGES

blueprint = Blueprint("shell", __name__)


@blueprint.get("/city.css")
@public
def city_css() -> Response:
    """The city's key colour (its contrast is checked with the definitions)."""
    colour = current_portal().catalogue.city.key_colour
    rules = f"@layer tokens {{ :root {{ --key: {colour}; }} }}" if colour else ""
    response = Response(rules, mimetype="text/css")
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response


@blueprint.get("/preferences")
@public
def prefer() -> ResponseReturnValue:
    """Remember the language or the type size in this browser, and go back to the page."""
    language, size = request.args.get("language"), request.args.get("type")
    if language in LANGUAGES:
        session["language"] = language
    if size in ("normal", "large"):
        session["large_type"] = size == "large"
    return redirect(local_path(request.args.get("next"), url_for("catalogue.start")))
