"""Pages of the departments: the inbox, and a case with what can be done to it."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

from flask import Blueprint, abort, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from auth.staff.roles import Role, StaffIdentity
from foundation.clock import jst_date
from foundation.ids import normalise_reference
from foundation.states import IllegalTransition
from portal.access import staff
from portal.admission.presentation import standing_of
from portal.applications.disposal import DISPOSED, was_disposed
from portal.applications.models import Application, Attachment
from portal.applications.payment import claims_with_standing
from portal.applications.prices import price_of
from portal.applications.service import context_of, expected_by, history_of
from portal.applications.states import MACHINE, Event, State
from portal.applications.wording import OFFICE
from portal.context import current_portal
from portal.office import review, service
from portal.office.holding import held_back
from portal.office.review import NotTheStepsRole, StepOpen
from portal.office.service import (
    FeeOpen,
    NotPermitted,
    PlaceOpen,
    ReasonMissing,
    ReductionOpen,
    SecondPersonNeeded,
)
from portal.office.since_then import since_then
from portal.office.wording import ACTING_WORDS, PLACE_WORDS, STEPS
from portal.people import signed_in_staff

blueprint = Blueprint("office", __name__, url_prefix="/office")

#: What the approval form says of a reduction that was asked for.
_REDUCTION = {"grant": True, "refuse": False}

_ROLES = (Role.CASE_WORKER, Role.DECISION_MAKER)

#: The tabs of the inbox.
TABS = {
    "open": (State.RECEIVED, State.IN_REVIEW),
    "returned": (State.RETURNED,),
    "decided": (State.APPROVED,),
    "closed": (State.COMPLETED, State.REJECTED),
}


@blueprint.get("/")
@staff(*_ROLES)
def inbox() -> ResponseReturnValue:
    """The applications of the person's departments."""
    tab = request.args.get("tab", "open")
    page = max(1, request.args.get("page", 1, type=int))
    with current_portal().database.reading() as db:
        found = service.inbox(db, signed_in_staff(), TABS.get(tab, TABS["open"]), page)
    return render_template(
        "office/inbox.html",
        inbox=found,
        tab=tab if tab in TABS else "open",
        words=OFFICE,
        departments=current_portal().catalogue.departments,
    )


@blueprint.get("/find")
@staff(*_ROLES)
def find() -> ResponseReturnValue:
    """Straight to an application by its 受付番号, however it was typed."""
    reference = normalise_reference(request.args.get("reference", ""))
    with current_portal().database.reading() as db:
        found = service.by_reference(db, signed_in_staff(), reference) if reference else None
    if found is None:
        flash(_("その受付番号の申請は、担当の課にはありません。"), "warning")
        return redirect(url_for("office.inbox"))
    return redirect(url_for("office.case", application_id=found.id))


@blueprint.get("/applications/<application_id>")
@staff(*_ROLES)
def case(application_id: str) -> ResponseReturnValue:
    """One application, whole, with the next right action."""
    portal = current_portal()
    person = signed_in_staff()
    with portal.database.reading() as db:
        application = _find(db, person, application_id)
        procedure = portal.definitions.of(db, application)
        history = history_of(db, application.id)
        disposed = any(entry.event == DISPOSED for entry in history)
        operator = service.operator_of(db, application)
        now, translate = portal.clock(), portal.texts.translate
        steps = review.steps(db, procedure, application, now)
        return render_template(
            "office/case.html",
            application=application,
            procedure=procedure,
            disposed=disposed,
            summary=()
            if disposed
            else procedure.summary(
                application.answers,
                replace(context_of(application, portal.clock()), staff=True),
                translate=portal.texts.translate,
                sources=application.sources,
            ),
            fees=claims_with_standing(db, application),
            price=price_of(application.price),
            reduction_asked=service.reduction_asked(application),
            evidence=service.evidence_of(db, application),
            attachments=service.attachments_of(db, application.id),
            history=history,
            names=service.names_of_staff(db, history),
            steps=steps,
            missing=None
            if disposed
            else review.missing(procedure, application, steps, translate, now),
            due_day=expected_by(procedure, application),
            today=jst_date(portal.clock()),
            operator=operator,
            since_then=since_then(procedure, portal.catalogue),
            held=not disposed and held_back(db, procedure, application, portal.clock()),
            acting_words=ACTING_WORDS,
            standing=standing_of(db, application.id),
            place_words=PLACE_WORDS,
            words=OFFICE,
            event_words={
                **STEPS,
                **review.titles(procedure.definition.review, portal.texts.translate),
            },
            may={event.value: MACHINE.allows(State(application.state), event) for event in Event},
            decides=person.may(Role.DECISION_MAKER, application.department),
        )


@blueprint.get("/applications/<application_id>/attachments/<attachment_id>")
@staff(*_ROLES)
def attachment(application_id: str, attachment_id: str) -> ResponseReturnValue:
    """A file that the applicant attached, always as a download."""
    with current_portal().database.reading() as db:
        application = open_case(db, signed_in_staff(), application_id)
        found = db.get(Attachment, attachment_id)
        if found is None or found.application_id != application.id:
            abort(404)
        return send_file(
            BytesIO(found.content), found.media_type, True, download_name=found.filename
        )


