"""Long lists in pieces that a database takes as parameters of one statement."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

#: How many keys are asked for at once.
CHUNK = 500


def chunked(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """The values in order, CHUNK at a time."""
    for start in range(0, len(values), CHUNK):
        yield values[start : start + CHUNK]
