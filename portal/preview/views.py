"""The author's page of one procedure, and the question whether its files have changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint, abort, current_app, render_template, request
from flask.typing import ResponseReturnValue

from foundation.clock import jst_date
from portal.access import public
from portal.context import current_portal
from portal.forms import Answers, Context, FieldError, Procedure, SectionPost
from portal.forms.filling import Filled
from portal.forms.shown import who_may_apply
from portal.forms.statistics import statistics
from portal.forms.trials import SAMPLE
from portal.forms.typical import TYPICAL
from portal.forms.whole_page import page_parts, read_page
from portal.i18n import current_language
from portal.preview.branches import Way, way

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


@dataclass(frozen=True)
class _Tried:
    """The answers that a page shows, and what the author tried last."""

    way: Way
    answers: Answers
    sources: Mapping[str, str]
    post: SectionPost | None = None
    errors: tuple[FieldError, ...] = field(default=())


@blueprint.route("/preview/<procedure_id>", methods=["GET", "POST"])
@public
def procedure(procedure_id: str) -> ResponseReturnValue:
    """All sections of a procedure, filled in one way; each other answer leads to another."""
    portal = current_portal()
    found = portal.catalogue.procedures.get(procedure_id)
    if found is None:
        abort(404)
    picks = dict(pick.split(":", 1) for pick in request.args.getlist("pick") if ":" in pick)
    stranger = "stranger" in request.args
    context = _context(found, stranger=stranger)
    tried = _sample(found, context, picks, stranger=stranger)
    if request.method == "POST":
        tried = _typed(found, context, tried)
        picks = {
            fork.path: turn.pick.split(":", 1)[1]
            for fork in tried.way.forks
            for turn in fork.turns
            if turn.current
        }
    translate = portal.texts.translate
    journey = found.journey(tried.answers, context, translate=translate)
    filled = tried.way.filled
    stuck = None if isinstance(filled, Filled) or tried.errors else filled.error
    stuck_at = found.field_at(stuck.path) if stuck else None
    return render_template(
        "preview/procedure.html",
        procedure=found,
        who=list(who_may_apply(found.definition, translate)),
        forks=tried.way.forks,
        picks=picks,
        stranger=stranger,
        channel=context.channel,
        stuck=stuck,
        stuck_at=stuck_at.definition.label if stuck_at else None,
        pages=page_parts(
            found,
            journey,
            tried.answers,
            context,
            post=tried.post,
            errors=tried.errors,
            sources=tried.sources,
            edit=frozenset(request.args.getlist("edit")),
            translate=translate,
            language=current_language(),
        ),
        price=journey.price,
        summary=found.summary(tried.answers, context, translate=translate, sources=tried.sources),
        figures=statistics(found, context.today),
        fingerprint=current_app.config[FINGERPRINT],
    )


def _sample(
    found: Procedure, context: Context, picks: Mapping[str, str], *, stranger: bool
) -> _Tried:
    """Sample answers for everything that is asked, with the author's picks among them."""
    known: dict[str, Any] = {}
    sources: dict[str, str] = {}
    if not stranger:
        known, sources = found.prefill(TYPICAL)
    chosen = way(found, context, known, picks)
    filled = chosen.filled
    return _Tried(chosen, filled.answers if isinstance(filled, Filled) else known, sources)


def _typed(found: Procedure, context: Context, sample: _Tried) -> _Tried:
    """What the author typed, over the sample; what it brings up is filled in by samples too.

    A wrong answer is complained about as residents would see it.
    """
    post = read_page(
        found,
        request.form.to_dict(flat=False),
        sample.answers,
        context,
        sources=sample.sources,
        translate=current_portal().texts.translate,
    )
    chosen = way(found, context, post.answers, {})
    if post.errors or not isinstance(chosen.filled, Filled):
        return _Tried(chosen, post.answers, post.sources, post, post.errors)
    return _Tried(chosen, chosen.filled.answers, post.sources)


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
