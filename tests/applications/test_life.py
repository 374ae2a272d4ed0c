"""Whatever happens to an application, in whatever order: its money is where its state says."""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from payments.claims.models import ClaimState
from payments.claims.service import Standing
from payments.ledger.service import total
from payments.providers.base import EvidenceStatus
from payments.refunds.service import approve, submit
from payments.refunds.states import RefundState
from portal.applications.deadlines import lapse_unpaid
from portal.applications.states import EDITABLE, MACHINE, WITH_OFFICE, Event, State
from portal.office import service as office
from tests.support.hall import CERTIFICATE, Hall

GIVEN_UP = (State.WITHDRAWN, State.LAPSED)
REASON = "直してください。"


class Life(RuleBasedStateMachine):
    """One application, with everybody who can do something to it."""

    def __init__(self, hall: Hall) -> None:
        super().__init__()
        self.hall = hall
        self.key = ""
        self.attempts: list[str] = []

    @property
    def state(self) -> State:
        return self.hall.state(self.key)

    def may(self, *events: Event) -> bool:
        return bool(self.key) and any(MACHINE.allows(self.state, event) for event in events)

    def standings(self) -> Sequence[Standing]:
        return [self.hall.standing(claim) for claim in self.hall.claims(self.key)]

    @initialize(copies=st.integers(1, 10), post=st.booleans())
    def begin(self, copies: int, post: bool) -> None:
        self.key = self.hall.begin(**{**CERTIFICATE, "copies": copies, "post": post})

    @precondition(lambda self: self.key and self.state in EDITABLE)
    @rule(copies=st.integers(1, 10), post=st.booleans(), express=st.booleans())
    def answer(self, copies: int, post: bool, express: bool) -> None:
        self.hall.answer(self.key, copies=copies, post=post, express=express)

    @precondition(lambda self: self.key and self.state in EDITABLE)
    @rule()
    def send(self) -> None:
        self.hall.submit(self.key)

    @precondition(lambda self: self.may(Event.PAID))
    @rule()
    def go_to_the_payment_page(self) -> None:
        for claim in self.hall.claims(self.key):
            if self.hall.standing(claim).outstanding > 0:
                self.attempts.append(self.hall.start(claim))

    @precondition(lambda self: self.attempts)
    @rule(data=st.data())
    def pay(self, data: st.DataObject) -> None:
        """Whenever the payer does: also late, and also twice."""
        attempt = data.draw(st.sampled_from(self.attempts))
        if self.hall.card.truth[attempt].status != EvidenceStatus.SUCCEEDED:
            self.hall.card_pays(attempt)
        self.hall.evidence(attempt)

    @precondition(lambda self: self.attempts)
    @rule(data=st.data())
    def payment_fails(self, data: st.DataObject) -> None:
        attempt = data.draw(st.sampled_from(self.attempts))
        if self.hall.card.truth[attempt].status == EvidenceStatus.PENDING:
            self.hall.card.says(attempt, EvidenceStatus.FAILED)
        self.hall.evidence(attempt)

    @precondition(lambda self: self.may(Event.OPEN))
    @rule()
    def take_up(self) -> None:
        self.hall.decide(self.key, office.take_up)

    @precondition(lambda self: self.may(Event.RETURN))
    @rule()
    def send_back(self) -> None:
        self.hall.decide(self.key, partial(office.send_back, reason=REASON))

    @precondition(lambda self: self.may(Event.APPROVE))
    @rule()
    def approve(self) -> None:
        self.hall.decide(self.key, office.approve, procedure=True)

    @precondition(lambda self: self.may(Event.REJECT))
    @rule()
    def reject(self) -> None:
        self.hall.decide(self.key, partial(office.reject, reason=REASON))

    @precondition(lambda self: self.may(Event.COMPLETE))
    @rule()
    def complete(self) -> None:
        self.hall.decide(self.key, office.complete)

    @precondition(lambda self: self.may(Event.WITHDRAW))
    @rule()
    def withdraw(self) -> None:
        self.hall.advance(self.key, Event.WITHDRAW)

    @rule(days=st.integers(1, 16))
    def time_passes(self, days: int) -> None:
        self.hall.clock.advance(timedelta(days=days))
        lapse_unpaid(self.hall.portal.payments)

    @rule()
    def finance_gives_back_what_is_due(self) -> None:
        payments = self.hall.portal.payments
        for refund in self.hall.refunds():
            if refund.state == RefundState.REQUESTED:
                yes = partial(approve, payments=payments, refund_id=refund.id, approved_by="boss")
                self.hall.do(yes)
                submit(payments, refund.id)

    @invariant()
    def money_is_where_the_state_says(self) -> None:
        if not self.key:
            return
        application = self.hall.application(self.key)
        claims, stands = self.hall.claims(self.key), self.standings()
        owed = sum(one.outstanding for one in stands)
        #: what the city has of this person, and has not promised to give back
        kept = sum(one.refundable for one in stands)
        price = application.price["total"] if application.price else 0
        if application.state in GIVEN_UP:
            assert all(claim.state == ClaimState.CANCELLED for claim in claims)
            assert (owed, kept) == (0, 0)
        elif application.state == State.AWAITING_PAYMENT:
            assert owed > 0
            assert kept + owed == price
        elif application.state in WITH_OFFICE:
            assert owed == 0
            assert kept == price
        else:
            assert (claims, application.price) == ([], None)
        with self.hall.portal.database.reading() as session:
            assert total(session) == 0

    def teardown(self) -> None:
        self.hall.check_ledger()


def test_the_life_of_an_application(hall: Hall) -> None:
    run_state_machine_as_test(
        lambda: Life(hall),  # type: ignore[arg-type]
        settings=settings(
            max_examples=12,
            stateful_step_count=20,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
