"""Passwords at rest: argon2id with 19 MiB, two passes, one lane (OWASP's second choice)."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from auth.staff.models import StaffAccount

_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
#: The hash of a long random password that was thrown away: it fits nothing, and takes its time.
_NOBODYS = (
    "$argon2id$v=19$m=19456,t=2,p=1"
    "$HhV2hE+Ts074OLkkurQpow$maIRU7JOe2340GOxiaqg/lGUHL8fZZYS7RH3cP+tqPg"
)
#: Longer than any password that a person types, in characters; argon2 would read a megabyte.
LONGEST_PASSWORD = 256


def hash_password(password: str) -> str:
    """The PHC string to keep. Raises ValueError where the password is empty or far too long."""
    if not 0 < len(password) <= LONGEST_PASSWORD:
        raise ValueError(f"a password has 1 to {LONGEST_PASSWORD} characters")
    return _HASHER.hash(password)


def check_password(account: StaffAccount, password: str) -> bool:
    """Whether it is this account's password; a hash with older parameters is renewed."""
    if not _matches(account.password_hash, password):
        return False
    if _HASHER.check_needs_rehash(account.password_hash):
        account.password_hash = _HASHER.hash(password)
    return True


def spend_the_same_time(password: str) -> None:
    """What a check costs, for an account that doesn't exist: the answer's time tells nothing."""
    _matches(_NOBODYS, password)


def _matches(stored: str, password: str) -> bool:
    try:
        return _HASHER.verify(stored, password[:LONGEST_PASSWORD])
    except (VerificationError, InvalidHashError):
        return False
