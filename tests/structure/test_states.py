"""The life of each thing is one table: complete, reachable, and what the database admits."""

import importlib
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import CheckConstraint

from foundation.states import IllegalTransition, StateMachine
from portal.schema import metadata

ROOT = Path(__file__).resolve().parents[2]


def _machines() -> Iterator[StateMachine[Any, Any]]:
    for package in ("auth", "payments", "portal"):
        for path in sorted((ROOT / package).rglob("states.py")):
            dotted = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            for value in vars(importlib.import_module(dotted)).values():
                if isinstance(value, StateMachine):
                    yield value


MACHINES = list(_machines())


def _events(machine: StateMachine[Any, Any]) -> set[StrEnum]:
    """All events of the kind that the table's edges carry."""
    return {event for _, first in machine.edges for event in type(first)}


def _id(machine: StateMachine[Any, Any]) -> str:
    return machine.name


def test_there_are_machines() -> None:
    assert len({machine.name for machine in MACHINES}) == len(MACHINES) > 0


@pytest.mark.parametrize("machine", MACHINES, ids=_id)
def test_every_state_is_reachable(machine: StateMachine[Any, Any]) -> None:
    states: type[StrEnum] = machine.states
    assert machine.reachable() == set(states)


@pytest.mark.parametrize("machine", MACHINES, ids=_id)
def test_every_event_has_an_edge(machine: StateMachine[Any, Any]) -> None:
    assert {event for _, event in machine.edges} == _events(machine)


@pytest.mark.parametrize("machine", MACHINES, ids=_id)
def test_every_pair_is_an_edge_or_refused(machine: StateMachine[Any, Any]) -> None:
    for state in machine.states:
        for event in _events(machine):
            if machine.allows(state, event):
                assert machine.after(state, event) in machine.states
            else:
                with pytest.raises(IllegalTransition):
                    machine.after(state, event)


@pytest.mark.parametrize("machine", MACHINES, ids=_id)
def test_a_table_of_the_database_admits_its_states(machine: StateMachine[Any, Any]) -> None:
    wanted = str(machine.check("state").sqltext)
    constraints = {
        str(constraint.sqltext)
        for table in metadata().tables.values()
        for constraint in table.constraints
        if isinstance(constraint, CheckConstraint)
    }
    assert wanted in constraints
