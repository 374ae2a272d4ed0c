"""A state machine as one immutable table whose edges are events.

Diagrams, database constraints and exhaustive tests all come from the same table; nobody sets a
status by hand.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Generic, TypeVar

from sqlalchemy import CheckConstraint

State = TypeVar("State", bound=StrEnum)
Event = TypeVar("Event", bound=StrEnum)


class IllegalTransition(Exception):
    """An event that means nothing in the state a thing is in."""

    def __init__(self, machine: str, state: str, event: str) -> None:
        super().__init__(f"{machine}: no edge from {str(state)!r} on {str(event)!r}")
        self.machine, self.state, self.event = machine, state, event


@dataclass(frozen=True)
class StateMachine(Generic[State, Event]):
    """``edges[state, event]`` is the state that follows."""

    name: str
    states: type[State]
    initial: State
    edges: Mapping[tuple[State, Event], State]

    def __post_init__(self) -> None:
        object.__setattr__(self, "edges", MappingProxyType(dict(self.edges)))

    def after(self, state: State, event: Event) -> State:
        """The state that follows. Raises IllegalTransition where there is no such edge."""
        try:
            return self.edges[state, event]
        except KeyError:
            raise IllegalTransition(self.name, state, event) from None

    def allows(self, state: State, event: Event) -> bool:
        return (state, event) in self.edges

    def reachable(self) -> frozenset[State]:
        """Every state that can be reached from the initial one."""
        seen = {self.initial}
        frontier = [self.initial]
        while frontier:
            here = frontier.pop()
            for (source, _), target in self.edges.items():
                if source == here and target not in seen:
                    seen.add(target)
                    frontier.append(target)
        return frozenset(seen)

    def check(self, column: str) -> CheckConstraint:
        """A database constraint that admits the states of this table alone."""
        return one_of(column, self.states, name=f"{column}_known")

    def mermaid(self) -> str:
        """The diagram for the documentation."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.initial}"]
        lines += [f"    {a} --> {b}: {event}" for (a, event), b in self.edges.items()]
        return "\n".join(lines)


def one_of(column: str, values: Iterable[str], *, name: str) -> CheckConstraint:
    """A constraint that a text column holds one of these words."""
    words = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({words})", name=name)
