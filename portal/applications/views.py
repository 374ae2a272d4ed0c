"""The resident's pages of an application: begin, look at, withdraw."""

from io import BytesIO

from flask import abort, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.access import public, resident
from portal.admission.presentation import standing_of
from portal.applications.beginning import begin_at_keyboard
from portal.applications.blueprint import blueprint
from portal.applications.life import advance
from portal.applications.models import Attachment
from portal.applications.payment import claims_with_standing
from portal.applications.prices import price_of
from portal.applications.service import (
    applications_of,
    context_of,
    draft_of,
    expected_by,
    history_of,
)
from portal.applications.states import MACHINE, Event, State
from portal.applications.submissions import CORRECTING
from portal.applications.visitor import current_actor, own_application, remember_guest
from portal.applications.wording import EVENTS, RESIDENT
from portal.context import current_portal
from portal.forms import Procedure
from portal.people import signed_in_resident
from portal.surge.presentation import offered


@blueprint.post("/applications/")
@public
def begin() -> ResponseReturnValue:
    """Begin a draft of the posted procedure; a procedure that asks for the card asks first."""
    procedure = offered(request.form.get("procedure", ""))
    if procedure.booking is not None:
        abort(404)
    if procedure.identity.sign_in == "card" and current_actor().kind == "guest":
        back = url_for("applications.begin_signed_in", procedure_id=procedure.id)
        return redirect(url_for("sign_in.begin", next=back), 303)
    if procedure.identity.sign_in == "email" and current_actor().kind == "guest":
        return redirect(url_for("mail_links.ask", procedure_id=procedure.id), 303)
    return _begin(procedure)


@blueprint.get("/procedures/<procedure_id>/begin")
@resident
def begin_signed_in(procedure_id: str) -> ResponseReturnValue:
    """Where the sign-in comes back to: the draft that was begun before, or a new one."""
    portal = current_portal()
    procedure = offered(procedure_id)
    if procedure.booking is not None:
        abort(404)
    with portal.database.reading() as db:
        draft = draft_of(db, signed_in_resident().id, procedure_id)
    if draft is None:
        return _begin(procedure)
    return redirect(url_for("applications.show", application_id=draft.id))


def _begin(procedure: Procedure) -> ResponseReturnValue:
    with current_portal().database.transaction() as db:
        return begin_at_keyboard(db, procedure)


@blueprint.get("/my/")
@resident
def mine() -> ResponseReturnValue:
    """わたしの申請: everything that the resident applied for."""
    with current_portal().database.reading() as db:
        found = applications_of(db, signed_in_resident().id)
    return render_template("applications/mine.html", applications=found, words=RESIDENT)


@blueprint.get("/applications/<application_id>")
@public
def show(application_id: str) -> ResponseReturnValue:
    """Where an application stands; a draft goes on where something is missing."""
    portal = current_portal()
    if "key" in request.args:
        # The link that a guest was sent: the secret moves from the address into this browser.
        remember_guest(application_id, request.args["key"])
        return redirect(url_for("applications.show", application_id=application_id))
    with portal.database.reading() as db:
        application = own_application(db, application_id)
        procedure = portal.definitions.of(db, application)
        context = context_of(application, portal.clock())
        history = history_of(db, application.id)
        if application.state == State.DRAFT:
            missing = procedure.journey(application.answers, context).first_incomplete
            endpoint = "applications.check" if missing is None else "applications.section"
            return redirect(url_for(endpoint, application_id=application_id, section_id=missing))
        return render_template(
            "applications/show.html",
            application=application,
            procedure=procedure,
            department=portal.catalogue.departments[application.department],
            words=RESIDENT[State(application.state)],
            event_words=EVENTS,
            summary=procedure.summary(
                application.answers,
                context,
                translate=portal.texts.translate,
                sources=application.sources,
            ),
            promised=procedure.promised(
                application.answers, context, translate=portal.texts.translate
            ),
            history=history,
            claims=claims_with_standing(db, application),
            expected_by=expected_by(procedure, application),
            price=price_of(application.price),
            standing=standing_of(db, application.id),
            may_withdraw=MACHINE.allows(State(application.state), Event.WITHDRAW),
            just_done="done" in request.args,
            corrected=any(entry.event in CORRECTING for entry in history),
        )


@blueprint.route("/applications/<application_id>/withdraw", methods=["GET", "POST"])
@public
def withdraw(application_id: str) -> ResponseReturnValue:
    """取下げ: ask once, then take the application back."""
    portal = current_portal()
    with portal.database.transaction() as db:
        application = own_application(db, application_id, lock=True)
        if not MACHINE.allows(State(application.state), Event.WITHDRAW):
            flash(_("この申請は、もう取り下げられません。"), "warning")
            return redirect(url_for("applications.show", application_id=application_id))
        if request.method == "GET":
            return render_template("applications/withdraw.html", application=application)
        now = portal.clock()
        advance(db, portal.events, application, Event.WITHDRAW, current_actor(), now=now)
    flash(_("申請を取り下げました。"), "success")
    return redirect(url_for("applications.show", application_id=application_id), 303)


@blueprint.get("/applications/<application_id>/attachments/<attachment_id>")
@public
def attachment(application_id: str, attachment_id: str) -> ResponseReturnValue:
    """A file that the applicant attached, for the applicant."""
    with current_portal().database.reading() as db:
        application = own_application(db, application_id)
        found = db.get(Attachment, attachment_id)
        if found is None or found.application_id != application.id:
            abort(404)
        return send_file(
            BytesIO(found.content), found.media_type, True, download_name=found.filename
        )
