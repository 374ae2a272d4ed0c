"""Filling in: one section a page, then all answers on one page to be checked and submitted."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from foundation.clock import jst_date
from foundation.database import Work
from portal.access import public
from portal.admission.limits import LimitReached
from portal.admission.presentation import option_rooms, places_asked
from portal.admission.reception import ReceptionClosed
from portal.admission.service import Full
from portal.admission.wording import closed_words, full_words, limit_words
from portal.applications.applicants import applicant_at_keyboard
from portal.applications.blueprint import blueprint
from portal.applications.drafts import Draft, keep_answers, keep_language
from portal.applications.models import Application
from portal.applications.parties import KnownPerson, known_people, with_person
from portal.applications.posting import posted_section
from portal.applications.quotas import priced_context
from portal.applications.service import context_of
from portal.applications.states import EDITABLE, State
from portal.applications.submission import Incomplete, PriceChanged, submit
from portal.applications.visitor import current_actor, own_application, own_draft
from portal.context import current_portal
from portal.facilities.service import LostSlots, deadline
from portal.forms import Context, FieldError, Procedure, SectionPost
from portal.forms.acting import ACTING
from portal.forms.html import control_id
from portal.forms.whole_page import page_parts, read_page
from portal.i18n import current_language
from portal.shell.preferences import keep_calendar, keep_preference, prefers_wareki


def _address(endpoint: str, application: Application | Draft, section_id: str | None = None) -> str:
    return url_for(f"applications.{endpoint}", application_id=application.id, section_id=section_id)


@blueprint.get("/applications/<application_id>/sections/<section_id>")
@public
def section(application_id: str, section_id: str) -> ResponseReturnValue:
    """One page of the form."""
    portal = current_portal()
    with portal.database.looking() as work:
        draft = own_draft(work, application_id)
        procedure = portal.definitions.of(work.session, draft)
        if section_id not in procedure.section_ids:
            abort(404)
        if draft.state not in EDITABLE:
            return redirect(_address("show", draft))
        return _section_page(work, draft, procedure, section_id)


@blueprint.post("/applications/<application_id>/sections/<section_id>")
@public
def save(application_id: str, section_id: str) -> ResponseReturnValue:
    """Keep what was answered and go on, or show what has to be put right."""
    portal = current_portal()
    with portal.database.working() as work:
        draft = own_draft(work, application_id, lock=True)
        procedure = portal.definitions.of(work.session, draft)
        if section_id not in procedure.section_ids:
            abort(404)
        if draft.state not in EDITABLE:
            return redirect(_address("show", draft), 303)
        return _save(work, draft, procedure, section_id)


def _save(work: Work, draft: Draft, procedure: Procedure, section_id: str) -> ResponseReturnValue:
    portal = current_portal()
    now = portal.clock()
    if "_person" in request.form and ACTING in procedure.section_ids:
        chosen = with_person(draft, _people(work.session, procedure), request.form["_person"])
        keep_answers(work, draft, chosen.answers, chosen.sources, now)
        return redirect(_address("show", draft), 303)
    # First, so that what this answer says is said in the language that was just chosen.
    reads_otherwise = keep_preference(request.form.get("_refresh", ""))
    posted = posted_section(work.session, draft.id, procedure, section_id, now)
    keep_calendar(request.form)
    context = _as_seen(context_of(draft, now))
    read = (
        partial(read_page, procedure)
        if _is_one_page(procedure)
        else partial(procedure.read_section, section_id)
    )
    post = read(
        posted.form,
        draft.answers,
        context,
        sources=draft.sources,
        uploads=posted.uploads,
        translate=portal.texts.reader(),
    )
    if reads_otherwise:
        keep_answers(work, draft, post.answers, post.sources, now)
        keep_language(work, draft, current_language())
        return _section_page(work, draft, procedure, section_id, post, errors=posted.refused)
    if post.action == "refresh":
        # Only shown: a refresh that is overtaken must not undo the answers that were sent after it.
        return _section_page(work, draft, procedure, section_id, post)
    keep_answers(work, draft, post.answers, post.sources, now)
    if "_later" in request.form:
        return _put_aside()
    if "_mail" in request.form:
        return redirect(url_for("mail_links.ask_for_draft", application_id=draft.id), 303)
    if posted.refused or not post.may_continue:
        # Words about empty fields would come too early after "add another" or a revealed question.
        # What was wrong with a postcode is the answer to its own button.
        said = post.action in ("continue", "lookup") and not post.revealed
        # A file that was refused is not missed as well.
        told = {error.path for error in posted.refused}
        errors = [error for error in post.errors if said and error.path not in told]
        return _section_page(
            work, draft, procedure, section_id, post, errors=(*posted.refused, *errors)
        )
    journey = procedure.journey(post.answers, context, evaluated=post.evaluated)
    following = journey.next_after(section_id)
    if "check" in request.args or _is_one_page(procedure):
        # A change link from the answers leads back to them, unless the change asks for more.
        following = journey.first_incomplete
    if following is None:
        return redirect(_address("check", draft), 303)
    return redirect(_address("section", draft, following), 303)


def _is_one_page(procedure: Procedure) -> bool:
    return procedure.definition.layout == "one_page"


def _as_seen(context: Context) -> Context:
    """The context for who looks at the page: somebody who likes eras."""
    return replace(context, wareki=prefers_wareki())


def _people(db: Session, procedure: Procedure) -> Sequence[KnownPerson]:
    """Of the household of who is at this browser, for an application of theirs."""
    today = jst_date(current_portal().clock())
    return known_people(procedure, applicant_at_keyboard(db).profile or {}, today)


def _put_aside() -> ResponseReturnValue:
    """Enough for now: back to where it can be taken up again."""
    if current_actor().sitting is not None:
        flash(_("ここまでの入力を保存しました。受付の画面からつづけられます。"), "success")
        return redirect(url_for("counter.desk"), 303)
    flash(_("ここまでの入力を保存しました。下の「つづきから」で、またつづけられます。"), "success")
    return redirect(url_for("catalogue.start"), 303)


def _section_page(
    work: Work,
    draft: Draft,
    procedure: Procedure,
    section_id: str,
    post: SectionPost | None = None,
    *,
    errors: tuple[FieldError, ...] = (),
) -> ResponseReturnValue:
    """The page as it is kept, or with what was just posted."""
    portal = current_portal()
    translate = portal.texts.reader()
    context = _as_seen(priced_context(work.session, procedure, draft, portal.clock()))
    answers = post.answers if post else draft.answers
    journey = procedure.journey(
        answers, context, translate=translate, evaluated=post.evaluated if post else None
    )
    ids = [state.id for state in journey.sections]
    if section_id not in ids:
        # The section belongs to answers that were given differently meanwhile.
        return redirect(_address("show", draft))
    now = portal.clock()
    today = portal.catalogue.procedures.get(draft.procedure)
    asked = ids if _is_one_page(procedure) else [section_id]
    places = [view for each in asked for view in places_asked(work.session, today, each, now)]
    context = replace(context, room=option_rooms(places))
    # The options say what is left of them; only a draw is told apart.
    places = [view for view in places if view.lottery]
    if _is_one_page(procedure):
        return render_template(
            "applications/one_page.html",
            application=draft,
            procedure=procedure,
            parts=page_parts(
                procedure,
                journey,
                answers,
                context,
                post=post,
                errors=errors,
                sources=post.sources if post else draft.sources,
                edit=frozenset(request.args.getlist("edit")),
                translate=translate,
                language=current_language(),
            ),
            errors=errors,
            revealed=_first_revealed(post),
            price=journey.price,
            people=_people(work.session, procedure) if ACTING in ids else (),
            places=places,
        )
    fields = procedure.render_section(
        section_id,
        answers,
        context,
        raw=post.raw if post else None,
        errors=errors,
        sources=post.sources if post else draft.sources,
        edit=frozenset(request.args.getlist("edit")),
        translate=translate,
        language=current_language(),
        evaluated=journey.evaluated,
    )
    before = journey.before(section_id)
    return render_template(
        "applications/section.html",
        application=draft,
        procedure=procedure,
        section=journey.sections[ids.index(section_id)],
        intro=procedure.section_intro(section_id),
        step=ids.index(section_id) + 1,
        steps=len(ids) + 1,
        fields=fields,
        errors=errors,
        revealed=_first_revealed(post),
        price=journey.price,
        back=_address("section", draft, before) if before else None,
        booking=draft.booking,
        held_until=deadline(work.session, draft.id) if draft.booking else None,
        people=_people(work.session, procedure) if section_id == ACTING else (),
        places=places,
    )


def _first_revealed(post: SectionPost | None) -> str | None:
    """The id of the first question that "next" has brought up, to be led to."""
    if post is None or post.action != "continue" or not post.revealed:
        return None
    return control_id(post.revealed[0])


@blueprint.get("/applications/<application_id>/check")
@public
def check(application_id: str) -> ResponseReturnValue:
    """All answers, each with a change link, and the price, before they are sent."""
    portal = current_portal()
    with portal.database.reading() as db:
        application = own_application(db, application_id)
        if application.state not in EDITABLE:
            return redirect(_address("show", application))
        return _check_page(db, application, portal.definitions.of(db, application))


@blueprint.post("/applications/<application_id>/check")
@public
def send(application_id: str) -> ResponseReturnValue:
    """Submit what was checked, at the price that was shown."""
    portal = current_portal()
    shown = request.form.get("total", "")
    with portal.database.transaction() as db:
        application = own_application(db, application_id, lock=True)
        if application.state not in EDITABLE:
            return redirect(_address("show", application), 303)
        # What was read and confirmed; the other pages switch languages without knowing of it.
        application.language = current_language()
        outcome = submit(
            db,
            portal.payments,
            portal.definitions.of(db, application),
            application,
            current_actor(),
            shown_total=int(shown) if shown.isascii() and shown.isdigit() else -1,
            now=portal.clock(),
            current=portal.catalogue.procedures.get(application.procedure),
        )
    if isinstance(outcome, Incomplete):
        flash(_("まだ入力が終わっていないところがあります。"), "warning")
        return redirect(_address("section", application, outcome.section), 303)
    if isinstance(outcome, PriceChanged):
        flash(_("料金が変わりました。もう一度、料金と内容を確かめてください。"), "warning")
        return redirect(_address("check", application), 303)
    if isinstance(outcome, ReceptionClosed):
        flash(closed_words(outcome.state), "warning")
        return redirect(_address("check", application), 303)
    if isinstance(outcome, Full | LimitReached):
        words = full_words(outcome) if isinstance(outcome, Full) else limit_words(outcome)
        flash(words, "warning")
        return redirect(_address("check", application), 303)
    if isinstance(outcome, LostSlots):
        flash(
            _(
                "時間内に手続きが終わらなかったため、えらんだ時間はほかのかたが予約しました。"
                "お金はかかっていません。別の時間をえらんでください。"
            ),
            "error",
        )
        booked = outcome.booking
        return redirect(
            url_for("facilities.room", facility_id=booked.facility, room_id=booked.room), 303
        )
    if outcome.state is State.AWAITING_PAYMENT:
        return redirect(_address("pay", application), 303)
    return redirect(url_for("applications.show", application_id=application_id, done=1), 303)


def _check_page(db: Session, application: Application, procedure: Procedure) -> ResponseReturnValue:
    portal = current_portal()
    translate = portal.texts.reader()
    context = _as_seen(priced_context(db, procedure, application, portal.clock()))
    journey = procedure.journey(application.answers, context, translate=translate)
    if not journey.complete and journey.first_incomplete is not None:
        return redirect(_address("section", application, journey.first_incomplete))
    return render_template(
        "applications/check.html",
        application=application,
        procedure=procedure,
        journey=journey,
        summary=procedure.summary(
            application.answers, context, translate=translate, sources=application.sources
        ),
        back=_address("section", application, journey.sections[-1].id),
        held_until=deadline(db, application.id),
    )
