"""What the tests of payments do over and over, in the words of the office."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from foundation.database import Database
from foundation.events import Events
from payments.attempts.models import Attempt, EvidenceSource
from payments.attempts.service import gather_evidence, start
from payments.claims.models import Claim
from payments.claims.service import LineDraft, open_claim
from payments.claims.standing import Standing, standing
from payments.context import Payments, RevenueAccount
from payments.events import AttemptEnded, ClaimSettled, RefundDue, RefundSettled
from payments.ledger.service import claim_balances, total, verify
from payments.providers.base import Channel, Provider
from payments.refunds.models import Refund
from payments.refunds.service import approve, refundable, request
from tests.payments.scripted import ScriptedProvider
from tests.support.clock import FixedClock

T = TypeVar("T")

ACCOUNTS = {
    code: RevenueAccount(code, title, "使用料及び手数料", "手数料", "総務手数料", title)
    for code, title in (("certificate-fee", "証明手数料"), ("postage", "郵送料"))
}

#: 410 yen: a certificate and its postage.
LINES = (
    LineDraft("certificate-fee", "住民票の写し", 300),
    LineDraft("postage", "郵送料", 110),
)


@dataclass
class Desk:
    """Payments with one or more providers, and everything that they announced."""

    payments: Payments
    announced: list[Any] = field(default_factory=list)

    def __post_init__(self) -> None:
        for kind in (ClaimSettled, AttemptEnded, RefundDue, RefundSettled):
            self.payments.events.subscribe(kind, self._hear)

    def claim(self, lines: Sequence[LineDraft] = LINES) -> Claim:
        with self.payments.database.transaction() as session:
            return open_claim(
                session,
                self.payments,
                subject="application:1",
                title="住民票の写しの交付請求",
                payer_name="見本 花子",
                lines=lines,
                due_on=date(2026, 6, 30),
                now=self.payments.clock(),
            )

    def start(self, claim: Claim, provider: str = "stripe") -> Attempt:
        return start(
            self.payments,
            claim.id,
            provider=provider,
            channel=Channel.ONLINE,
            return_url="http://127.0.0.1/back",
        )

    def ask(self, attempt: Attempt) -> Attempt:
        return gather_evidence(self.payments, attempt.id, EvidenceSource.POLLER)

    def standing(self, claim: Claim) -> Standing:
        with self.payments.database.reading() as session:
            return standing(session, claim.id)

    def balances(self, claim: Claim) -> dict[str, int]:
        """What the claim has on each account; accounts at zero are left out."""
        with self.payments.database.reading() as session:
            found = claim_balances(session, [claim.id])[claim.id]
        return {account: yen for account, yen in found.items() if yen}

    def get(self, model: type[T], row_id: str) -> T:
        with self.payments.database.reading() as session:
            return session.get_one(model, row_id)

    def refund(self, attempt: Attempt, amount: int) -> Refund:
        """A refund that the second person has approved; the worker has not seen it yet."""
        with self.payments.database.transaction() as session:
            made = self.ask_for_refund(session, attempt, amount)
            return approve(session, self.payments, made.id, approved_by="second")

    def ask_for_refund(self, session: Session, attempt: Attempt, amount: int) -> Refund:
        return request(
            session,
            self.payments,
            attempt_id=attempt.id,
            amount=amount,
            reason="二重納付のため",
            requested_by="first",
            expected_refundable=refundable(session, attempt.id),
        )

    def heard(self, kind: type[T]) -> list[T]:
        return [event for event in self.announced if isinstance(event, kind)]

    def check_ledger(self) -> None:
        """What has to be true at every moment."""
        with self.payments.database.reading() as session:
            assert total(session) == 0
            assert verify(session).problems == ()

    def _hear(self, _session: Session, event: object) -> None:
        self.announced.append(event)


def make_desk(database: Database, clock: FixedClock, *providers: Provider) -> Desk:
    """A desk with these providers."""
    return Desk(
        Payments(
            database,
            clock,
            Events(),
            {provider.name: provider for provider in providers},
            ACCOUNTS,
        )
    )


def scripted_of(desk: Desk, name: str = "stripe") -> ScriptedProvider:
    """The scripted provider of a desk."""
    provider = desk.payments.providers[name]
    assert isinstance(provider, ScriptedProvider)
    return provider
