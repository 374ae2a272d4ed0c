"""When the sweeper asks about an attempt next: soon at first, then ever more patiently."""

from datetime import datetime, timedelta

from payments.attempts.states import AttemptState

#: A start that is not finished by now was cut off: its process is gone, or the answer was lost.
START_GRACE = timedelta(seconds=60)
#: How long after its end an attempt without money is still asked about.
REVIVAL = timedelta(hours=24)
#: A provider that still says "pending" so long after the deadline will not be believed.
OVERDUE = timedelta(hours=24)

_WAITING = (timedelta(seconds=20), timedelta(minutes=15))
_ENDED = (timedelta(minutes=5), timedelta(hours=6))


def next_check(
    state: AttemptState, *, created_at: datetime, ended_at: datetime | None, now: datetime
) -> datetime | None:
    """The next moment to ask, or None where nothing more can come."""
    match state:
        case AttemptState.SUCCEEDED:
            return None
        case AttemptState.CREATED | AttemptState.STARTED:
            return now + _between((now - created_at) / 5, *_WAITING)
        case AttemptState.FAILED | AttemptState.CANCELLED | AttemptState.EXPIRED:
            age = now - (ended_at or created_at)
            return None if age > REVIVAL else now + _between(age / 2, *_ENDED)


def _between(value: timedelta, least: timedelta, most: timedelta) -> timedelta:
    return max(least, min(value, most))
