"""Taking cash, giving it back, and counting the drawer."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from payments.attempts.models import Attempt
from payments.context import Payments
from payments.refunds.models import Refund
from payments.till.models import Till, TillCount


@dataclass(frozen=True)
class CashTaken:
    """A cash payment that is booked, and the change to hand back, yen."""

    attempt: Attempt
    change: int


class UnknownTill(LookupError):
    """There is no such drawer."""


class TenderedTooLittle(ValueError):
    """Less was handed over than is to be paid."""


def ensure_till(session: Session, till_id: str, place: str) -> Till:
    """The drawer with this id; made where it is new, its place brought up to date."""
    raise NotImplementedError


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
    raise NotImplementedError


def pay_out(
    session: Session, payments: Payments, refund_id: str, *, till: str, operator: str
) -> Refund:
    """Hand an approved refund of a cash payment back out of a drawer.

    Raises UnknownRefund, UnknownTill, NotCash, IllegalTransition.
    """
    raise NotImplementedError


def drawer(session: Session, till_id: str) -> int:
    """Yen that should be in the drawer. Raises UnknownTill."""
    raise NotImplementedError


def count(
    session: Session, payments: Payments, till_id: str, *, counted: int, counted_by: str
) -> TillCount:
    """Write down what was counted beside what should be there. Raises UnknownTill."""
    raise NotImplementedError
