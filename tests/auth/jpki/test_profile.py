"""How long a certificate is valid, and what a PIN looks like."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from auth.jpki.profile import PROFILES, CertificateKind, valid_until
from foundation.age import age_on
from foundation.clock import jst_date

BIRTH_DATES = st.dates(date(1900, 1, 1), date(2026, 1, 1))
ISSUE_DATES = st.dates(date(2026, 1, 1), date(2060, 1, 1))


@pytest.mark.parametrize(
    ("born", "issued", "last_day"),
    [
        (date(1988, 4, 2), date(2026, 4, 1), date(2030, 4, 2)),
        (date(1988, 4, 2), date(2026, 4, 2), date(2031, 4, 2)),
        (date(1988, 4, 2), date(2026, 4, 3), date(2031, 4, 2)),
        (date(2000, 2, 29), date(2026, 1, 10), date(2030, 2, 28)),
        (date(2000, 2, 29), date(2024, 1, 10), date(2028, 2, 29)),
    ],
)
def test_until_the_fifth_birthday(born: date, issued: date, last_day: date) -> None:
    end = valid_until(born, issued)
    assert jst_date(end) == last_day
    assert jst_date(end + timedelta(seconds=1)) == last_day + timedelta(days=1)


@given(born=BIRTH_DATES, issued=ISSUE_DATES)
def test_four_to_five_years(born: date, issued: date) -> None:
    days = (jst_date(valid_until(born, issued)) - issued).days
    assert 4 * 365 <= days <= 5 * 366
    # A leap-day child's card ends on 28 February, the day before it is a year older.
    assume((born.month, born.day) != (2, 29))
    assert age_on(born, jst_date(valid_until(born, issued))) == age_on(born, issued) + 5


def test_the_card_may_end_sooner() -> None:
    end = valid_until(date(1988, 4, 2), date(2026, 6, 3), card_expiry=date(2026, 7, 3))
    assert end == datetime(2026, 7, 3, 14, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("kind", "pin", "fits"),
    [
        (CertificateKind.USER_AUTHENTICATION, "1234", True),
        (CertificateKind.USER_AUTHENTICATION, "123", False),
        (CertificateKind.USER_AUTHENTICATION, "１２３４", False),
        (CertificateKind.USER_AUTHENTICATION, "12345", False),
        (CertificateKind.SIGNATURE, "ABC123", True),
        (CertificateKind.SIGNATURE, "A" * 16, True),
        (CertificateKind.SIGNATURE, "A" * 17, False),
        (CertificateKind.SIGNATURE, "abc123", False),
        (CertificateKind.SIGNATURE, "ABC12", False),
    ],
)
def test_what_a_pin_looks_like(kind: CertificateKind, pin: str, fits: bool) -> None:
    assert bool(PROFILES[kind].pin.fullmatch(pin)) is fits
