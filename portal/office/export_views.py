"""The page on which a department hands its applications over to another system."""

from datetime import date, timedelta
from io import BytesIO

from flask import flash, render_template, request, send_file
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from auth.staff.roles import Role
from foundation.clock import jst_date
from portal.access import staff
from portal.context import current_portal
from portal.exports import service
from portal.exports.files import Encoding
from portal.exports.service import TooMany, Wanted
from portal.office.views import blueprint
from portal.people import signed_in_staff

_ROLES = (Role.CASE_WORKER, Role.DECISION_MAKER)

#: What the form's control says → the encoding; anything else leaves it to the definition.
_ENCODINGS: dict[str, Encoding] = {"utf-8": "utf-8", "shift_jis": "shift_jis"}


@blueprint.get("/export")
@staff(*_ROLES)
def export() -> ResponseReturnValue:
    """Which procedure, which days; at first those of the last week."""
    today = jst_date(current_portal().clock())
    return _page("", today - timedelta(days=6), today)


@blueprint.post("/export")
@staff(*_ROLES)
def hand_over() -> ResponseReturnValue:
    """The files, or the page again with what is wrong."""
    portal = current_portal()
    procedure = request.form.get("procedure", "")
    first, last = _day("first"), _day("last")
    if first is None or last is None or last < first:
        flash(_("期間は、はじめの日と終わりの日を順に入れてください。"), "error")
        return _page(procedure, first, last), 422
    try:
        with portal.database.transaction() as db:
            found = service.hand_over(
                db,
                portal.definitions,
                signed_in_staff(),
                Wanted(procedure, first, last),
                _ENCODINGS.get(request.form.get("encoding", "")),
                now=portal.clock(),
            )
    except TooMany:
        flash(_("%(n)s件より多くあります。期間を短くしてください。", n=service.MOST), "error")
        return _page(procedure, first, last), 422
    if found is None:
        flash(_("この期間に受け付けた申請はありません。"), "warning")
        return _page(procedure, first, last), 422
    answer = send_file(
        BytesIO(found.content), "application/zip", True, download_name=found.filename, max_age=0
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _page(procedure: str, first: date | None, last: date | None) -> str:
    with current_portal().database.reading() as db:
        choices = service.choices(db, signed_in_staff())
    return render_template(
        "office/export.html", choices=choices, procedure=procedure, first=first, last=last
    )


def _day(name: str) -> date | None:
    try:
        return date.fromisoformat(request.form.get(name, ""))
    except ValueError:
        return None
