"""Where payment providers report. What they say is only a reason to ask them."""

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue

from payments.webhooks.service import LARGEST_BODY, Outcome, receive
from portal.access import public
from portal.context import current_portal

blueprint = Blueprint("webhooks", __name__, url_prefix="/webhooks")


@blueprint.post("/<provider>")
@public
def notify(provider: str) -> ResponseReturnValue:
    """Take one delivery; authenticity is checked by the provider's adapter."""
    portal = current_portal()
    if provider not in portal.payments.providers:
        abort(404)
    # Also where the sender doesn't say how much will come; more is answered with 413.
    request.max_content_length = LARGEST_BODY
    headers = dict(request.headers.items())
    received = receive(portal.payments, provider, headers, request.get_data())
    if received.outcome is Outcome.REFUSED:
        return {"received": False}, 400
    return {"received": True}
