"""The certificate profile of JPKI: object identifiers, key usage, validity, PIN rules."""

import re
from calendar import isleap
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from cryptography.x509 import ObjectIdentifier

from foundation.clock import jst_midnight


class CertificateKind(StrEnum):
    #: 利用者証明用電子証明書, for signing in
    USER_AUTHENTICATION = "user_authentication"
    #: 署名用電子証明書, for signing an application
    SIGNATURE = "signature"


@dataclass(frozen=True)
class KindProfile:
    """What sets one kind of certificate apart."""

    policy: ObjectIdentifier
    #: the OU of the issuing authority
    authority_unit: str
    #: nonRepudiation stands in the key usage, beside digitalSignature
    non_repudiation: bool
    #: what a PIN of this kind looks like
    pin: re.Pattern[str]
    #: so many wrong PINs in a row lock the key
    pin_tries: int
    #: the youngest who gets one, in years of age
    minimum_age: int


PROFILES: Mapping[CertificateKind, KindProfile] = MappingProxyType(
    {
        CertificateKind.USER_AUTHENTICATION: KindProfile(
            policy=ObjectIdentifier("1.2.392.200149.8.5.1.3.30"),
            authority_unit="JPKI for user authentication",
            non_repudiation=False,
            pin=re.compile(r"[0-9]{4}"),
            pin_tries=3,
            minimum_age=0,
        ),
        CertificateKind.SIGNATURE: KindProfile(
            policy=ObjectIdentifier("1.2.392.200149.8.5.1.1.20"),
            authority_unit="JPKI for digital signature",
            non_repudiation=True,
            pin=re.compile(r"[0-9A-Z]{6,16}"),
            pin_tries=5,
            minimum_age=15,
        ),
    }
)

#: RSA key length of persons and authorities, in bits.
KEY_BITS = 2048


def valid_until(birth_date: date, issued_on: date, *, card_expiry: date | None = None) -> datetime:
    """The end of the fifth birthday after issue in Japan, or of the card where that is sooner."""
    year = issued_on.year + 4
    if _birthday(birth_date, issued_on.year) <= issued_on:
        year += 1
    last_day = _birthday(birth_date, year)
    if card_expiry is not None:
        last_day = min(last_day, card_expiry)
    end = jst_midnight(last_day + timedelta(days=1)) - timedelta(seconds=1)
    return end.astimezone(UTC)


def _birthday(birth_date: date, year: int) -> date:
    """The birthday up to which a card counts: the 28th for a leap-day child in other years."""
    if (birth_date.month, birth_date.day) == (2, 29) and not isleap(year):
        return date(year, 2, 28)
    return birth_date.replace(year=year)
