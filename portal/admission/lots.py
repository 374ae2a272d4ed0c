"""抽選: the order of lots from a random number, so that anybody can recompute it. Pure functions.

With the seed and the entries that are kept of a draw: D is the SHA-256 of the entries in their
order of arrival, as ``{"entries":[["受付番号",places],…]}`` in JSON without spaces; the lot of an
entry is the SHA-256 of ``seed:D:受付番号``; the least lot comes first.
"""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from foundation.hashchain import canonical_json


@dataclass(frozen=True)
class Ticket:
    """One entry in a draw."""

    #: 受付番号
    reference: str
    #: the places that it wants
    takes: int


@dataclass(frozen=True)
class Result:
    """Every ticket once, each list in the order of the lots."""

    placed: tuple[Ticket, ...]
    waiting: tuple[Ticket, ...]
    lost: tuple[Ticket, ...]


def new_seed() -> str:
    """256 random bits, hexadecimal."""
    return secrets.token_hex(32)


def digest_of(tickets: Sequence[Ticket]) -> str:
    """SHA-256 of the tickets in their order of arrival, hexadecimal."""
    entries = [[ticket.reference, ticket.takes] for ticket in tickets]
    return hashlib.sha256(canonical_json({"entries": entries})).hexdigest()


def in_order(seed: str, tickets: Sequence[Ticket]) -> list[Ticket]:
    """The tickets in the order of their lots."""
    digest = digest_of(tickets)

    def lot(ticket: Ticket) -> str:
        return hashlib.sha256(f"{seed}:{digest}:{ticket.reference}".encode()).hexdigest()

    return sorted(tickets, key=lot)


def draw(seed: str, tickets: Sequence[Ticket], places: int, turns: int) -> Result:
    """Give out the places in the order of the lots, and up to ``turns`` on the waiting list.

    Who wants more places than are left is passed over, so that no place stays empty that somebody
    could have.
    """
    placed: list[Ticket] = []
    rest: list[Ticket] = []
    left = places
    for ticket in in_order(seed, tickets):
        if ticket.takes <= left:
            left -= ticket.takes
            placed.append(ticket)
        else:
            rest.append(ticket)
    return Result(tuple(placed), tuple(rest[:turns]), tuple(rest[turns:]))
