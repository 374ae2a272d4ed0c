"""Where payment providers report. What they say is only a reason to ask them."""

import logging

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue

from payments.webhooks.service import Outcome, receive
from portal.access import public
from portal.context import current_portal

logger = logging.getLogger(__name__)

blueprint = Blueprint("webhooks", __name__, url_prefix="/webhooks")

#: No notification of a provider is larger, in bytes.
LARGEST = 256 * 1024


@blueprint.post("/<provider>")
@public
def notify(provider: str) -> ResponseReturnValue:
    """Take one delivery; authenticity is checked by the provider's adapter."""
    portal = current_portal()
    if provider not in portal.payments.providers:
        abort(404)
    if (request.content_length or 0) > LARGEST:
        abort(413)
    headers = dict(request.headers.items())
    received = receive(portal.payments, provider, headers, request.get_data())
    if received.outcome is Outcome.REFUSED:
        logger.warning("webhook of %s refused: %s", provider, received.reason)
        return {"received": False}, 400
    return {"received": True}
