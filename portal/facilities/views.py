"""Pages for looking at rooms, choosing slots and going on into the form."""

from collections.abc import Sequence
from datetime import date

from flask import Blueprint, abort, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from foundation.ids import new_id
from portal.access import public
from portal.applications.actors import Actor
from portal.applications.applicants import applicant_at_keyboard
from portal.applications.visitor import current_actor, remember_guest
from portal.context import current_portal
from portal.facilities.definition import facility_of
from portal.facilities.drafts import draft_for
from portal.facilities.presentation import cheapest, room_day, tariff_table
from portal.facilities.rooms import Facility, Room
from portal.facilities.service import Held, NotOffered, Taken, hold
from portal.facilities.wording import UNAVAILABLE
from portal.forms import FieldError, Procedure
from portal.i18n import current_language

blueprint = Blueprint("facilities", __name__, url_prefix="/facilities")


#: Where a guest's browser keeps the name under which it holds slots.
_GUEST = "slots_guest"
#: The element that a message about the choice leads to.
_CHOICE = "slots"
#: No page offers more slots than this; a longer list comes from somewhere else.
_MOST_SLOTS = 100


@blueprint.get("/")
@public
def index() -> ResponseReturnValue:
    """All houses of the city that can be booked."""
    houses = [facility_of(definition) for definition in current_portal().catalogue.bookable()]
    return render_template("facilities/index.html", facilities=houses)


@blueprint.get("/<facility_id>")
@public
def facility(facility_id: str) -> ResponseReturnValue:
    """One house: its rooms with capacity and prices."""
    house = _facility(facility_id)
    return render_template(
        "facilities/facility.html",
        facility=house,
        procedure=_procedure(house),
        tariff=tariff_table(house),
        cheapest=cheapest,
    )


@blueprint.get("/<facility_id>/<room_id>")
@public
def room(facility_id: str, room_id: str) -> ResponseReturnValue:
    """A room on a day: what is free, what it costs, and the choice so far (``slot=…``)."""
    house = _facility(facility_id)
    return _page(house, _room(house, room_id), request.args)


@blueprint.post("/<facility_id>/<room_id>")
@public
def choose(facility_id: str, room_id: str) -> ResponseReturnValue:
    """Show what the ticked slots cost, or hold them and go on into the form."""
    house = _facility(facility_id)
    wanted = _room(house, room_id)
    day, slots = _day(request.form), _slots(request.form)
    here = url_for(
        ".room",
        facility_id=house.id,
        room_id=wanted.id,
        day=day.isoformat() if day else None,
        slot=slots,
    )
    if request.form.get("_action") == "total":
        return redirect(f"{here}#total", 303)
    if day is None or not slots:
        return _page(house, wanted, request.form, [_("使う時間を1つ以上えらんでください。")])
    if _procedure(house).identity.sign_in == "card" and current_actor().kind == "guest":
        return redirect(url_for("sign_in.begin", next=here), 303)
    return _hold(house, wanted, day, slots)


def _hold(house: Facility, wanted: Room, day: date, slots: Sequence[str]) -> ResponseReturnValue:
    portal = current_portal()
    now = portal.clock()
    actor = current_actor()
    if actor.kind == "guest":
        session.setdefault(_GUEST, new_id())
    with portal.database.transaction() as db:
        outcome = hold(db, portal.events, house, wanted, day, slots, owner=_owner(actor), now=now)
        if isinstance(outcome, Held):
            draft = draft_for(
                db,
                portal.definitions,
                _procedure(house),
                actor,
                applicant_at_keyboard(db),
                outcome.booking,
                language=current_language(),
                now=now,
            )
    if not isinstance(outcome, Held):
        return _page(house, wanted, request.form, _reasons(house, outcome))
    if draft.guest_key is not None:
        remember_guest(draft.application_id, draft.guest_key)
    return redirect(url_for("applications.show", application_id=draft.application_id), 303)


def _page(
    house: Facility, wanted: Room, asked: MultiDict[str, str], messages: Sequence[str] = ()
) -> ResponseReturnValue:
    """The room's page for the day and the slots that were asked for, with what went wrong."""
    portal = current_portal()
    actor = current_actor()
    with portal.database.reading() as db:
        view = room_day(
            db,
            house,
            wanted,
            _day(asked),
            portal.clock(),
            owner=_owner(actor),
            chosen=_slots(asked),
        )
    return render_template(
        "facilities/room.html",
        facility=house,
        room=wanted,
        view=view,
        reason=UNAVAILABLE[view.reason] if view.reason else None,
        errors=[FieldError("slot", _CHOICE, message) for message in messages],
        sign_in_first=_procedure(house).identity.sign_in == "card" and actor.kind == "guest",
    )


def _reasons(house: Facility, outcome: Taken | NotOffered) -> list[str]:
    """What kept the slots from being held, for the person who chose them."""
    if isinstance(outcome, Taken):
        gone = " / ".join(
            f"{slot.start:%H:%M}–{slot.end:%H:%M}"
            for slot in house.slots
            if slot.id in outcome.slots
        )
        return [
            _(
                "%(times)s は、たった今ほかのかたが予約しました。"
                "えらんだ時間を確かめて、もう一度進んでください。",
                times=gone,
            )
        ]
    if outcome.reason is None:
        return [_("えらんだ時間が見つかりません。もう一度えらんでください。")]
    return [str(UNAVAILABLE[outcome.reason])]


def _owner(actor: Actor) -> str:
    """The name under which this browser's party holds slots."""
    if actor.sitting is not None:
        return f"sitting:{actor.sitting}"
    if actor.kind == "guest":
        return f"guest:{session.get(_GUEST, '')}"
    return f"{actor.kind}:{actor.id}"


def _facility(facility_id: str) -> Facility:
    definition = current_portal().catalogue.facilities.get(facility_id)
    if definition is None:
        abort(404)
    return facility_of(definition)


def _room(house: Facility, room_id: str) -> Room:
    return house.room(room_id) or abort(404)


def _procedure(house: Facility) -> Procedure:
    """The procedure by which the house is booked; 404 for a house that can't be."""
    return current_portal().catalogue.booked_by(house.id) or abort(404)


def _day(asked: MultiDict[str, str]) -> date | None:
    """The day of the query or form; None where there is none or it is no day."""
    try:
        return date.fromisoformat(asked.get("day", ""))
    except ValueError:
        return None


def _slots(asked: MultiDict[str, str]) -> list[str]:
    return asked.getlist("slot")[:_MOST_SLOTS]
