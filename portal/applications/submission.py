"""Submission: the answers are frozen with the price that was shown, and the fee is claimed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from foundation.clock import jst_date
from foundation.events import Events
from foundation.wording import N_
from payments.claims import service as claims
from payments.claims.models import ClaimState
from payments.claims.service import LineDraft
from payments.context import Payments
from portal.admission.limits import LimitReached
from portal.admission.reception import ReceptionClosed, reception_for
from portal.admission.service import Full, admit, wanted_places
from portal.applications.actors import SYSTEM, Actor
from portal.applications.life import advance
from portal.applications.models import Application
from portal.applications.parties import parties_of
from portal.applications.prices import price_document
from portal.applications.quotas import hold_quota, priced_context
from portal.applications.states import Event, State
from portal.facilities import service as facilities
from portal.facilities.service import LostSlots
from portal.forms import FieldError, Price, Procedure
from portal.forms.acting import SELF
from portal.forms.line_names import kept_name
from portal.forms.places import UndecidedDemand

#: 納期限: how many days a fee may stay unpaid before the application lapses.
PAYMENT_DAYS = 14

#: Why finance finds money of a claim due back after a correction.
CORRECTED = N_("補正による減額")

#: Before the id of an application, in the subject of its claims.
SUBJECT_PREFIX = "application:"


@dataclass(frozen=True)
class Submitted:
    """It went through; ``state`` says whether a payment is due."""

    state: State


@dataclass(frozen=True)
class Incomplete:
    """It can't be submitted yet. ``section`` is where the first thing is missing."""

    section: str | None
    errors: Sequence[FieldError]


@dataclass(frozen=True)
class PriceChanged:
    """The price is another one than the applicant was shown; they must see it first."""

    price: Price


def submit(
    session: Session,
    payments: Payments,
    procedure: Procedure,
    application: Application,
    actor: Actor,
    *,
    shown_total: int,
    now: datetime,
    current: Procedure | None = None,
) -> Submitted | Incomplete | PriceChanged | LostSlots | ReceptionClosed | Full | LimitReached:
    """Submit a draft, or a returned application again.

    ``shown_total`` is the price in yen on the page on which the applicant agreed; nobody is ever
    charged another amount. After a correction only the difference is claimed, and what the fee is
    less now is due back. LostSlots: the booked time went to somebody else after the hold had run
    out. ReceptionClosed: too early or too late; a correction may come at any time.
    Full, LimitReached: no place is left, or it was applied for as often as may be. ``current`` is
    today's definition, where a draft began with an earlier one: it says how many places there are.
    """
    again = application.state == State.RETURNED
    facts, channel = application.applicant_facts, application.channel
    reception = reception_for(procedure, facts, channel, now)
    if not reception.open and not again:
        return ReceptionClosed(reception)
    hold_quota(session, procedure, application)
    context = priced_context(session, procedure, application, now)
    journey = procedure.journey(application.answers, context)
    if not journey.complete:
        return Incomplete(journey.first_incomplete, journey.errors)
    if journey.price.total != shown_total:
        return PriceChanged(journey.price)
    today = current or procedure
    try:
        wanted = wanted_places(procedure, today, journey.answers, context)
    except UndecidedDemand:
        # Everything is answered and still nobody can tell: the definition is to blame.
        return Incomplete(journey.sections[-1].id, ())
    refused = admit(
        session, procedure, application, journey.answers, wanted, actor, current=today, now=now
    )
    if refused is not None:
        return refused
    application.answers = journey.answers
    _note_parties(application)
    price = price_document(journey.price)
    collected_now = procedure.fees_collected == "on_submit"
    due = due_lines(application.price, price) if collected_now else []
    if application.booking is not None:
        secure = facilities.pending if due else facilities.confirm
        secured = secure(session, payments.events, application.booking["id"], now)
        if isinstance(secured, LostSlots):
            return secured
    if again and collected_now:
        _give_up_surplus(session, payments, application, price, now)
    application.price = price
    application.submitted_at = application.submitted_at or now
    session.flush()
    if due:
        event = Event.RESUBMIT_WITH_FEE if again else Event.SUBMIT_WITH_FEE
        open_claim(session, payments, application, due, now)
    else:
        event = Event.RESUBMIT if again else Event.SUBMIT
    state = advance(session, payments.events, application, event, actor, now=now)
    return Submitted(received(session, payments.events, application, state, now))


def _note_parties(application: Application) -> None:
    """For whom it is, and who acts for them, by the answers."""
    keyboard = application.acted_by or application.applicant_name
    parties = parties_of(application.answers, keyboard)
    application.applicant_name = parties.applicant
    application.acting = None if parties.acting == SELF else parties.acting
    application.acted_by = parties.acted_by or None


def received(
    session: Session, events: Events, application: Application, state: State, now: datetime
) -> State:
    """What follows by itself on receipt: a booking needs nobody's decision and is complete."""
    if state is State.RECEIVED and application.booking is not None:
        return advance(session, events, application, Event.COMPLETE, SYSTEM, now=now)
    return state


def open_claim(
    session: Session,
    payments: Payments,
    application: Application,
    lines: Sequence[LineDraft],
    now: datetime,
) -> None:
    """調定: claim the fee of an application."""
    claims.open_claim(
        session,
        payments,
        subject=subject_of(application),
        title=application.title,
        payer_name=application.applicant_name,
        lines=lines,
        due_on=payment_due(now),
        now=now,
    )


def payment_due(now: datetime) -> date:
    return jst_date(now) + timedelta(days=PAYMENT_DAYS)


def subject_of(application: Application) -> str:
    """How payments name what a claim is for."""
    return f"{SUBJECT_PREFIX}{application.id}"


def due_lines(before: Mapping[str, Any] | None, now: Mapping[str, Any] | None) -> list[LineDraft]:
    """The lines to claim when a price (as it is kept) follows another; all of it the first time.

    Each 歳入科目 is settled by itself: what one line of it costs less pays for another.
    """
    more = _changes(before, now)
    earlier = {line["id"]: line["amount"] for line in (before or {}).get("lines", ())}
    due = []
    for line in (now or {}).get("lines", ()):
        grown = line["amount"] - earlier.get(line["id"], 0)
        amount = min(grown, more[line["account"]])
        if amount > 0:
            more[line["account"]] -= amount
            name = kept_name(line["label"], line.get("row", ""))
            due.append(LineDraft(line["account"], name, amount))
    return due


def _give_up_surplus(
    session: Session,
    payments: Payments,
    application: Application,
    price: Mapping[str, Any],
    now: datetime,
) -> None:
    """What a correction makes cheaper is no longer claimed, the latest claim first."""
    for account, change in _changes(application.price, price).items():
        surplus = -change
        for claim in reversed(claims.claims_of(session, subject_of(application))):
            if surplus <= 0:
                break
            if claim.state == ClaimState.OPEN:
                surplus -= claims.reduce_claim(
                    session,
                    payments,
                    claim.id,
                    account=account,
                    amount=surplus,
                    reason=CORRECTED,
                    now=now,
                )


def _changes(before: Mapping[str, Any] | None, now: Mapping[str, Any] | None) -> dict[str, int]:
    """How many yen more (or less, negative) each 歳入科目 is worth in a price than in another."""
    changes: dict[str, int] = {}
    for price, sign in ((now, 1), (before, -1)):
        for line in (price or {}).get("lines", ()):
            changes[line["account"]] = changes.get(line["account"], 0) + sign * line["amount"]
    return changes
