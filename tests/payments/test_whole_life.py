"""Random lives of claims, attempts and refunds: after every step the books agree with the facts.

The model is a few sums kept by the test; the books are the ledger and the computed standing.
"""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    MultipleResults,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from foundation.database import Database
from payments.attempts.models import Attempt
from payments.attempts.service import NothingOutstanding
from payments.attempts.states import AttemptState
from payments.attempts.sweeper import sweep
from payments.claims.models import Claim
from payments.claims.service import cancel_claim
from payments.claims.standing import StandingState
from payments.events import ClaimSettled, RefundSettled
from payments.providers.base import (
    EvidenceStatus,
    Method,
    ProviderUnavailable,
    RefundStatus,
)
from payments.refunds.models import Refund
from payments.refunds.service import (
    NotRefundable,
    approve,
    decline,
    refundable,
    submit,
)
from payments.refunds.states import RefundState
from tests.payments.desk import Desk, make_desk, scripted_of
from tests.payments.scripted import ScriptedProvider
from tests.support.clock import FixedClock
from tests.support.postgres import Cluster

ENDINGS = (EvidenceStatus.FAILED, EvidenceStatus.CANCELLED, EvidenceStatus.EXPIRED)


class WholeLife(RuleBasedStateMachine):
    """One claim of 410 yen, and whatever can happen to it."""

    #: makes an empty database with all tables; set by the tests below
    fresh: ClassVar[Callable[[], Database]]

    attempts: Bundle[str] = Bundle("attempts")
    refunds: Bundle[str] = Bundle("refunds")

    @initialize()
    def begin(self) -> None:
        self.database = type(self).fresh()
        self.clock = FixedClock()
        self.desk: Desk = make_desk(
            self.database,
            self.clock,
            ScriptedProvider(),
            ScriptedProvider(name="paypay", method=Method.QR, merchant="paypay-merchant"),
        )
        self.claim = self.desk.claim()
        self.cancelled = False
        self.taken_back = 0
        self.started = 0

    def teardown(self) -> None:
        if hasattr(self, "database"):
            self.database.dispose()

    # Few attempts, so that much happens to each.
    @precondition(lambda self: self.started < 4)
    @rule(
        target=attempts,
        provider=st.sampled_from(["stripe", "paypay"]),
        lost=st.booleans(),
        paid=st.booleans(),
    )
    def start(self, provider: str, lost: bool, paid: bool) -> str | MultipleResults[str]:
        scripted = scripted_of(self.desk, provider)
        scripted.loses_answers = lost
        # Another time, another attempt: the one before has lapsed for the payer.
        self.clock.advance(timedelta(minutes=31))
        try:
            self.desk.start(self.claim, provider)
        except NothingOutstanding:
            return multiple()
        except ProviderUnavailable:
            assert lost
        finally:
            scripted.loses_answers = False
        with self.database.reading() as session:
            newest = session.scalars(select(Attempt.id).order_by(Attempt.id.desc())).first()
        assert newest is not None
        self.started += 1
        if paid:
            self.pay(newest)
        return newest

    @rule(attempt_id=attempts)
    def payer_pays(self, attempt_id: str) -> None:
        self.pay(attempt_id)

    def pay(self, attempt_id: str) -> None:
        attempt = self.desk.get(Attempt, attempt_id)
        scripted = scripted_of(self.desk, attempt.provider)
        if scripted.truth[attempt_id].amount is None:
            scripted.is_paid(attempt_id, attempt.amount)

    @rule(attempt_id=attempts, ending=st.sampled_from(ENDINGS))
    def end(self, attempt_id: str, ending: EvidenceStatus) -> None:
        scripted = scripted_of(self.desk, self.desk.get(Attempt, attempt_id).provider)
        if scripted.truth[attempt_id].amount is None:
            scripted.says(attempt_id, ending)

    @rule(attempt_id=attempts)
    def somebody_asks(self, attempt_id: str) -> None:
        self.ask(attempt_id)

    def ask(self, attempt_id: str) -> None:
        self.desk.ask(self.desk.get(Attempt, attempt_id))

    @rule(attempt_id=attempts, amount=st.integers(1, 410))
    def take_back(self, attempt_id: str, amount: int) -> None:
        """The provider gives money back on its own, and tells us when asked.

        While a refund of ours is on its way, nobody can tell the two apart by their sum; it is
        booked once that refund has ended.
        """
        attempt = self.desk.get(Attempt, attempt_id)
        with self.database.reading() as session:
            left = refundable(session, attempt_id)
            on_its_way = session.scalars(
                select(Refund.id).where(
                    Refund.attempt_id == attempt_id, Refund.state == RefundState.SUBMITTED
                )
            ).first()
        if attempt.state == AttemptState.SUCCEEDED and amount <= left and on_its_way is None:
            scripted_of(self.desk, attempt.provider).gives_back(attempt_id, amount)
            self.taken_back += amount
            self.desk.ask(attempt)

    @rule(
        target=refunds,
        attempt_id=attempts,
        amount=st.integers(1, 410),
        approved=st.booleans(),
    )
    def request_refund(
        self, attempt_id: str, amount: int, approved: bool
    ) -> str | MultipleResults[str]:
        attempt = self.desk.ask(self.desk.get(Attempt, attempt_id))
        try:
            with self.database.transaction() as session:
                refund_id = self.desk.ask_for_refund(session, attempt, amount).id
        except NotRefundable:
            return multiple()
        if approved:
            self.decide(refund_id, True)
        return refund_id

    @rule(refund_id=refunds, yes=st.booleans())
    def second_person_decides(self, refund_id: str, yes: bool) -> None:
        self.decide(refund_id, yes)

    def decide(self, refund_id: str, yes: bool) -> None:
        if self.desk.get(Refund, refund_id).state != RefundState.REQUESTED:
            return
        with self.database.transaction() as session:
            if yes:
                approve(session, self.desk.payments, refund_id, approved_by="second")
            else:
                decline(session, self.desk.payments, refund_id, declined_by="second", reason="")

    @rule(
        refund_id=refunds,
        outcome=st.sampled_from([status for status in RefundStatus if status != "not_found"]),
        lost=st.booleans(),
    )
    def submit(self, refund_id: str, outcome: RefundStatus, lost: bool) -> None:
        refund = self.desk.get(Refund, refund_id)
        scripted = scripted_of(self.desk, self.desk.get(Attempt, refund.attempt_id).provider)
        scripted.refund_outcome, scripted.loses_answers = outcome, lost
        try:
            submit(self.desk.payments, refund_id)
        except ProviderUnavailable:
            assert self.desk.get(Refund, refund_id).state == RefundState.SUBMITTED
        finally:
            scripted.loses_answers = False
        # As the provider's notification makes us do.
        self.ask(refund.attempt_id)

    @rule(refund_id=refunds, outcome=st.sampled_from([RefundStatus.SUCCEEDED, RefundStatus.FAILED]))
    def a_pending_refund_ends(self, refund_id: str, outcome: RefundStatus) -> None:
        refund = self.desk.get(Refund, refund_id)
        scripted = scripted_of(self.desk, self.desk.get(Attempt, refund.attempt_id).provider)
        known = scripted.refunds.get(refund_id)
        if known is not None and known.status == RefundStatus.PENDING:
            scripted.refunds[refund_id] = replace(known, status=outcome)
            if outcome == RefundStatus.SUCCEEDED:
                scripted.gives_back(refund.attempt_id, refund.amount)

    @precondition(lambda self: self.started > 1 and not self.cancelled)
    @rule()
    def cancel(self) -> None:
        with self.database.transaction() as session:
            cancel_claim(
                session,
                self.desk.payments,
                self.claim.id,
                reason="取下げ",
                now=self.clock(),
            )
        self.cancelled = True

    @rule(minutes=st.sampled_from([1, 20, 400]))
    def sweep(self, minutes: int) -> None:
        self.clock.advance(timedelta(minutes=minutes))
        sweep(self.desk.payments)

    @invariant()
    def the_books_agree_with_the_facts(self) -> None:
        if not hasattr(self, "desk"):
            return
        self.desk.check_ledger()
        stands = self.desk.standing(self.claim)
        with self.database.reading() as session:
            attempts = session.scalars(select(Attempt)).all()
            refunds = session.scalars(select(Refund)).all()
            claim = session.get_one(Claim, self.claim.id)
        came = sum(a.amount for a in attempts if a.state == AttemptState.SUCCEEDED)
        went = sum(r.amount for r in refunds if r.state == RefundState.SUCCEEDED)
        asked = sum(r.amount for r in refunds if r.state in ("requested", "approved", "submitted"))
        assert stands.paid == came - self.taken_back
        assert stands.refunded == went == sum(e.amount for e in self.desk.heard(RefundSettled))
        assert stands.refunding == asked
        assert stands.refundable == came - self.taken_back - went - asked >= 0
        balances = self.desk.balances(self.claim)
        assert balances.get("clearing:stripe", 0) + balances.get("clearing:paypay", 0) == (
            came - self.taken_back - went
        )
        owed = sum(r.amount for r in refunds if r.state in ("approved", "submitted"))
        assert balances.get("refunds-payable", 0) == -owed
        assert 0 <= stands.outstanding <= claim.amount
        assert stands.excess >= 0
        assert (stands.state == StandingState.CANCELLED) == self.cancelled
        if self.cancelled:
            assert stands.outstanding == 0
            assert all(not account.startswith("rev") for account in balances)
        if came and not self.cancelled:
            assert self.desk.heard(ClaimSettled)


def test_whole_lives_on_sqlite(sqlite_template: Path, tmp_path: Path) -> None:
    numbers = count()

    def fresh() -> Database:
        path = tmp_path / f"{next(numbers)}.sqlite"
        shutil.copyfile(sqlite_template, path)
        return Database(f"sqlite:///{path}")

    live(fresh, examples=30)


@pytest.mark.postgres
def test_whole_lives_on_postgres(postgres: Cluster, postgres_template: str) -> None:
    live(lambda: Database(postgres.url(postgres.create(template=postgres_template))), examples=5)


def live(fresh: Callable[[], Database], *, examples: int) -> None:
    WholeLife.fresh = staticmethod(fresh)
    run_state_machine_as_test(
        WholeLife, settings=settings(max_examples=examples, stateful_step_count=30, deadline=None)
    )
