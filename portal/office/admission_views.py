"""Pages of the departments for places: who has one, who waits, and the drawing of lots."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from auth.staff.roles import Role
from portal.access import staff
from portal.admission.drawing import NotDrawn, Reason, draw_lots, editions, entries_of
from portal.admission.models import AdmissionPool
from portal.admission.presentation import pool_labels
from portal.admission.seats import PoolKey, room
from portal.context import current_portal
from portal.forms import Procedure
from portal.forms.places import pools
from portal.forms.reception import Capacity, edition_at
from portal.office.service import departments_of
from portal.office.views import blueprint
from portal.office.wording import PLACE_WORDS
from portal.people import signed_in_staff

_NOT_DRAWN: dict[Reason, object] = {
    "no_lottery": _l("この手続きは抽選をしません。"),
    "still_open": _l("受付が終わってから抽選してください。"),
    "nobody": _l("申し込みがありません。"),
    "already": _l("抽選はもう終わっています。2回はできません。"),
}


@blueprint.get("/admission/")
@staff(Role.CASE_WORKER, Role.DECISION_MAKER)
def admissions() -> ResponseReturnValue:
    """The procedures of the person's departments that have places."""
    departments = departments_of(signed_in_staff())
    found = [
        procedure
        for procedure in current_portal().catalogue.procedures.values()
        if procedure.definition.capacity is not None
        and (departments is None or procedure.department in departments)
    ]
    return render_template("office/admissions.html", procedures=found)


@blueprint.get("/admission/<procedure_id>")
@staff(Role.CASE_WORKER, Role.DECISION_MAKER)
def admission(procedure_id: str) -> ResponseReturnValue:
    """Places and wishes of the latest period."""
    portal = current_portal()
    procedure, capacity = _with_places(procedure_id)
    with portal.database.reading() as db:
        known = editions(db, procedure.id)
        edition = known[0] if known else edition_at(procedure.definition.reception, portal.clock())
        labels = pool_labels(procedure, capacity)
        rows = [
            (
                labels.get(name, name),
                room(db, PoolKey(procedure.id, edition, name), places),
                db.get(AdmissionPool, (procedure.id, edition, name)),
            )
            for name, places in pools(capacity).items()
        ]
        return render_template(
            "office/admission.html",
            procedure=procedure,
            edition=edition,
            rows=rows,
            entries=entries_of(db, procedure.id, edition),
            labels=labels,
            words=PLACE_WORDS,
            may_draw=capacity.lottery
            and any(pool is not None and pool.drawn_at is None for _, _, pool in rows)
            and signed_in_staff().may(Role.DECISION_MAKER, procedure.department),
        )


@blueprint.post("/admission/<procedure_id>/draw")
@staff(Role.DECISION_MAKER)
def draw(procedure_id: str) -> ResponseReturnValue:
    """抽選する, once."""
    portal = current_portal()
    procedure, _capacity = _with_places(procedure_id)
    person = signed_in_staff()
    if not person.may(Role.DECISION_MAKER, procedure.department):
        abort(403)
    with portal.database.transaction() as db:
        outcome = draw_lots(db, procedure, portal.clock(), by=person.id)
    if isinstance(outcome, NotDrawn):
        flash(str(_NOT_DRAWN[outcome.reason]), "warning")
    else:
        flash(_("抽選しました。申請者に結果を知らせます。"), "success")
    return redirect(url_for("office.admission", procedure_id=procedure_id), 303)


def _with_places(procedure_id: str) -> tuple[Procedure, Capacity]:
    """A procedure of the person's departments that has places; 404 or 403 for any other."""
    procedure = current_portal().catalogue.procedures.get(procedure_id)
    capacity = procedure.definition.capacity if procedure is not None else None
    if procedure is None or capacity is None:
        abort(404)
    departments = departments_of(signed_in_staff())
    if departments is not None and procedure.department not in departments:
        abort(403)
    return procedure, capacity
