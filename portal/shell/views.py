"""What every page shares: the city's colour, and the reader's language and type size."""

from flask import Blueprint, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from foundation.paths import local_path
from portal.access import public
from portal.context import current_portal
from portal.shell.preferences import keep_preferences

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
    keep_preferences(request.args)
    return redirect(local_path(request.args.get("next"), url_for("catalogue.start")))