@blueprint.post("/applications/<application_id>/open")
@staff(*_ROLES)
def take_up(application_id: str) -> ResponseReturnValue:
    """審査を始める."""
    payments = current_portal().payments
    return _act(
        application_id,
        lambda db, application, person: service.take_up(db, payments, application, person),
        _("審査を始めました。"),
    )


@blueprint.post("/applications/<application_id>/return")
@staff(*_ROLES)
def send_back(application_id: str) -> ResponseReturnValue:
    """補正を依頼する."""
    payments, reason = current_portal().payments, request.form.get("reason", "")
    return _act(
        application_id,
        lambda db, application, person: service.send_back(
            db, payments, application, person, reason
        ),
        _("申請者に補正を依頼しました。"),
    )


@blueprint.post("/applications/<application_id>/approve")
@staff(Role.DECISION_MAKER)
def approve(application_id: str) -> ResponseReturnValue:
    """承認する."""
    portal = current_portal()
    reduction = _REDUCTION.get(request.form.get("reduction", ""))
    reason = request.form.get("reason", "")
    return _act(
        application_id,
        lambda db, application, person: service.approve(
            db,
            portal.payments,
            portal.definitions.of(db, application),
            application,
            person,
            reduction=reduction,
            reason=reason,
        ),
        _("承認し、申請者に知らせました。"),
    )


@blueprint.post("/applications/<application_id>/reject")
@staff(Role.DECISION_MAKER)
def reject(application_id: str) -> ResponseReturnValue:
    """却下する."""
    payments, reason = current_portal().payments, request.form.get("reason", "")
    return _act(
        application_id,
        lambda db, application, person: service.reject(db, payments, application, person, reason),
        _("却下し、申請者に知らせました。"),
    )


@blueprint.post("/applications/<application_id>/complete")
@staff(*_ROLES)
def complete(application_id: str) -> ResponseReturnValue:
    """完了する."""
    payments = current_portal().payments
    return _act(
        application_id,
        lambda db, application, person: service.complete(db, payments, application, person),
        _("完了し、申請者に知らせました。"),
    )


@blueprint.post("/applications/<application_id>/steps/<step_id>")
@staff(*_ROLES)
def finish_step(application_id: str, step_id: str) -> ResponseReturnValue:
    """審査の段階を終える."""
    portal = current_portal()
    now, note = portal.clock(), request.form.get("text", "")
    return _act(
        application_id,
        lambda db, application, person: review.finish_step(
            db, portal.definitions.of(db, application), application, person, step_id, note, now
        ),
        _("記録しました。"),
    )


@blueprint.post("/applications/<application_id>/notes")
@staff(*_ROLES)
def add_note(application_id: str) -> ResponseReturnValue:
    """メモを残す."""
    now, text = current_portal().clock(), request.form.get("text", "")
    return _act(
        application_id,
        lambda db, application, person: service.add_note(db, application, person, text, now),
        _("メモを残しました。"),
    )


def open_case(db: Session, person: StaffIdentity, application_id: str) -> Application:
    """The case of a page; 403 for another department's, 404 for what isn't with the office.

    404 too where its content was disposed of: there is nothing to hand out, and nothing may be
    written that nobody would ever erase again.
    """
    found = _find(db, person, application_id)
    if db.scalars(select(Application.id).where(Application.id == found.id, was_disposed())).first():
        abort(404)
    return found


def _find(db: Session, person: StaffIdentity, application_id: str) -> Application:
    try:
        found = service.case(db, person, application_id)
    except NotPermitted:
        abort(403)
    return found or abort(404)


def _act(
    application_id: str,
    action: Callable[[Session, Application, StaffIdentity], None],
    done: str,
) -> ResponseReturnValue:
    """Do one thing to a case, say so, and show it again."""
    person = signed_in_staff()
    try:
        with current_portal().database.transaction() as db:
            action(db, open_case(db, person, application_id), person)
    except NotPermitted:
        abort(403)
    except ReasonMissing:
        flash(_("申請者に伝える理由を書いてください。"), "error")
    except ReductionOpen:
        flash(_("減免を認めるかどうかを選んでください。"), "error")
    except SecondPersonNeeded:
        flash(
            _("減免は、審査を始めた人や入力した人とは別の決裁者が認めます。"),
            "error",
        )
    except StepOpen as first:
        title = current_portal().texts.translate(str(first))
        flash(_("先に「%(step)s」を終えてください。", step=title), "error")
    except NotTheStepsRole as step:
        title = current_portal().texts.translate(str(step))
        flash(_("「%(step)s」は、別の役割の職員が行います。", step=title), "error")
    except IllegalTransition:
        flash(_("この間に状態が変わりました。いまの状態を確かめてください。"), "warning")
    except PlaceOpen:
        flash(_("キャンセル待ちか抽選待ちのため、まだ承認できません。"), "error")
    except FeeOpen:
        flash(_("手数料が納付されていないため、完了できません。"), "error")
    else:
        flash(done, "success")
    return redirect(url_for("office.case", application_id=application_id), 303)
