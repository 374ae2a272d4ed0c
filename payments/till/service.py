"""Taking cash, giving it back, and counting the drawer."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from foundation.clock import jst_date
from foundation.ids import new_id
from foundation.states import IllegalTransition
from payments.attempts.booking import book_payment
from payments.attempts.models import CASH, Attempt
from payments.attempts.service import owed
from payments.attempts.states import AttemptEvent, AttemptState
from payments.claims.entries import book
from payments.claims.service import lock_claim
from payments.context import Payments
from payments.events import AttemptEnded, RefundSettled
from payments.ledger.models import Posting
from payments.ledger.rules import REFUND_PAID_CASH, till_account
from payments.ledger.service import Amount, Cause
from payments.providers.base import Channel, Method
from payments.refunds.models import Refund
from payments.refunds.service import lock_refund
from payments.refunds.states import REFUND, RefundEvent, RefundState
from payments.till.models import Till, TillCount
from payments.transitions import advance_attempt, advance_refund


@dataclass(frozen=True)
class CashTaken:
    """A cash payment that is booked, and the change to hand back, yen."""

    attempt: Attempt
    change: int


class UnknownTill(LookupError):
    """There is no such drawer."""


class TenderedTooLittle(ValueError):
    """Less was handed over than is to be paid."""


class NotCash(ValueError):
    """What was paid through a provider is refunded through it, not out of a drawer."""


def ensure_till(session: Session, till_id: str, place: str) -> Till:
    """The drawer with this id; made where it is new, its place brought up to date."""
    till = session.get(Till, till_id)
    if till is None:
        till = Till(id=till_id, place=place)
        session.add(till)
    till.place = place
    session.flush()
    return till


def take_cash(
    session: Session,
    payments: Payments,
    claim_id: str,
    *,
    tendered: int,
    till: str,
    operator: str,
    amount: int | None = None,
) -> CashTaken:
    """現金収納: what is outstanding (or ``amount`` yen of it) is paid out of what was handed over.

    Raises UnknownClaim, UnknownTill, NothingOutstanding, AmountNotOwed, TenderedTooLittle.
    """
    _get(session, till)
    claim = lock_claim(session, claim_id)
    yen = owed(session, claim_id, amount)
    if tendered < yen:
        raise TenderedTooLittle(f"{tendered} yen of {yen}")
    now = payments.clock()
    attempt_id = new_id()
    attempt = Attempt(
        id=attempt_id,
        claim_id=claim_id,
        provider=CASH,
        method=Method.CASH,
        channel=Channel.COUNTER,
        state=AttemptState.CREATED,
        amount=yen,
        idempotency_key=f"attempt-{attempt_id}",
        operator=operator,
        till_id=till,
        created_at=now,
    )
    session.add(attempt)
    advance_attempt(
        session,
        attempt,
        AttemptEvent.SUCCEED,
        ended_at=now,
        succeeded_at=now,
        transaction_id=attempt_id,
    )
    book_payment(session, payments, claim, attempt, transaction_id=attempt_id, entrusted_at=now)
    payments.events.announce(
        session, AttemptEnded(attempt.id, claim.id, claim.subject, AttemptState.SUCCEEDED)
    )
    return CashTaken(attempt, tendered - yen)


def pay_out(
    session: Session, payments: Payments, refund_id: str, *, till: str, operator: str
) -> Refund:
    """Hand an approved refund of a cash payment back out of a drawer.

    Raises UnknownRefund, UnknownTill, NotCash, IllegalTransition.
    """
    _get(session, till)
    claim, refund = lock_refund(session, refund_id)
    if session.get_one(Attempt, refund.attempt_id).provider != CASH:
        raise NotCash(refund_id)
    now = payments.clock()
    before = RefundState(refund.state)
    if not advance_refund(session, refund, RefundEvent.SUBMIT, submitted_at=now, till_id=till):
        raise IllegalTransition(REFUND.name, before, RefundEvent.SUBMIT)
    advance_refund(session, refund, RefundEvent.SUCCEED, ended_at=now)
    book(
        session,
        claim,
        REFUND_PAID_CASH,
        [Amount(refund.amount, till=till)],
        cause=Cause("refund", refund.id),
        at=now,
        note=f"{refund.reason} ({operator})",
    )
    payments.events.announce(
        session, RefundSettled(refund.id, claim.id, claim.subject, refund.amount)
    )
    return refund


def drawer(session: Session, till_id: str) -> int:
    """Yen that should be in the drawer. Raises UnknownTill."""
    _get(session, till_id)
    query = select(func.coalesce(func.sum(Posting.amount), 0)).where(
        Posting.account == till_account(till_id)
    )
    return int(session.scalar(query) or 0)


def count(
    session: Session, payments: Payments, till_id: str, *, counted: int, counted_by: str
) -> TillCount:
    """Write down what was counted beside what should be there. Raises UnknownTill."""
    expected = drawer(session, till_id)
    now = payments.clock()
    made = TillCount(
        till_id=till_id,
        day=jst_date(now),
        counted=counted,
        expected=expected,
        counted_by=counted_by,
        counted_at=now,
    )
    session.add(made)
    session.flush()
    return made


def _get(session: Session, till_id: str) -> Till:
    till = session.get(Till, till_id)
    if till is None:
        raise UnknownTill(till_id)
    return till
