"""減免: asked for with proof, granted by a second person, or refused with a reason."""

import re
from functools import partial

import pytest
from sqlalchemy import select

from auth.staff.roles import Role
from portal.app import create_app
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


def test_the_page_of_the_case_shows_the_ground_and_asks_for_the_decision(hall: Hall) -> None:
    key = asked(hall)
    client = create_app(portal=hall.portal).test_client()
    hall.employee("chief", (Role.DECISION_MAKER, None))
    with client.session_transaction() as cookie:
        cookie["staff_id"] = hall.staff["chief"].id
    case = f"/office/applications/{key}"
    page = client.get(case).text
    for words in (
        "減免：生活保護を受けている方",
        "認める（1,500円を請求）",
        "認めない（3,001円を請求）",
    ):
        assert words in page
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)

    def decide(**form: str) -> str:
        data = {**form, "csrf_token": token[1] if token else ""}
        return client.post(f"{case}/approve", data=data, follow_redirects=True).text

    assert "減免を認めるかどうかを選んでください。" in decide()
    assert "申請者に伝える理由を書いてください。" in decide(reduction="refuse", reason=" ")
    refused = decide(reduction="refuse", reason="期限が過ぎています。")
    assert "減免（生活保護を受けている方）は認められませんでした。" in refused
    assert claimed(hall, key) == [3001]


def test_one_person_alone_grants_nothing(hall: Hall) -> None:
    key = asked(hall)
    client = create_app(portal=hall.portal).test_client()
    with client.session_transaction() as cookie:
        cookie["staff_id"] = hall.staff["worker"].id
    case = f"/office/applications/{key}"
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(case).text)
    data = {"reduction": "grant", "csrf_token": token[1] if token else ""}
    told_ = client.post(f"{case}/approve", data=data, follow_redirects=True).text
    assert "別の決裁者が認めます" in told_
    assert hall.state(key) is State.IN_REVIEW
