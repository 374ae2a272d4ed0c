"""What follows for an application from what happens elsewhere: a payment, a lapsed booking.

Subscribed once, in ``portal/building.py``; runs inside the announcer's transaction.
"""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from payments.claims import service as claims
from payments.claims.models import ClaimState
from payments.claims.service import StandingState
from payments.context import Payments
from payments.events import ClaimSettled
from portal.applications.actors import SYSTEM
from portal.applications.life import ApplicationMoved, advance, record
from portal.applications.models import Application
from portal.applications.states import MACHINE, Event, State
from portal.applications.submission import SUBJECT_PREFIX, received, subject_of
from portal.facilities import service as facilities
from portal.facilities.events import BookingReleased
from portal.facilities.service import LostSlots
from portal.facilities.states import BOOKING, BookingEvent, BookingState

#: Ends after which nothing is owed for the application any more.
_GIVEN_UP = frozenset({Event.WITHDRAW, Event.LAPSE})


@dataclass(frozen=True)
class Aftermath:
    """The handlers, with what they need."""

    payments: Payments

    def subscribe(self) -> None:
        events = self.payments.events
        events.subscribe(ClaimSettled, self.claim_settled)
        events.subscribe(BookingReleased, self.booking_released)
        events.subscribe(ApplicationMoved, self.application_moved)

    def claim_settled(self, session: Session, event: ClaimSettled) -> None:
        """The fee is paid: the application is received, the booking confirmed.

        A booking whose slots went to somebody else in the meantime can't be kept: the application
        lapses, its claim is cancelled, and that makes the refund due.
        """
        application = _application_of(session, event.subject)
        if application is None or _unpaid(session, event.subject):
            return
        if not MACHINE.allows(State(application.state), Event.PAID):
            record(session, application, "paid", SYSTEM, now=event.at)
            return
        now = self.payments.clock()
        if application.booking is not None:
            booking = application.booking["id"]
            outcome = facilities.confirm(session, self.payments.events, booking, now)
            if isinstance(outcome, LostSlots):
                self._advance(session, application, Event.LAPSE)
                return
        # One moment for all: the history is read in the order of its times.
        state = advance(session, self.payments.events, application, Event.PAID, SYSTEM, now=now)
        received(session, self.payments.events, application, state, now)

    def booking_released(self, session: Session, event: BookingReleased) -> None:
        """The time to pay for a booking is over: what was submitted lapses; a draft stays."""
        if event.application_id is None or not event.awaiting_payment:
            return
        # Whoever has it locked is paying or withdrawing it this moment, comes to the booking next
        # and finds it released; to wait for them here would be to wait in a circle.
        application = session.scalars(
            select(Application)
            .where(Application.id == event.application_id)
            .with_for_update(skip_locked=True)
        ).first()
        if application is not None and application.state == State.AWAITING_PAYMENT:
            self._advance(session, application, Event.LAPSE)

    def application_moved(self, session: Session, event: ApplicationMoved) -> None:
        """Nothing is owed for what was given up, and its slots are free for others.

        Payment pages that are still open are closed by the sweeper; money that comes all the same
        goes back.
        """
        if event.event not in _GIVEN_UP:
            return
        now = self.payments.clock()
        application = event.application
        for claim in claims.claims_of(session, subject_of(application)):
            if claim.state == ClaimState.OPEN:
                claims.cancel_claim(session, self.payments, claim.id, reason=event.event, now=now)
        if application.booking is not None:
            booking = facilities.of_application(session, application.id)
            if booking and BOOKING.allows(BookingState(booking.state), BookingEvent.CANCEL):
                facilities.cancel(session, booking.id, now)

    def _advance(self, session: Session, application: Application, event: Event) -> State:
        events, now = self.payments.events, self.payments.clock()
        return advance(session, events, application, event, SYSTEM, now=now)


def _application_of(session: Session, subject: str) -> Application | None:
    if not subject.startswith(SUBJECT_PREFIX):
        return None
    key = subject.removeprefix(SUBJECT_PREFIX)
    return session.scalars(
        select(Application).where(Application.id == key).with_for_update()
    ).first()


def _unpaid(session: Session, subject: str) -> bool:
    """Whether another claim of the same subject still waits."""
    open_ids = [c.id for c in claims.claims_of(session, subject) if c.state == ClaimState.OPEN]
    waiting = (StandingState.UNPAID, StandingState.PART_PAID)
    return any(s.state in waiting for s in claims.standings(session, open_ids).values())
