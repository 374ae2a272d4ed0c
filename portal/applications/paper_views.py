"""The applicant's own copy of what was sent, as PDF."""

from flask import abort, url_for
from flask.typing import ResponseReturnValue

from portal.access import public
from portal.applications.blueprint import blueprint
from portal.applications.papers import answer_copy
from portal.applications.visitor import own_application
from portal.context import current_portal


@blueprint.get("/applications/<application_id>/copy.pdf")
@public
def copy(application_id: str) -> ResponseReturnValue:
    """申請書（控え）, in the language of the page."""
    portal = current_portal()
    page = portal.config.public_url + url_for("applications.show", application_id=application_id)
    with portal.database.reading() as db:
        application = own_application(db, application_id)
        return answer_copy(db, application, page) or abort(404)
