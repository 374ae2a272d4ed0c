"""Every page can be read in English: walked as each kind of user, with all that can be said on it.

The reader of ``tests.translations.reader`` fails at the first Japanese word that is no data.
"""

from io import BytesIO
from typing import TypeVar, cast

import pytest
from openpyxl import load_workbook
from sqlalchemy import Select, select

from payments.attempts.models import Attempt
from payments.claims.models import Claim
from payments.reconciliation.models import SettlementFile
from payments.refunds.models import Refund
from portal.applications.models import Application
from portal.applications.service import context_of
from portal.applications.submission import subject_of
from portal.context import Portal
from portal.forms import Procedure
from portal.forms.reception import reception_at
from tests.forms_defs.complete_answers import ANSWERS
from tests.support.clock import FixedClock
from tests.translations.conftest import Readers
from tests.translations.reader import Reader, japanese_in

Model = TypeVar("Model")
CERTIFICATE = "certificates.residence-record"
NURSERY = "childcare.nursery"
#: A file of PayPay: one line cannot be read, the other is about a payment that nobody knows.
PAYPAY = (
    "取引ステータス,取引日時,取引金額,加盟店決済ID,決済番号,支払い方法\n"
    "取引完了,yesterday,300,x,1,PayPay\n"
    "取引完了,2026/06/03 10:00:00,300,unknown,2,PayPay\n"
)


def _filled(portal: Portal, reader: Reader, procedure: str) -> Application:
    """An application that was begun and has every answer."""
    clock = cast(FixedClock, portal.clock)
    usual = clock()
    reception = portal.catalogue.procedures[procedure].definition.reception
    clock.set(reception_at(reception, usual, of_city=True).opens or usual)
    page = reader.send("/applications/", procedure=procedure)
    clock.set(usual)
    with portal.database.transaction() as session:
        application = session.get_one(Application, page.path.split("/")[2])
        application.answers = dict(ANSWERS[procedure])
    return application


def _sections(procedure: Procedure, application: Application, portal: Portal) -> list[str]:
    context = context_of(application, portal.clock())
    return [state.id for state in procedure.journey(application.answers, context).sections]


def _one(portal: Portal, query: Select[tuple[Model]]) -> Model:
    with portal.database.reading() as session:
        return session.scalars(query).one()


def test_what_everybody_sees(portal: Portal, readers: Readers) -> None:
    guest = readers.guest()
    assert "What do you want to do?" in guest.open("/").text
    for address in ("/search", "/search?q=犬", "/search?q=xyzzy", "/facilities/", "/sign-in"):
        guest.open(address)
    for event in portal.catalogue.life_events:
        guest.open(f"/life-events/{event.id}")
    for procedure in portal.catalogue.procedures:
        guest.open(f"/procedures/{procedure}")
    for facility in portal.catalogue.facilities.values():
        guest.open(f"/facilities/{facility.id}")
        for room in facility.rooms:
            guest.open(f"/facilities/{facility.id}/{room.id}?day=2020-01-01")
            guest.send(f"/facilities/{facility.id}/{room.id}", day="2020-01-01")
    assert "Page not found" in guest.open("/nowhere", 404).text


@pytest.mark.parametrize("procedure", [p for p in ANSWERS if not p.startswith("facilities.")])
def test_every_section_with_all_its_complaints(
    portal: Portal, readers: Readers, procedure: str
) -> None:
    resident = readers.resident("花子")
    application = _filled(portal, resident, procedure)
    for section in _sections(portal.catalogue.procedures[procedure], application, portal):
        address = f"/applications/{application.id}/sections/{section}"
        resident.open(address)
        resident.send(address)  # nothing at all was answered


def test_a_certificate_from_draft_to_withdrawal(portal: Portal, readers: Readers) -> None:
    resident = readers.resident("花子")
    application = _filled(portal, resident, CERTIFICATE)
    address = f"/applications/{application.id}"
    assert "Check your answers" in resident.open(f"{address}/check").text
    assert "price has changed" in resident.send(f"{address}/check", total="1").text
    assert "How do you want to pay?" in resident.send(f"{address}/check", total="1010").text
    assert "not available" in resident.send(f"{address}/pay", provider="stripe").text
    assert "Waiting for payment" in resident.open(address).text
    assert "My applications" in resident.open("/my/").text
    assert "cannot undo" in resident.open(f"{address}/withdraw").text
    assert "Withdrawn" in resident.send(f"{address}/withdraw").text
    assert "withdrawn" in resident.open("/my/messages/").text


