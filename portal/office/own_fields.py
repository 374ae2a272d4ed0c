"""職員が入力する欄: what a definition asks of the office and never of a resident."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy.orm import Session

from auth.staff.roles import Role
from portal.access import staff
from portal.applications.actors import Actor
from portal.applications.life import record
from portal.applications.models import Application
from portal.applications.posting import posted_section
from portal.applications.service import context_of
from portal.context import current_portal
from portal.forms import FieldError, Procedure, SectionPost
from portal.office.views import blueprint, open_case
from portal.people import signed_in_staff

_ROLES = (Role.CASE_WORKER, Role.DECISION_MAKER)


@dataclass(frozen=True)
class OwnSection:
    """The office's fields of one section."""

    title: str
    fields: Markup


@blueprint.get("/applications/<application_id>/fields")
@staff(*_ROLES)
def own_fields(application_id: str) -> ResponseReturnValue:
    """The fields of a case that its department fills in."""
    portal = current_portal()
    with portal.database.reading() as db:
        application = open_case(db, signed_in_staff(), application_id)
        return _page(application, portal.definitions.of(db, application))


@blueprint.post("/applications/<application_id>/fields")
@staff(*_ROLES)
def save_own_fields(application_id: str) -> ResponseReturnValue:
    """Keep what is right; show the page again while something is wrong, or rows are added."""
    portal = current_portal()
    person = signed_in_staff()
    with portal.database.transaction() as db:
        application = open_case(db, person, application_id)
        procedure = portal.definitions.of(db, application)
        if not procedure.office_sections:
            abort(404)
        posts, refused = _save(db, application, procedure)
        told = {error.path for error in refused}
        found = [error for post in posts.values() for error in post.errors]
        errors = refused + [error for error in found if error.path not in told]
        if errors or not all(post.may_continue for post in posts.values()):
            return _page(application, procedure, posts, errors)
        text = _("職員が入力する欄を書きました。")
        record(db, application, "note", Actor("staff", person.id), now=portal.clock(), text=text)
    return redirect(url_for("office.case", application_id=application_id), 303)


def _save(
    db: Session, application: Application, procedure: Procedure
) -> tuple[dict[str, SectionPost], list[FieldError]]:
    portal = current_portal()
    now = portal.clock()
    context = replace(context_of(application, now), staff=True, office=True)
    sections = procedure.office_sections
    posted = posted_section(db, application.id, procedure, sections[0], now, staff=True)
    posts: dict[str, SectionPost] = {}
    for section_id in sections:
        post = procedure.read_section(
            section_id,
            posted.form,
            application.answers,
            context,
            uploads=posted.uploads,
            translate=portal.texts.translate,
        )
        application.answers = dict(post.answers)
        posts[section_id] = post
    return posts, list(posted.refused)


def _page(
    application: Application,
    procedure: Procedure,
    posts: dict[str, SectionPost] | None = None,
    errors: Sequence[FieldError] = (),
) -> ResponseReturnValue:
    portal = current_portal()
    translate = portal.texts.translate
    context = replace(context_of(application, portal.clock()), staff=True, office=True)
    journey = procedure.journey(application.answers, context, translate=translate)
    sections = [
        OwnSection(
            state.title,
            procedure.render_section(
                state.id,
                application.answers,
                context,
                raw=posts[state.id].raw if posts else None,
                errors=[error for error in errors if error.section == state.id],
                translate=translate,
            ),
        )
        for state in journey.sections
        if state.id in procedure.office_sections
    ]
    return render_template(
        "office/own_fields.html", application=application, sections=sections, errors=errors
    )
