"""The page with the switch, for those who may declare that it is needed."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.access import staff
from portal.context import current_portal
from portal.people import signed_in_staff
from portal.staff.menu import SURGE
from portal.surge import service

blueprint = Blueprint("surge", __name__, url_prefix="/staff/surge")


@blueprint.get("/")
@staff(*SURGE)
def switch() -> ResponseReturnValue:
    """Whether the surge is on, and what it changes."""
    portal = current_portal()
    with portal.database.reading() as db:
        return render_template(
            "surge/switch.html",
            surge=service.surge_now(db),
            urgent=service.urgent(portal.catalogue),
        )


@blueprint.post("/")
@staff(*SURGE)
def turn() -> ResponseReturnValue:
    """Turn it on, with what residents are told, or off."""
    portal = current_portal()
    on = request.form.get("turn") == "on"
    reason = request.form.get("reason", "")
    try:
        with portal.database.transaction() as db:
            staff_id = signed_in_staff().id
            service.turn(db, on=on, reason=reason, staff_id=staff_id, now=portal.clock())
    except service.ReasonMissing:
        flash(_("市民に伝えることを書いてください。"), "error")
    else:
        done = _("災害時の受付を始めました。") if on else _("ふだんの受付にもどしました。")
        flash(done, "success")
    return redirect(url_for("surge.switch"), 303)
