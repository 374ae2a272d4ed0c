"""How long a lock lasts."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from auth.staff.throttle import FREE_FAILURES, LONGEST_LOCK, lock_length

FAILURES = st.integers(min_value=0, max_value=10**9)


@given(FAILURES)
def test_never_too_long(failures: int) -> None:
    assert timedelta() <= lock_length(failures) <= LONGEST_LOCK


@given(FAILURES)
def test_never_shorter_after_one_more(failures: int) -> None:
    assert lock_length(failures) <= lock_length(failures + 1)


def test_fingers_slip() -> None:
    assert lock_length(FREE_FAILURES) == timedelta()
    assert lock_length(FREE_FAILURES + 1) > timedelta()
