"""The only place where a state is written: along an edge of its table, by a conditional UPDATE."""

from typing import Any, TypeVar, cast

from sqlalchemy import CursorResult, update
from sqlalchemy.orm import Session

from foundation.states import StateMachine
from payments.attempts.models import Attempt
from payments.attempts.states import ATTEMPT, AttemptEvent
from payments.refunds.models import Refund
from payments.refunds.states import REFUND, RefundEvent

_Row = TypeVar("_Row", Attempt, Refund)


def advance_attempt(session: Session, attempt: Attempt, event: AttemptEvent, **values: Any) -> bool:
    """Follow the edge of this event, if the attempt is still where such an edge begins.

    Of several workers with the same evidence exactly one is told True. ``values`` are written with
    the state; the attempt is fresh afterwards in both cases.
    """
    return _advance(session, ATTEMPT, attempt, event, values)


def advance_refund(session: Session, refund: Refund, event: RefundEvent, **values: Any) -> bool:
    """The same for a refund."""
    return _advance(session, REFUND, refund, event, values)


def _advance(
    session: Session,
    machine: StateMachine[Any, Any],
    row: _Row,
    event: AttemptEvent | RefundEvent,
    values: dict[str, Any],
) -> bool:
    table = type(row)
    targets: dict[str, list[str]] = {}
    for (source, edge), target in machine.edges.items():
        if edge == event:
            targets.setdefault(target, []).append(source)
    # In both tables an event leads to one state, wherever it comes from.
    ((target, sources),) = targets.items()
    session.flush()
    result = cast(
        CursorResult[Any],
        session.execute(
            update(table)
            .where(table.id == row.id, table.state.in_(sources))
            .values(state=target, **values)
            .execution_options(synchronize_session=False)
        ),
    )
    session.refresh(row)
    return result.rowcount == 1
