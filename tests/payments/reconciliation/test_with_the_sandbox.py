"""The real adapters, the sandbox behind HTTP, its settlement files, and the daily report."""

from collections.abc import Callable
from datetime import timedelta

import httpx
import pytest

from payments.factory import PaymentSettings
from payments.ledger.service import balances
from payments.reconciliation.differences import differences
from payments.reconciliation.service import ImportResult, import_file
from payments.refunds.service import submit
from payments.reports.daily import DailyReport, daily_report
from tests.payments.desk import ACCOUNTS, Desk
from tests.support.clock import FixedClock

Payer = Callable[[str | None, str], None]


def _close(url: str, *, encoding: str = "utf-8") -> dict[str, bytes]:
    """Close today at the sandbox and fetch the files, by kind."""
    with httpx.Client(base_url=url) as http:
        closing = http.post("/settlements/close", headers={"Accept": "application/json"}).json()
        return {
            file["kind"]: http.get(file["url"], params={"encoding": encoding}).content
            for file in closing["files"]
        }


def _import(desk: Desk, files: dict[str, bytes]) -> list[ImportResult]:
    return [
        import_file(desk.payments, filename=kind, content=content, imported_by="finance")
        for kind, content in files.items()
    ]


def _report(desk: Desk) -> DailyReport:
    with desk.payments.database.reading() as session:
        return daily_report(session, desk.payments.clock().date(), ACCOUNTS)


def _open(desk: Desk) -> list[str]:
    with desk.payments.database.reading() as session:
        return [one.reason() for one in differences(session)]


@pytest.mark.parametrize("encoding", ["utf-8", "shift_jis"])
@pytest.mark.parametrize("bank_first", [False, True])
def test_a_day_from_paying_to_the_bank(
    sandbox_desk: Desk,
    settings: PaymentSettings,
    payer: Payer,
    clock: FixedClock,
    encoding: str,
    bank_first: bool,
) -> None:
    desk = sandbox_desk
    known = [desk.start(desk.claim(), provider) for provider in ("stripe", "paypay")]
    unheard = [desk.start(desk.claim(), provider) for provider in ("stripe", "paypay")]
    desk.start(desk.claim())
    for attempt in (*known, *unheard):
        payer(attempt.pay_url, "pay")
    for attempt in known:
        desk.ask(attempt)
    for attempt, amount in zip(known, (110, 300), strict=True):
        submit(desk.payments, desk.refund(attempt, amount).id)
    clock.advance(timedelta(hours=1))

    files = _close(settings.stripe_api_base, encoding=encoding)
    names = sorted(files, reverse=not bank_first)
    assert (names[0] == "bank") is bank_first
    results = _import(desk, {name: files[name] for name in names})

    assert [result.errors for result in results] == [()] * 3
    assert _open(desk) == []
    assert sum(result.matched for result in results) == 6
    report = _report(desk)
    assert report.agrees, report.checks
    assert (report.count, report.gross, report.refunds) == (4, 4 * 410, 410)
    assert report.deposits == report.net - report.fees > 0
    desk.check_ledger()
    with desk.payments.database.reading() as session:
        left = balances(session)
    assert not left.get("clearing:stripe")
    assert not left.get("clearing:paypay")
    assert not left.get("suspense")
    assert left["bank"] == report.deposits

    again = _import(desk, files)
    assert [result.new for result in again] == [0, 0, 0]
    assert _report(desk) == report


def test_two_closings_of_one_day_imported_late(
    sandbox_desk: Desk, settings: PaymentSettings, payer: Payer, clock: FixedClock
) -> None:
    desk, batches = sandbox_desk, []
    for _ in range(2):
        for provider in ("stripe", "paypay"):
            attempt = desk.start(desk.claim(), provider)
            payer(attempt.pay_url, "pay")
            desk.ask(attempt)
        clock.advance(timedelta(hours=1))
        batches.append(_close(settings.stripe_api_base))

    for kind in ("paypay", "stripe", "bank"):
        for files in batches:
            _import(desk, {kind: files[kind]})

    assert _open(desk) == []
    assert _report(desk).agrees
