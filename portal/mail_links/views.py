"""Asking for a link by mail, and opening it. Every answer is the same for known and unknown."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.access import public
from portal.applications.beginning import begin_at_keyboard
from portal.applications.models import Application
from portal.applications.states import WITH_APPLICANT
from portal.applications.visitor import (
    current_actor,
    own_application,
    remember_guest,
)
from portal.context import current_portal
from portal.forms.kinds.texts import mail_address
from portal.i18n import current_language
from portal.mail_links.service import LinkDead, ask_to_begin, ask_to_resume, find, new_key
from portal.notices.service import MAIL_ADDRESS
from portal.surge.presentation import offered
from portal.surge.service import procedure_now

blueprint = Blueprint("mail_links", __name__)


@blueprint.route("/procedures/<procedure_id>/email", methods=["GET", "POST"])
@public
def ask(procedure_id: str) -> ResponseReturnValue:
    """To which address the link to begin shall go."""
    portal = current_portal()
    procedure = offered(procedure_id)
    if procedure.identity.sign_in != "email":
        abort(404)
    typed = request.form.get("address", "")
    address = mail_address(typed)
    if request.method == "GET" or address is None:
        page = render_template(
            "mail_links/ask.html", procedure=procedure, typed=typed, wrong=bool(request.form)
        )
        return page, 200
    with portal.database.transaction() as db:
        ask_to_begin(db, procedure, address, language=current_language(), now=portal.clock())
    return render_template("mail_links/sent.html", procedure=procedure, address=address)


@blueprint.route("/applications/<application_id>/mail", methods=["GET", "POST"])
@public
def ask_for_draft(application_id: str) -> ResponseReturnValue:
    """メールであとで続ける: to which address the link to this draft shall go."""
    portal = current_portal()
    with portal.database.transaction() as db:
        application = own_application(db, application_id)
        if application.state not in WITH_APPLICANT or current_actor().sitting is not None:
            return redirect(url_for("applications.show", application_id=application_id))
        typed = request.form.get("address")
        address = mail_address(typed or "")
        if request.method == "GET" or address is None:
            known = typed if typed is not None else _address_of(application)
            return render_template(
                "mail_links/ask_for_draft.html",
                application=application,
                typed=known,
                wrong=typed is not None,
            )
        ask_to_resume(db, application, address, language=current_language(), now=portal.clock())
    flash(
        _("%(address)s に、つづきを入力するためのリンクを送りました。", address=address), "success"
    )
    return redirect(url_for("catalogue.start"), 303)


@blueprint.get("/mail/<token>")
@public
def arrive(token: str) -> ResponseReturnValue:
    """From a mail. Only a button goes on: programs that look into mails open links too."""
    portal = current_portal()
    with portal.database.reading() as db:
        link = find(db, token, portal.clock())
        if isinstance(link, LinkDead):
            return _dead(link)
        application = db.get(Application, link.application_id) if link.application_id else None
        return render_template(
            "mail_links/arrive.html",
            procedure=portal.catalogue.procedures.get(link.procedure),
            application=application,
        )


@blueprint.post("/mail/<token>")
@public
def open_link(token: str) -> ResponseReturnValue:
    """Begin what the link is for, or go on with the draft in this browser."""
    portal = current_portal()
    now = portal.clock()
    with portal.database.transaction() as db:
        link = find(db, token, now, lock=True)
        if isinstance(link, LinkDead):
            return _dead(link)
        if link.application_id is not None:
            remember_guest(link.application_id, new_key(db, link.application_id, now))
            return redirect(url_for("applications.show", application_id=link.application_id), 303)
        procedure = procedure_now(db, portal.catalogue, link.procedure)
        if procedure is None or current_actor().sitting is not None:
            return _dead(LinkDead())
        link.used_at = now
        return begin_at_keyboard(db, procedure, verified_email=link.address)


def _dead(link: LinkDead) -> ResponseReturnValue:
    procedure = current_portal().catalogue.procedures.get(link.procedure or "")
    return render_template("mail_links/dead.html", procedure=procedure), 410


def _address_of(application: Application) -> str:
    """What is known of the applicant's own address."""
    portal = current_portal()
    with portal.database.reading() as db:
        procedure = portal.definitions.of(db, application)
    known = procedure.answer_known_as(MAIL_ADDRESS, application.answers)
    return str(known or application.verified_email or "")
