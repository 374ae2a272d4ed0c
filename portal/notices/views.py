"""The resident's message box."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from portal.access import resident
from portal.context import current_portal
from portal.notices.service import mark_read, messages_of
from portal.notices.wording import WORDS
from portal.people import signed_in_resident

blueprint = Blueprint("notices", __name__, url_prefix="/my/messages")


@blueprint.get("/")
@resident
def messages() -> ResponseReturnValue:
    """Every message, newest first; what was new is marked as such once."""
    portal = current_portal()
    person = signed_in_resident()
    with portal.database.transaction() as db:
        found = messages_of(db, person.id)
        page = render_template("notices/messages.html", messages=found, words=WORDS)
        mark_read(db, person.id, portal.clock())
    return page
