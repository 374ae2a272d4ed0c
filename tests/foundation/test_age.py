"""満年齢: on the birthday, and for 29 February on the day after the 28th."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.age import age_on

DAYS = st.dates(date(1868, 1, 25), date(2199, 12, 31))


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2011, 6, 3), date(2026, 6, 2), 14),
        (date(2011, 6, 3), date(2026, 6, 3), 15),
        (date(2008, 4, 1), date(2026, 3, 31), 17),
        (date(2008, 4, 1), date(2026, 4, 1), 18),
        (date(2000, 2, 29), date(2026, 2, 28), 25),
        (date(2000, 2, 29), date(2026, 3, 1), 26),
        (date(2000, 2, 29), date(2028, 2, 28), 27),
        (date(2000, 2, 29), date(2028, 2, 29), 28),
        (date(2026, 6, 3), date(2026, 6, 3), 0),
        (date(2026, 6, 4), date(2026, 6, 3), -1),
    ],
)
def test_age(born: date, day: date, age: int) -> None:
    assert age_on(born, day) == age


@given(born=DAYS, day=DAYS)
def test_a_year_older_once_a_year(born: date, day: date) -> None:
    year = [age_on(born, day + timedelta(days=days)) for days in range(367)]
    assert year == sorted(year)
    assert year[366] - year[0] in (1, 2)
    assert max(later - sooner for sooner, later in pairwise(year)) == 1
