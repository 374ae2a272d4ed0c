"""Money that is not owed asks for its own refund: from the latest payment on, as far as it goes."""

from dataclasses import replace

import pytest

from auth.staff.roles import Role
from payments.attempts.models import Attempt
from payments.events import RefundReason
from payments.providers.base import RefundStatus
from payments.refunds.models import Refund
from payments.refunds.service import SamePerson, approve, submit
from payments.refunds.states import RefundState
from payments.till.service import take_cash
from portal.app import create_app
from portal.applications.states import Event
from portal.finance import queries
from portal.finance.refunds import REASONS, SYSTEM
from tests.support.hall import CERTIFICATE, TILL, Hall


def _cash(hall: Hall, key: str, amount: int) -> None:
    """Somebody pays a part in cash."""
    (claim,) = hall.claims(key)
    hall.do(
        lambda session: take_cash(
            session,
            hall.portal.payments,
            claim.id,
            tendered=1000,
            till=TILL,
            operator="clerk",
            amount=amount,
        )
    )


def _provider(hall: Hall, refund: Refund) -> str:
    return hall.see(lambda session: session.get_one(Attempt, refund.attempt_id).provider)


def test_every_reason_has_words() -> None:
    assert set(REASONS) == set(RefundReason)


def test_what_was_paid_in_parts_goes_back_in_parts(hall: Hall) -> None:
    key = hall.submitted(**CERTIFICATE)
    _cash(hall, key, 300)
    hall.pay(key)
    hall.advance(key, Event.WITHDRAW)
    by_provider = {_provider(hall, refund): refund.amount for refund in hall.refunds()}
    assert by_provider == {"stripe": 710, "cash": 300}
    with hall.portal.database.reading() as session:
        waiting, others = queries.refunds_by_turn(session)
        cash = queries.cash_refunds(session, waiting)
    assert (len(waiting), len(others), len(cash)) == (2, 0, 1)
    hall.check_ledger()


def test_a_correction_takes_from_the_latest_payment(hall: Hall) -> None:
    key = hall.submitted(**CERTIFICATE)
    _cash(hall, key, 100)
    hall.pay(key)
    hall.returned(key)
    hall.answer(key, copies=1, post=False)
    hall.submit(key)
    amounts = sorted(refund.amount for refund in hall.refunds())
    assert amounts == [110, 600]
    assert {_provider(hall, refund) for refund in hall.refunds()} == {"stripe"}


def test_anybody_of_finance_may_approve_what_the_system_asks_for(hall: Hall) -> None:
    key = hall.submitted(**CERTIFICATE)
    hall.pay(key)
    hall.advance(key, Event.WITHDRAW)
    (refund,) = hall.refunds()
    payments = hall.portal.payments
    with pytest.raises(SamePerson), payments.database.transaction() as session:
        approve(session, payments, refund.id, approved_by=SYSTEM)
    hall.do(lambda session: approve(session, payments, refund.id, approved_by="boss"))
    hall.check_ledger()


def test_another_amount_than_asked_waits_for_somebody(hall: Hall) -> None:
    key = hall.submitted(**CERTIFICATE)
    hall.pay(key)
    hall.advance(key, Event.WITHDRAW)
    (asked,) = hall.refunds()
    payments = hall.portal.payments
    hall.do(lambda session: approve(session, payments, asked.id, approved_by="boss"))
    hall.card.refund_outcome = RefundStatus.PENDING
    submit(payments, asked.id)
    assert hall.see(queries.refunds_by_turn)[0] == []
    hall.card.refunds[asked.id] = replace(
        hall.card.refunds[asked.id], status=RefundStatus.SUCCEEDED, amount=1000
    )
    submit(payments, asked.id)
    waiting, others = hall.see(queries.refunds_by_turn)
    assert [(one.id, one.state) for one in waiting] == [(asked.id, RefundState.SUBMITTED)]
    assert others == []
    client = create_app(portal=hall.portal).test_client()
    with client.session_transaction() as cookie:
        cookie["staff_id"] = hall.employee("finance", (Role.FINANCE, None)).id
    assert "1000 JPY" in client.get("/finance/refunds").text
