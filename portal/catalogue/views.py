"""What can be done here: the start page, search, life events, and each procedure's own page."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from foundation.clock import jst_date
from portal.access import public
from portal.admission.presentation import none_left, pool_views
from portal.admission.reception import reception_for
from portal.admission.wording import WORDS
from portal.applications.applicants import applicant_at_keyboard
from portal.applications.service import waiting_for
from portal.applications.states import State
from portal.applications.visitor import current_actor
from portal.applications.wording import RESIDENT
from portal.catalogue.listing import Remark, by_life_event, closing_soon, remarks
from portal.context import current_portal
from portal.forms import Context, Price, Procedure
from portal.i18n import current_language
from portal.surge.presentation import offered
from portal.surge.service import surge_now, urgent

blueprint = Blueprint("catalogue", __name__)

SEARCH_RESULTS = 30
#: as many as a phone shows above its keyboard
SUGGESTIONS = 6


@blueprint.get("/")
@public
def start() -> ResponseReturnValue:
    portal = current_portal()
    with portal.database.reading() as db:
        unfinished = waiting_for(db, current_actor())
        surge = surge_now(db)
        facts = _facts(db)
    procedures = portal.catalogue.procedures.values()
    said = remarks(procedures, facts, portal.clock())
    return render_template(
        "catalogue/start.html",
        life_events=portal.catalogue.life_events,
        remarks=said,
        closing=closing_soon(procedures, said),
        number=len(procedures),
        facilities=portal.catalogue.bookable(),
        unfinished=unfinished,
        surge=surge,
        urgent=urgent(portal.catalogue) if surge is not None else (),
        words={state.value: RESIDENT[state] for state in State},
    )


@blueprint.get("/procedures")
@public
def procedures() -> ResponseReturnValue:
    """All of them, each once, under the first of its life events."""
    catalogue = current_portal().catalogue
    groups = by_life_event(catalogue.life_events, catalogue.procedures.values())
    return render_template(
        "catalogue/procedures.html",
        groups=groups,
        remarks=_remarks(catalogue.procedures.values()),
    )


@blueprint.get("/search")
@public
def search() -> ResponseReturnValue:
    words = _words()
    portal = current_portal()
    found = portal.finder.find(words, current_language(), SEARCH_RESULTS)
    return render_template(
        "catalogue/search.html",
        words=words,
        found=found,
        remarks=_remarks(found),
        life_events=portal.catalogue.life_events,
    )


@blueprint.get("/search/suggestions")
@public
def suggestions() -> ResponseReturnValue:
    """What fits the words that somebody is typing: a list that the search box shows."""
    words = _words()
    found = current_portal().finder.find(words, current_language(), SUGGESTIONS)
    return render_template(
        "catalogue/suggestions.html", words=words, found=found, remarks=_remarks(found)
    )


@blueprint.get("/life-events/<event_id>")
@public
def life_event(event_id: str) -> ResponseReturnValue:
    catalogue = current_portal().catalogue
    event = next((event for event in catalogue.life_events if event.id == event_id), None)
    if event is None:
        abort(404)
    found = [p for p in catalogue.procedures.values() if event_id in p.life_events]
    return render_template(
        "catalogue/life_event.html", event=event, found=found, remarks=_remarks(found)
    )


@blueprint.get("/procedures/<procedure_id>")
@public
def procedure(procedure_id: str) -> ResponseReturnValue:
    portal = current_portal()
    found = offered(procedure_id)
    actor = current_actor()
    with portal.database.reading() as db:
        facts = _facts(db)
        places = pool_views(db, found, portal.clock())
    now = portal.clock()
    context = Context(today=jst_date(now), now=now, channel=actor.channel, resident=facts)
    return render_template(
        "catalogue/procedure.html",
        procedure=found,
        # A booking is priced by its slots, and nobody has chosen any.
        estimate=Price() if found.booking else found.price({}, context),
        department=portal.catalogue.departments[found.department],
        reception=reception_for(found, facts, actor.channel, portal.clock()),
        closed_words=WORDS,
        places=places,
        none_left=none_left(places),
    )


def _words() -> str:
    return request.args.get("q", "")[:100].strip()


def _remarks(procedures: Iterable[Procedure]) -> Mapping[str, Remark]:
    portal = current_portal()
    with portal.database.reading() as db:
        return remarks(procedures, _facts(db), portal.clock())


def _facts(db: Session) -> Mapping[str, Any]:
    """Whoever is not known yet may be a resident of the city, and is asked when they begin."""
    return applicant_at_keyboard(db).facts or {"of_city": True}