def test_a_case_that_is_returned_and_decided(portal: Portal, readers: Readers) -> None:
    resident = readers.resident("花子")
    application = _filled(portal, resident, NURSERY)
    address, case = f"/applications/{application.id}", f"/office/applications/{application.id}"
    assert "Reference number" in resident.send(f"{address}/check", total="0").text
    worker, decider = readers.staff("kondo"), readers.staff("sakai")
    assert "To do" in worker.open("/office/").text
    for tab in ("returned", "decided", "closed"):
        worker.open(f"/office/?tab={tab}")
    worker.open("/office/find?reference=nothing")
    assert "Start the review" in worker.open(case).text
    worker.send(f"{case}/open")
    worker.send(f"{case}/notes", text="A note")
    worker.send(f"{case}/return", reason="")
    assert "Correction requested" in worker.send(f"{case}/return", reason="A page is gone").text
    assert "asks you for a correction" in resident.open(address).text
    resident.open(f"{address}/sections/applicant")
    assert "Reference number" in resident.send(f"{address}/check", total="0").text
    assert "first" in decider.send(f"{case}/approve").text
    for step in portal.catalogue.procedures[NURSERY].definition.review:
        worker.send(f"{case}/steps/{step.id}")
    assert "Approved" in decider.send(f"{case}/approve").text
    assert "Completed" in decider.send(f"{case}/complete").text
    assert "completed" in resident.open("/my/messages/").text
    resident.open(address)


def test_the_counter_and_the_money(portal: Portal, readers: Readers) -> None:
    guest = readers.guest()
    guest.open("/staff/")
    guest.send("/staff/sign-in")
    assert "not correct" in guest.send("/staff/sign-in", login="kubota", password="x").text
    guest.send("/staff/sign-in", login="kubota", password="mihon-city-2026")
    assert "not correct" in guest.send("/staff/sign-in/code", code="000000").text

    counter = readers.staff("kubota")
    till = next(iter(portal.catalogue.city.tills))
    counter.open("/counter/")
    counter.send("/counter/sittings", till=till)
    counter.open("/counter/person")
    counter.send("/counter/person")
    found = {"family_name": "見本", "given_name": "花子", "birth_date": "1988-04-02"}
    counter.send("/counter/person", **found)
    counter.send("/counter/person", **{**found, "birth_date": "1950-01-01"})
    application = _filled(portal, counter, CERTIFICATE)
    address, cash = (
        f"/applications/{application.id}",
        f"/counter/applications/{application.id}/cash",
    )
    counter.open(f"{address}/check")
    counter.send("/counter/hand-over", application=application.id)
    counter.open("/counter/take-back")
    counter.send("/counter/take-back", password="x")
    counter.send("/counter/take-back", password="mihon-city-2026")
    counter.send(f"{address}/check", total="1010")
    counter.open(cash)
    counter.send(cash)
    counter.send(cash, tendered="100")
    assert "Change" in counter.send(cash, tendered="2000").text
    assert "Receipt" in counter.open(f"{address}/receipt").text
    counter.open(f"{address}?done=1")
    counter.send("/counter/sittings/end")

    _finance(portal, readers, application)


def _finance(portal: Portal, readers: Readers, application: Application) -> None:
    """Everything that finance sees of one payment, its refund and two lines that don't fit."""
    finance, approver = readers.staff("ono"), readers.staff("takeda")
    claim = _one(portal, select(Claim).where(Claim.subject == subject_of(application)))
    attempt = _one(portal, select(Attempt).where(Attempt.claim_id == claim.id))
    pages = ("", "claims", f"claims/{claim.id}", "daily", "ledger?verify=1", "rules", "refunds")
    for page in (*pages, "settlements", "differences", "claims?q=nothing", "daily?day=2020-01-01"):
        finance.open(f"/finance/{page}")
    finance.send(f"/finance/attempts/{attempt.id}/refunds")
    wanted = {"amount": "300", "reason": "One copy less", "refundable": "1010"}
    finance.send(f"/finance/attempts/{attempt.id}/refunds", **wanted)
    refund = _one(portal, select(Refund).where(Refund.claim_id == claim.id))
    finance.open("/finance/refunds")
    approver.send(f"/finance/refunds/{refund.id}/decline")
    approver.send(f"/finance/refunds/{refund.id}/approve")
    approver.send(f"/finance/refunds/{refund.id}/approve")
    finance.send(
        f"/finance/refunds/{refund.id}/pay-out", till=next(iter(portal.catalogue.city.tills))
    )
    finance.open(f"/finance/claims/{claim.id}")
    finance.send("/finance/settlements")
    for content in (PAYPAY.encode(), b"", b"nothing"):
        finance.send("/finance/settlements", files=(BytesIO(content), "file.csv"))
    finance.open(f"/finance/settlements/{_one(portal, select(SettlementFile)).id}")
    for page in ("", "differences", "differences?all=1", "ledger"):
        finance.open(f"/finance/{page}")


def test_the_report_s_files(portal: Portal, readers: Readers) -> None:
    client = readers.staff("ono").client
    assert japanese_in(client.get("/finance/daily.csv").text, ()) == []
    book = load_workbook(BytesIO(client.get("/finance/daily.xlsx").data))
    cells = [cell.value for row in book.worksheets[0].iter_rows() for cell in row if cell.value]
    assert "Daily receipts report" in str(cells[0])
    assert [japanese_in(str(cell), ()) for cell in cells if japanese_in(str(cell), ())] == []
