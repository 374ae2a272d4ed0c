"""The author's page of one procedure, and the question whether its files have changed."""

from flask import Blueprint, abort, current_app, render_template, request
from flask.typing import ResponseReturnValue

from foundation.clock import jst_date
from portal.access import public
from portal.context import current_portal
from portal.forms import Context, Procedure
from portal.forms.filling import Filled
from portal.forms.statistics import statistics
from portal.forms.trials import SAMPLE
from portal.forms.typical import TYPICAL
from portal.i18n import current_language
from portal.preview.branches import way

blueprint = Blueprint("preview", __name__)

#: Key of ``app.config`` for the fingerprint of the files that the application was built from.
FINGERPRINT = "PREVIEW_FINGERPRINT"


@blueprint.get("/preview")
@public
def procedures() -> ResponseReturnValue:
    """All procedures of the folder."""
    return render_template(
        "preview/procedures.html",
        procedures=current_portal().catalogue.procedures.values(),
        fingerprint=current_app.config[FINGERPRINT],
    )


@blueprint.get("/preview/<procedure_id>")
@public
def procedure(procedure_id: str) -> ResponseReturnValue:
    """All sections of a procedure, filled in one way; each choice leads to another."""
    portal = current_portal()
    found = portal.catalogue.procedures.get(procedure_id)
    if found is None:
        abort(404)
    picks = dict(pick.split(":", 1) for pick in request.args.getlist("pick") if ":" in pick)
    stranger = "stranger" in request.args
    known, sources = ({}, {}) if stranger else found.prefill(TYPICAL)
    context = _context(found, stranger=stranger)
    chosen = way(found, context, known, picks)
    filled = chosen.filled
    answers = filled.answers if isinstance(filled, Filled) else known
    translate = portal.texts.translate
    journey = found.journey(answers, context, translate=translate)
    pages = [
        (
            state,
            found.section_intro(state.id),
            found.render_section(
                state.id,
                answers,
                context,
                sources=sources,
                translate=translate,
                language=current_language(),
            ),
        )
        for state in journey.sections
    ]
    return render_template(
        "preview/procedure.html",
        procedure=found,
        forks=chosen.forks,
        picks=picks,
        stranger=stranger,
        channel=context.channel,
        stuck=None if isinstance(filled, Filled) else filled.error,
        pages=pages,
        price=journey.price,
        summary=found.summary(answers, context, translate=translate, sources=sources),
        figures=statistics(found, context.today),
        fingerprint=current_app.config[FINGERPRINT],
    )


@blueprint.get("/preview-fingerprint")
@public
def fingerprint() -> ResponseReturnValue:
    """What the page compares to know that it is out of date."""
    return current_app.config[FINGERPRINT], {"Content-Type": "text/plain"}


def _context(found: Procedure, *, stranger: bool) -> Context:
    now = current_portal().clock()
    return Context(
        today=jst_date(now),
        now=now,
        channel="counter" if request.args.get("channel") == "counter" else "online",
        resident={} if stranger else SAMPLE.resident,
        booking=SAMPLE.booking if found.booking else None,
    )
