"""A clock that stands still until a test moves it."""

from datetime import UTC, datetime, timedelta

#: A weekday in the middle of a fiscal year and of a working day: 10:00 on 3 June 2026 in Japan.
USUAL_MOMENT = datetime(2026, 6, 3, 1, 0, tzinfo=UTC)


class FixedClock:
    """A foundation.clock.Clock under a test's command."""

    def __init__(self, moment: datetime = USUAL_MOMENT) -> None:
        self.moment = moment.astimezone(UTC)

    def __call__(self) -> datetime:
        return self.moment

    def advance(self, by: timedelta) -> datetime:
        """Let time pass; returns the new present."""
        self.moment += by
        return self.moment

    def set(self, moment: datetime) -> None:
        """Jump to an aware moment."""
        self.moment = moment.astimezone(UTC)
