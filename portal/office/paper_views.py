"""The office's copy of what was sent, as PDF."""

from flask import abort, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale

from auth.staff.roles import Role
from foundation.languages import JAPANESE
from portal.access import staff
from portal.applications.papers import answer_copy
from portal.context import current_portal
from portal.office.views import blueprint, open_case
from portal.people import signed_in_staff


@blueprint.get("/applications/<application_id>/copy.pdf")
@staff(Role.CASE_WORKER, Role.DECISION_MAKER)
def copy(application_id: str) -> ResponseReturnValue:
    """申請書（控え）, in Japanese whoever sent it and whoever reads it."""
    portal = current_portal()
    page = portal.config.public_url + url_for("office.case", application_id=application_id)
    with portal.database.reading() as db, force_locale(JAPANESE):
        application = open_case(db, signed_in_staff(), application_id)
        return answer_copy(db, application, page) or abort(404)
