"""Several at the same application in the same moment, each with a connection of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from foundation.states import IllegalTransition
from payments.claims.models import ClaimState
from payments.claims.service import lock_claims_of
from portal.applications.actors import SYSTEM
from portal.applications.life import advance
from portal.applications.models import Application, DefinitionSnapshot
from portal.applications.states import Event, State
from portal.applications.submission import SUBJECT_PREFIX
from portal.office import service as office
from tests.applications.test_submission import REPORT
from tests.support.hall import CERTIFICATE, Hall

ROUNDS = 8


def at_once(*steps: Callable[[], object]) -> list[str]:
    """Run all steps at the same moment; the kinds of what they returned or met, in order."""
    start = Barrier(len(steps))

    def run(step: Callable[[], object]) -> str:
        start.wait(timeout=30)
        try:
            return type(step()).__name__
        except IllegalTransition as refused:
            return type(refused).__name__

    with ThreadPoolExecutor(len(steps)) as pool:
        return sorted(pool.map(run, steps))


def test_a_draft_sent_twice_is_claimed_once(hall: Hall) -> None:
    for key in [hall.begin(**CERTIFICATE) for _ in range(ROUNDS)]:
        send = partial(hall.submit, key)
        assert at_once(send, send) == ["IllegalTransition", "Submitted"]
        assert len(hall.claims(key)) == 1
    hall.check_ledger()


def test_the_first_two_of_a_version_keep_it_once(hall: Hall) -> None:
    for procedure in ("certificate", "report", "permit", "room"):
        assert at_once(*[partial(hall.begin, procedure)] * 3) == ["str"] * 3
    with hall.portal.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(DefinitionSnapshot)) == 4


def test_money_that_comes_while_it_is_withdrawn(hall: Hall) -> None:
    """Payments lock the claim and then the application; a withdrawal must not wait in a circle."""
    for _ in range(ROUNDS):
        key = hall.submitted(**CERTIFICATE)
        (claim,) = hall.claims(key)
        attempt = hall.start(claim)
        hall.card.is_paid(attempt, claim.amount)
        at_once(partial(hall.evidence, attempt), partial(hall.do, _withdrawal(hall, key)))
        assert hall.state(key) is State.WITHDRAWN
        assert [one.state for one in hall.claims(key)] == [ClaimState.CANCELLED]
        assert hall.standing(claim).excess == claim.amount
        assert [refund.amount for refund in hall.refunds() if refund.claim_id == claim.id] == [1010]
    hall.check_ledger()


def test_of_two_who_decide_the_second_is_told(hall: Hall) -> None:
    hall.employee("warm-up")
    for _ in range(ROUNDS):
        key = hall.submitted("report", **REPORT)
        hall.decide(key, office.take_up)
        outcomes = at_once(
            partial(hall.decide, key, office.approve, procedure=True),
            partial(hall.decide, key, partial(office.reject, reason="対象外です。")),
        )
        assert outcomes == ["IllegalTransition", "NoneType"]
        application = hall.application(key)
        # The loser leaves nothing behind, not even the reason.
        assert (application.state == State.REJECTED) == (application.reason is not None)


def _withdrawal(hall: Hall, key: str) -> Callable[[Session], object]:
    """As the page does it: the claims first, then the application."""

    def step(session: Session) -> object:
        lock_claims_of(session, SUBJECT_PREFIX + key)
        application = session.get_one(Application, key, with_for_update=True)
        return advance(
            session, hall.portal.events, application, Event.WITHDRAW, SYSTEM, now=hall.clock()
        )

    return step
