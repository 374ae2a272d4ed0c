"""補正: a correction that raises the fee, lowers it, or moves it; only the difference is money."""

from datetime import timedelta
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from auth.staff.roles import StaffIdentity
from payments.context import Payments
from payments.refunds.models import Refund
from payments.refunds.service import approve, decline, submit
from portal.app import create_app
from portal.applications.deadlines import lapse_unpaid
from portal.applications.models import Application
from portal.applications.states import State
from portal.applications.submission import Submitted, due_lines
from portal.finance.refunds import SYSTEM
from portal.office import service as office
from tests.support.hall import CERTIFICATE, Hall


def _paid_and_returned(hall: Hall) -> str:
    key = hall.submitted(**CERTIFICATE)
    hall.pay(key)
    hall.returned(key)
    return key


def _amounts(hall: Hall, key: str) -> list[list[tuple[str, int]]]:
    return [[(line.label, line.amount) for line in claim.lines] for claim in hall.claims(key)]


def test_the_same_fee_again_costs_nothing(hall: Hall) -> None:
    key = _paid_and_returned(hall)
    hall.answer(key, email="hanako@example.com")
    assert hall.submit(key) == Submitted(State.IN_REVIEW)
    assert len(hall.claims(key)) == 1
    assert hall.refunds() == []


def test_a_higher_fee_claims_the_difference(hall: Hall) -> None:
    key = _paid_and_returned(hall)
    hall.answer(key, copies=5, express=True)
    assert hall.submit(key) == Submitted(State.AWAITING_PAYMENT)
    assert _amounts(hall, key)[1:] == [[("証明書", 600), ("郵便料金", 70), ("速達料金", 300)]]
    hall.pay(key)
    assert hall.state(key) is State.RECEIVED
    assert sum(claim.amount for claim in hall.claims(key)) == hall.price(key)
    hall.check_ledger()


def test_what_one_line_of_an_account_costs_less_pays_for_another(hall: Hall) -> None:
    key = hall.submitted(**{**CERTIFICATE, "copies": 4})
    hall.pay(key)
    hall.returned(key)
    hall.answer(key, copies=3, express=True)
    assert hall.submit(key) == Submitted(State.AWAITING_PAYMENT)
    # 180 yen of postage were paid, 110 and 300 are due: 230 more. The certificate is 300 less.
    assert _amounts(hall, key)[1:] == [[("速達料金", 230)]]
    assert [refund.amount for refund in hall.refunds()] == [300]


def test_a_lower_fee_is_due_back_once_a_person_agrees(hall: Hall) -> None:
    key = _paid_and_returned(hall)
    hall.answer(key, copies=2, post=False)
    assert hall.submit(key) == Submitted(State.IN_REVIEW)
    refunds = hall.refunds()
    assert sorted(refund.amount for refund in refunds) == [110, 300]
    assert {(refund.requested_by, refund.state) for refund in refunds} == {(SYSTEM, "requested")}
    (claim,) = hall.claims(key)
    assert hall.standing(claim).excess == 410
    for refund in refunds:
        hall.do(partial(approve, **_refund(hall, refund), approved_by="someone"))
        submit(hall.portal.payments, refund.id)
    stands = hall.standing(claim)
    assert (stands.excess, stands.refunded, stands.outstanding) == (0, 410, 0)
    hall.check_ledger()


def test_down_and_up_again_claims_what_was_given_back(hall: Hall) -> None:
    key = _paid_and_returned(hall)
    hall.answer(key, copies=1)
    hall.submit(key)
    for refund in hall.refunds():
        hall.do(partial(decline, **_refund(hall, refund), declined_by="someone", reason="直し中"))
    hall.decide(key, _send_back)
    hall.answer(key, copies=3)
    assert hall.submit(key) == Submitted(State.AWAITING_PAYMENT)
    assert _amounts(hall, key)[1:] == [[("証明書", 600)]]
    hall.check_ledger()


def test_down_twice_takes_from_the_latest_claim_first(hall: Hall) -> None:
    key = _paid_and_returned(hall)
    hall.answer(key, copies=4)
    hall.submit(key)
    hall.pay(key)
    hall.returned(key)
    for copies in (2, 1):
        hall.answer(key, copies=copies)
        assert hall.submit(key) == Submitted(State.IN_REVIEW)
        if copies == 2:
            hall.decide(key, _send_back)
    first, second = hall.claims(key)
    assert (hall.standing(first).excess, hall.standing(second).excess) == (600, 370)
    assert sum(refund.amount for refund in hall.refunds()) == 970
    hall.check_ledger()


def test_an_open_supplement_lapses_after_its_own_day_not_that_of_the_paid_claim(hall: Hall) -> None:
    key = _paid_and_returned(hall)
    hall.clock.advance(timedelta(days=30))
    hall.answer(key, copies=5)
    hall.submit(key)
    assert hall.state(key) is State.AWAITING_PAYMENT
    assert lapse_unpaid(hall.portal.payments) == 0
    hall.clock.advance(timedelta(days=15))
    assert lapse_unpaid(hall.portal.payments) == 1
    assert hall.state(key) is State.LAPSED
    assert [refund.amount for refund in hall.refunds()] == [1010]
    hall.check_ledger()


def test_nothing_is_due_between_equal_prices() -> None:
    price = {"lines": [{"id": "a", "label": "甲", "account": "fee", "amount": 300}]}
    assert due_lines(price, price) == []
    assert due_lines(None, None) == []
    assert [line.amount for line in due_lines(None, price)] == [300]


def test_what_was_put_right_is_not_told_as_a_new_application(hall: Hall) -> None:
    person = hall.resident()
    key = hall.begin(
        "license",
        person=person,
        owner={"family": "見本", "given": "花子"},
        kitchen=False,
        drawings="later",
    )
    hall.submit(key)
    client = create_app(portal=hall.portal).test_client()
    with client.session_transaction() as cookie:
        cookie["resident_id"] = person.id
    done = client.get(f"/applications/{key}?done=1").text
    assert "申請を受け付けました" in done
    assert "あとから出す書類があります" in done and "福祉課の窓口に出してください" in done
    hall.clock.advance(timedelta(minutes=1))
    hall.returned(key)
    hall.clock.advance(timedelta(minutes=1))
    hall.answer(key, drawings="now")
    hall.submit(key)
    done = client.get(f"/applications/{key}?done=1").text
    assert "直した内容を受け付けました" in done and "申請を受け付けました" not in done
    assert "あとから出す書類があります" not in done


def _refund(hall: Hall, refund: Refund) -> dict[str, Any]:
    return {"payments": hall.portal.payments, "refund_id": refund.id}


def _send_back(
    session: Session, payments: Payments, application: Application, person: StaffIdentity
) -> None:
    office.send_back(session, payments, application, person, "もう一度、直してください。")
