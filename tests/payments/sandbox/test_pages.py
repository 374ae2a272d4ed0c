"""What people see: languages, the ribbon, no JavaScript, and no start in production."""

from dataclasses import replace
from pathlib import Path

import pytest

from payments.sandbox import SandboxRefused, create_sandbox
from tests.payments.sandbox.world import Sandbox, heading


def test_production_is_refused_and_leaves_no_trace(sandbox: Sandbox, tmp_path: Path) -> None:
    path = tmp_path / "production.sqlite"
    with pytest.raises(SandboxRefused, match="MADOGUCHI_ENV=production"):
        create_sandbox(replace(sandbox.settings, production=True, database_url=f"sqlite:///{path}"))
    assert not path.exists()


def test_every_page_says_that_it_is_a_sandbox(sandbox: Sandbox) -> None:
    session = sandbox.session()
    code = sandbox.code().json()["data"]
    pages = ["/", "/settlements/", f"/checkout/{session.id}", f"/paypay/{code['codeId']}"]
    for path in [*pages, "/checkout/none", "/paypay/none"]:
        page = sandbox.http.get(f"{sandbox.url}{path}")
        assert "サンドボックス" in page.text and "お金は動きません" in page.text
        assert "<script" not in page.text
        english = sandbox.http.get(f"{sandbox.url}{path}", params={"lang": "en"})
        assert "SANDBOX" in english.text and "No money moves" in english.text
    assert sandbox.http.get(f"{sandbox.url}/static/sandbox.css").status_code == 200


def test_the_payment_page_shows_what_is_paid_for(sandbox: Sandbox) -> None:
    page = sandbox.http.get(sandbox.session(12_345).url or "").text
    for text in ("12,345円", "住民票の写し", "見本市", "4242424242424242", "支払う", "やめる"):
        assert text in page


@pytest.mark.parametrize(
    ("locale", "accept", "title"),
    [
        ("ja", "en", "カードで支払う"),
        ("en", "ja", "Pay by card"),
        ("auto", "en-GB", "Pay by card"),
        ("auto", "pt", "カードで支払う"),
    ],
)
def test_the_merchants_language_comes_before_the_browsers(
    sandbox: Sandbox, locale: str, accept: str, title: str
) -> None:
    url = sandbox.session(locale=locale).url or ""
    assert heading(sandbox.http.get(url, headers={"Accept-Language": accept})) == title


def test_what_a_merchant_writes_is_shown_as_text(sandbox: Sandbox) -> None:
    url = sandbox.code(orderDescription="<script>alert(1)</script>").json()["data"]["url"]
    assert "<script" not in sandbox.http.get(url).text


def test_the_control_page_lists_payments_and_webhooks(sandbox: Sandbox) -> None:
    sandbox.paid_card(1_000)
    payment_id = sandbox.paid_code()["paymentId"]
    sandbox.refund_code(payment_id, 110)
    page = sandbox.http.get(f"{sandbox.url}/").text
    for text in ("1,000円", "410円", "110円", "checkout.session.completed", "COMPLETED"):
        assert text in page


def test_the_settlement_page_offers_the_files(sandbox: Sandbox) -> None:
    sandbox.paid_card()
    closed = sandbox.http.post(f"{sandbox.url}/settlements/close", data={"day": "2026-06-03"})
    assert closed.status_code == 303
    page = sandbox.http.get(f"{sandbox.url}/settlements/").text
    for name in (
        "stripe_payout_reconciliation_20260603_1.csv",
        "paypay_transactions_20260603_1.csv",
        "mihon_bank_deposits_20260603_1.txt",
    ):
        assert f"/settlements/{name}" in page
