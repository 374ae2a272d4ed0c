"""The service of bookings as a test calls it, and the people in these tests."""

from datetime import date, timedelta

from foundation.database import Database
from foundation.events import Events
from portal.facilities import service
from portal.facilities.events import BookingReleased
from portal.facilities.models import Booking
from portal.facilities.rooms import Facility
from portal.facilities.service import Held, LostSlots, NotOffered, Secured, Taken
from tests.facilities.house import FRIDAY
from tests.support.clock import FixedClock

SANAE, KENTA = "resident:sanae", "resident:kenta"
HALF_AN_HOUR = timedelta(minutes=30)


class Desk:
    """Calls the service for one house, each call in a transaction of its own."""

    def __init__(
        self, database: Database, events: Events, facility: Facility, clock: FixedClock
    ) -> None:
        self.database, self.events, self.facility, self.clock = database, events, facility, clock
        self.released: list[BookingReleased] = []
        events.subscribe(BookingReleased, lambda _session, event: self.released.append(event))

    def hold(
        self, *slots: str, owner: str = SANAE, room: str = "studio", day: date = FRIDAY
    ) -> Held | Taken | NotOffered:
        chosen = self.facility.room(room)
        assert chosen is not None
        with self.database.transaction() as session:
            return service.hold(
                session,
                self.events,
                self.facility,
                chosen,
                day,
                slots,
                owner=owner,
                now=self.clock(),
            )

    def held(self, *slots: str, owner: str = SANAE, room: str = "studio") -> str:
        outcome = self.hold(*slots, owner=owner, room=room)
        assert isinstance(outcome, Held)
        return outcome.booking.id

    def pending(self, booking: str) -> Secured | LostSlots:
        with self.database.transaction() as session:
            return service.pending(session, self.events, booking, self.clock())

    def confirm(self, booking: str) -> Secured | LostSlots:
        with self.database.transaction() as session:
            return service.confirm(session, self.events, booking, self.clock())

    def cancel(self, booking: str) -> Booking:
        with self.database.transaction() as session:
            return service.cancel(session, booking, self.clock())

    def release_expired(self) -> list[str]:
        with self.database.transaction() as session:
            done = service.release_expired(session, self.events, self.clock())
            return [booking.id for booking in done]

    def free(self, room: str = "studio", day: date = FRIDAY, owner: str = "") -> list[str]:
        chosen = self.facility.room(room)
        assert chosen is not None
        with self.database.reading() as session:
            views = service.day_slots(
                session, self.facility, chosen, [day], self.clock(), owner=owner
            )[day]
        return [view.id for view in views if view.free]

    def state(self, booking: str) -> str:
        with self.database.reading() as session:
            return session.get_one(Booking, booking).state
