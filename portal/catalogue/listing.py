"""Procedures in lists: under which heading each stands, and what is said of its reception."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from portal.admission.reception import reception_for
from portal.forms import Procedure
from portal.forms.city import LifeEvent
from portal.forms.reception import Closed

#: 期限が近い: what closes within these days is said without being asked.
SOON = timedelta(days=30)


@dataclass(frozen=True)
class Group:
    """Procedures under one heading."""

    #: None for those that belong to no scene of life
    event: LifeEvent | None
    procedures: Sequence[Procedure]


@dataclass(frozen=True)
class Remark:
    """What a list says of a reception: that it is closed and opens then, or closes soon."""

    closed: Closed | None
    opens: datetime | None
    closes: datetime | None


def by_life_event(events: Iterable[LifeEvent], procedures: Iterable[Procedure]) -> Sequence[Group]:
    """Each procedure once, under the first of its life events, in the order of the city's file."""
    first: dict[str | None, list[Procedure]] = {}
    for procedure in procedures:
        first.setdefault(next(iter(procedure.life_events), None), []).append(procedure)
    groups = [Group(event, first[event.id]) for event in events if event.id in first]
    return [*groups, Group(None, first[None])] if None in first else groups


def own_first(
    departments: Collection[str], events: Iterable[LifeEvent], procedures: Iterable[Procedure]
) -> tuple[Sequence[Procedure], Sequence[Group]]:
    """The procedures of somebody's departments, then all others as residents see them."""
    every = list(procedures)
    order = [each for group in by_life_event(events, every) for each in group.procedures]
    own = [each for each in order if each.department in departments]
    return own, by_life_event(events, [each for each in every if each not in own])


def remarks(
    procedures: Iterable[Procedure], facts: Mapping[str, Any], now: datetime
) -> Mapping[str, Remark]:
    """What there is to say, by the procedure's id, to who is online with these facts
    (``resident.…``).
    """
    found = {}
    for procedure in procedures:
        if procedure.definition.reception is None:
            continue
        state = reception_for(procedure, facts, "online", now)
        if state.closed is not None:
            found[procedure.id] = Remark(state.closed, state.opens, None)
        elif state.closes is not None and state.closes - now <= SOON:
            found[procedure.id] = Remark(None, None, state.closes)
    return found


def closing_soon(
    procedures: Iterable[Procedure], said: Mapping[str, Remark]
) -> Sequence[Procedure]:
    """What can be applied for now and closes soon, the first to close first."""
    closing = [
        (remark.closes, procedure)
        for procedure in procedures
        if (remark := said.get(procedure.id)) and remark.closes
    ]
    return [procedure for _, procedure in sorted(closing, key=lambda each: each[0])]
