"""Identifiers: opaque keys for rows, and reference numbers that can be read out over the phone."""

import os
import secrets
import time
import unicodedata

# No 0/O, 1/I/L, 2/Z, 5/S, 8/B: what is easily misread or misheard.
_SPOKEN = "34679ACDEFGHJKMNPQRTUVWXY"


def new_id() -> str:
    """A UUIDv7 in hexadecimal, 32 characters: unique, and sorts by the time of its making.

    The twelve bits after the milliseconds count 4,096ths of one (RFC 9562, 6.2, method 3), so that
    what one process writes down in a row also sorts in a row.
    """
    milliseconds, nanoseconds = divmod(time.time_ns(), 1_000_000)
    fraction = nanoseconds * 4096 // 1_000_000
    rest = int.from_bytes(os.urandom(8), "big") & ~(0x3 << 62)
    return f"{(milliseconds << 80) | (0x7 << 76) | (fraction << 64) | (0x2 << 62) | rest:032x}"


def new_reference() -> str:
    """受付番号 and the like: ``7KQ4-M3XD``, seven random characters and one that checks them."""
    body = "".join(secrets.choice(_SPOKEN) for _ in range(7))
    code = body + _check_character(body)
    return f"{code[:4]}-{code[4:]}"


def normalise_reference(typed: str) -> str | None:
    """What a person typed or dictated, as a reference; None where it can't be one."""
    # A Japanese keyboard easily types full-width letters and digits.
    plain = unicodedata.normalize("NFKC", typed).upper()
    code = "".join(character for character in plain if character in _SPOKEN)
    if len(code) != 8 or code[7] != _check_character(code[:7]):
        return None
    return f"{code[:4]}-{code[4:]}"


def new_token() -> str:
    """A secret for a link: 256 bits, URL-safe."""
    return secrets.token_urlsafe(32)


def _check_character(body: str) -> str:
    # Position weights coprime to 25 catch every single error and every swap of neighbours.
    weights = (1, 2, 3, 4, 6, 7, 8)
    total = sum(
        weight * _SPOKEN.index(character) for weight, character in zip(weights, body, strict=True)
    )
    return _SPOKEN[total % len(_SPOKEN)]
