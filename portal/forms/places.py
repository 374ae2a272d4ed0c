"""定員: which places an application asks for, and how many there are. Pure rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from portal.forms.expressions import Expression, ExpressionError
from portal.forms.reception import Capacity, Places
from portal.forms.results import Answers

#: The one pool of a procedure whose places are not told apart by an option.
ONLY = ""

#: Most places that one application may take; more is a mistake of the definition.
MOST_TAKEN = 1_000


class UndecidedDemand(Exception):
    """With these answers nobody can say how many places are wanted."""


@dataclass(frozen=True)
class Demand:
    """What one application asks for."""

    #: the option that is wanted, or ONLY
    pool: str
    #: how many places, at least 1
    takes: int


def pools(capacity: Capacity) -> Mapping[str, int]:
    """How many places each pool has."""
    places = capacity.places
    return dict(places.places) if isinstance(places, Places) else {ONLY: places}


def demand(capacity: Capacity, answers: Answers, scope: Mapping[str, Any]) -> Demand | None:
    """The places that complete answers ask for; None where they ask for none.

    ``scope`` is what expressions see. Raises UndecidedDemand.
    """
    pool = ONLY
    if isinstance(capacity.places, Places):
        chosen = answers.get(capacity.places.by)
        if chosen is None:
            return None
        pool = str(chosen)
    if capacity.takes is None:
        return Demand(pool, 1)
    try:
        takes = Expression(capacity.takes).evaluate(scope)
    except ExpressionError as error:
        raise UndecidedDemand(str(error)) from error
    if type(takes) is not int or takes > MOST_TAKEN:
        raise UndecidedDemand(f"{capacity.takes} gives {takes!r}")
    return Demand(pool, takes) if takes > 0 else None
