"""The state tables of attempts and refunds: every edge, every non-edge."""

from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.exc import DBAPIError

from payments.attempts.models import Attempt
from payments.attempts.states import ATTEMPT, AttemptEvent, AttemptState
from payments.refunds.models import Refund
from payments.refunds.states import REFUND, RefundEvent, RefundState
from payments.transitions import advance_attempt, advance_refund
from tests.payments.desk import Desk, scripted_of


@pytest.mark.parametrize("machine", [ATTEMPT, REFUND])
def test_every_state_can_be_reached(machine: Any) -> None:
    assert machine.reachable() == frozenset(machine.states)


def test_only_success_ends_an_attempt_for_good() -> None:
    for event in AttemptEvent:
        assert not ATTEMPT.allows(AttemptState.SUCCEEDED, event)
        for state in (AttemptState.FAILED, AttemptState.CANCELLED, AttemptState.EXPIRED):
            assert ATTEMPT.allows(state, event) == (event == AttemptEvent.SUCCEED)


@pytest.mark.parametrize("machine", [ATTEMPT, REFUND])
def test_an_event_leads_to_one_state(machine: Any) -> None:
    """What the conditional UPDATE relies on."""
    leads_to: dict[str, set[str]] = {}
    for (_, event), target in machine.edges.items():
        leads_to.setdefault(event, set()).add(target)
    assert all(len(targets) == 1 for targets in leads_to.values())


def test_attempts_move_along_their_edges_alone(desk: Desk) -> None:
    attempt_id = desk.start(desk.claim()).id
    for state in AttemptState:
        for event in AttemptEvent:
            with desk.payments.database.transaction() as session:
                _force(session, Attempt, attempt_id, state)
                attempt = session.get_one(Attempt, attempt_id, populate_existing=True)
                moved = advance_attempt(session, attempt, event)
                allowed = ATTEMPT.allows(state, event)
                assert moved == allowed
                assert attempt.state == (ATTEMPT.after(state, event) if allowed else state)


def test_refunds_move_along_their_edges_alone(desk: Desk) -> None:
    attempt = desk.start(desk.claim())
    scripted_of(desk).is_paid(attempt.id, 410)
    desk.ask(attempt)
    refund_id = desk.refund(attempt, 410).id
    for state in RefundState:
        for event in RefundEvent:
            with desk.payments.database.transaction() as session:
                _force(session, Refund, refund_id, state)
                refund = session.get_one(Refund, refund_id, populate_existing=True)
                moved = advance_refund(session, refund, event)
                allowed = REFUND.allows(state, event)
                assert moved == allowed
                assert refund.state == (REFUND.after(state, event) if allowed else state)


def test_the_database_knows_no_other_state(desk: Desk) -> None:
    attempt_id = desk.start(desk.claim()).id
    with pytest.raises(DBAPIError), desk.payments.database.transaction() as session:
        _force(session, Attempt, attempt_id, "settled")


def _force(session: Any, model: Any, row_id: str, state: str) -> None:
    session.execute(
        update(model)
        .where(model.id == row_id)
        .values(state=state)
        .execution_options(synchronize_session=False)
    )
