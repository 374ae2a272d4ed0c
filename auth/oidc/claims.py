"""From the provider's claims to a verified identity."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from auth.identity import VerifiedIdentity
from auth.names import PersonName, Sex

#: The spelling of OpenID Connect, and the numbers of the card (facts of the 基本4情報).
_SEXES = {
    "male": Sex.MALE,
    "1": Sex.MALE,
    "female": Sex.FEMALE,
    "2": Sex.FEMALE,
}
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
#: Longer than any name or address in a register, in characters.
LONGEST_NAME = 200
LONGEST_ADDRESS = 400


class ClaimsUnusable(Exception):
    """A claim that we need is missing or unreadable; the message names it, not its value."""


def parse_identity(issuer: str, claims: Mapping[str, Any]) -> VerifiedIdentity:
    """The person that the claims of ID token and userinfo describe. Raises ClaimsUnusable."""
    return VerifiedIdentity(
        issuer=issuer,
        subject=claims["sub"],
        name=PersonName.parse(_text(claims.get("name"), "name", LONGEST_NAME)),
        birth_date=_date(claims.get("birthdate")),
        sex=_SEXES.get(str(claims.get("gender")), Sex.UNKNOWN),
        address=_text(_formatted(claims.get("address")), "address", LONGEST_ADDRESS),
        acr=claims["acr"],
    )


def _formatted(address: object) -> object:
    """The address in one line: OpenID Connect wraps it in an object, others give a string."""
    return address.get("formatted") if isinstance(address, dict) else address


def _text(value: object, claim: str, longest: int) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > longest:
        raise ClaimsUnusable(claim)
    if not value.isprintable() and not value.replace("\u3000", "").isprintable():
        raise ClaimsUnusable(claim)
    return value.strip()


def _date(value: object) -> date:
    if not isinstance(value, str) or not _ISO_DATE.fullmatch(value):
        raise ClaimsUnusable("birthdate")
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise ClaimsUnusable("birthdate") from error
