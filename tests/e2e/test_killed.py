"""Everything is killed in the middle of a payment; nothing is lost, and nobody pays twice."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import httpx
import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from foundation.database import Database
from payments.attempts.models import Attempt
from payments.attempts.states import AttemptState
from payments.ledger.service import total, verify
from tests.e2e.steps.certificates import ask_for_residence_record
from tests.e2e.steps.patience import look_until
from tests.e2e.steps.paying import CARD, PAYPAY, at_provider, choose_means, expect_receipt_number
from tests.support.interposed import Interposed, Moment
from tests.support.serving import Server
from tests.support.system import RunningSystem

CHECKOUT = "/v1/checkout/sessions"


@pytest.fixture(scope="module")
def line() -> Iterator[tuple[Interposed, str]]:
    """The line from the portal to the providers, and its address."""
    line = Interposed()
    with Server(line) as server:
        yield line, server.url


@pytest.fixture(scope="module")
def system(
    line: tuple[Interposed, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningSystem]:
    """A system of its own, which reaches its providers by the line."""
    interposed, address = line
    running = RunningSystem(
        tmp_path_factory.mktemp("killed") / "var",
        STRIPE_API_BASE=address,
        PAYPAY_API_BASE=address,
    )
    interposed.target = running.sandbox_url
    with running:
        yield running


@dataclass(frozen=True)
class Books:
    """The database behind a running system."""

    database: Database

    def let_time_pass(self) -> None:
        """Some minutes: everything that the sweeper would look at later is due now."""
        with self.database.transaction() as session:
            waiting = select(Attempt).where(Attempt.next_check_at.is_not(None))
            for attempt in session.scalars(waiting):
                attempt.created_at -= timedelta(minutes=3)
                attempt.next_check_at = attempt.created_at

    def check(self, payments: int) -> None:
        """So many attempts brought money, and the books are right."""
        with self.database.reading() as session:
            paid = session.scalar(
                select(func.count()).where(Attempt.state == AttemptState.SUCCEEDED)
            )
            assert paid == payments
            assert total(session) == 0
            assert verify(session).intact


@pytest.fixture
def books(system: RunningSystem) -> Iterator[Books]:
    database = Database(f"sqlite:///{system.data_dir / 'madoguchi.sqlite'}")
    yield Books(database)
    database.dispose()


@pytest.fixture
def paid_before(books: Books) -> int:
    """How many payments there were before the test."""
    with books.database.reading() as session:
        query = select(func.count()).where(Attempt.state == AttemptState.SUCCEEDED)
        return session.scalar(query) or 0


def webhooks(system: RunningSystem, mode: str) -> None:
    httpx.post(f"{system.sandbox_url}/control", json={"webhooks": mode}).raise_for_status()


def payments_at_provider(system: RunningSystem) -> int:
    """How many payment pages and codes the sandbox ever made."""
    page = httpx.get(f"{system.sandbox_url}/").text
    return page.count("/checkout/cs_") + page.count("/paypay/")


@pytest.mark.parametrize(
    "moment",
    [
        pytest.param(Moment("before", f"POST {CHECKOUT}"), id="nobody has heard of it"),
        pytest.param(Moment("after", f"POST {CHECKOUT}"), id="the answer was lost"),
    ],
)
def test_right_after_pressing_pay(
    page: Page,
    system: RunningSystem,
    line: tuple[Interposed, str],
    books: Books,
    paid_before: int,
    moment: Moment,
) -> None:
    ask_for_residence_record(page, "taro")
    made_before = payments_at_provider(system)
    struck_while_paying(page, system, line[0], CARD, moment)
    # The attempt is taken up under its old key; the page that waits notices.
    books.let_time_pass()
    page.get_by_role("link", name="支払いのページへもどる").click()
    at_provider(page)
    expect_receipt_number(page)
    assert payments_at_provider(system) == made_before + 1
    books.check(paid_before + 1)


def test_a_code_that_nobody_saw_is_made_anew(
    page: Page, system: RunningSystem, line: tuple[Interposed, str], books: Books, paid_before: int
) -> None:
    ask_for_residence_record(page, "taro")
    struck_while_paying(page, system, line[0], PAYPAY, Moment("after", "POST /v2/codes"))
    # PayPay gives no code twice, so this one can be paid by nobody: the page leads to another try.
    books.let_time_pass()
    expect(page.get_by_text("支払いは終わっていません")).to_be_visible(timeout=15_000)
    choose_means(page, PAYPAY)
    page.get_by_role("link", name="このスマートフォンで支払う").click()
    at_provider(page)
    expect_receipt_number(page)
    books.check(paid_before + 1)


def struck_while_paying(
    page: Page, system: RunningSystem, line: Interposed, means: str, moment: Moment
) -> None:
    """Press pay, lose everything, start again, and come back to the page that waits."""
    pay_page = page.url
    line.strike_at(moment, system.kill)
    choose_means(page, means)
    line.wait_for_strike()
    system.start()
    page.goto(pay_page)
    page.get_by_role("link", name="とちゅうの支払いにもどる").click()
    expect(page.get_by_text("支払いの準備をしています")).to_be_visible()


def test_between_start_and_return(
    page: Page, system: RunningSystem, books: Books, paid_before: int
) -> None:
    ask_for_residence_record(page, "hanako")
    application = page.url.removesuffix("/pay")
    choose_means(page, CARD)
    expect(page.get_by_role("heading", name="カードで支払う")).to_be_visible()
    checkout = page.url
    system.kill()

    # It is paid while nobody of ours listens, and the provider's word never comes.
    system.start()
    webhooks(system, "drop")
    pay(checkout)
    books.let_time_pass()
    look_until(page, application, lambda page: page.get_by_text("受付しました"))
    webhooks(system, "normal")
    books.check(paid_before + 1)


def test_while_the_provider_reports(
    page: Page,
    system: RunningSystem,
    line: tuple[Interposed, str],
    books: Books,
    paid_before: int,
) -> None:
    ask_for_residence_record(page, "kenichi")
    application = page.url.removesuffix("/pay")
    choose_means(page, CARD)
    expect(page.get_by_role("heading", name="カードで支払う")).to_be_visible()
    line[0].strike_at(Moment("before", f"GET {CHECKOUT}"), system.kill)
    pay(page.url)
    line[0].wait_for_strike()

    system.start()
    books.let_time_pass()
    look_until(page, application, lambda page: page.get_by_text("受付しました"))
    books.check(paid_before + 1)


def pay(checkout: str) -> None:
    """Pay on the provider's page, and never come back from it."""
    card = {"action": "pay", "card": "4242 4242 4242 4242"}
    assert httpx.post(checkout, data=card).status_code == 303
