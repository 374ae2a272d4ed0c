"""減免: asked for with proof, granted by a second person, or refused with a reason."""

from functools import partial

import pytest
from sqlalchemy import select

from portal.applications.prices import price_of
from portal.applications.states import State
from portal.notices.models import Message
from portal.office import service
from portal.office.service import ReasonMissing, ReductionOpen, SecondPersonNeeded
from tests.support.hall import HANAKO, Hall

PROOF = [{"id": "1", "filename": "hogo.pdf", "size": 10, "media_type": "application/pdf"}]
ASKED = {"applicant": HANAKO, "welfare": True, "proof": PROOF}


def asked(hall: Hall, **answers: object) -> str:
    """An application that asks for the reduction, taken up by a case worker."""
    key = hall.begin("relief", hall.resident(), **{**ASKED, **answers})
    hall.submit(key)
    hall.decide(key, service.take_up, by="worker")
    return key


def claimed(hall: Hall, key: str) -> list[int]:
    return [claim.amount for claim in hall.claims(key)]


def told(hall: Hall, key: str) -> list[tuple[str, str]]:
    rows = select(Message.event, Message.text).where(Message.application_id == key)
    return [(event, text) for event, text in hall.see(lambda s: s.execute(rows).all())]


def test_what_is_asked_for_is_not_taken_off_yet(hall: Hall) -> None:
    price = price_of(hall.application(asked(hall)).price)
    assert (price.total, price.total_if_granted) == (3001, 1500)
    assert price.reduction is not None and price.reduction.state == "requested"


def test_granted_by_a_second_person_the_reduced_fee_is_claimed(hall: Hall) -> None:
    key = asked(hall)
    grant = partial(service.approve, reduction=True)
    with pytest.raises(SecondPersonNeeded):
        hall.decide(key, grant, by="worker", procedure=True)
    hall.decide(key, grant, procedure=True)
    assert claimed(hall, key) == [1500]
    price = price_of(hall.application(key).price)
    assert (price.total, price.full_total, price.off) == (1500, 3001, 1501)
    assert ("approve_reduced", "") in told(hall, key)
    hall.pay(key)
    hall.decide(key, service.complete)
    hall.check_ledger()


def test_refused_the_whole_fee_is_claimed_and_the_reason_told(hall: Hall) -> None:
    key = asked(hall)
    with pytest.raises(ReductionOpen):
        hall.decide(key, service.approve, procedure=True)
    with pytest.raises(ReasonMissing):
        hall.decide(key, partial(service.approve, reduction=False), procedure=True)
    assert (hall.state(key), claimed(hall, key)) == (State.IN_REVIEW, [])
    refuse = partial(service.approve, reduction=False, reason="証明書の期限が過ぎています。")
    hall.decide(key, refuse, by="worker", procedure=True)
    assert claimed(hall, key) == [3001]
    reduction = price_of(hall.application(key).price).reduction
    assert reduction is not None
    assert (reduction.state, reduction.reason) == ("refused", "証明書の期限が過ぎています。")
    assert ("approve_in_full", "証明書の期限が過ぎています。") in told(hall, key)


def test_without_proof_the_whole_fee_stands(hall: Hall) -> None:
    key = asked(hall, proof=[])
    price = price_of(hall.application(key).price)
    assert (price.total, price.reduction) == (3001, None)
    hall.decide(key, service.approve, procedure=True)
    assert claimed(hall, key) == [3001]
    assert ("approve", "") in told(hall, key)
