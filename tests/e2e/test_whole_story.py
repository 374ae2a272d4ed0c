"""One story from the first page to the day's accounts, on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import People
from tests.e2e.steps.certificates import ask_for_residence_record
from tests.e2e.steps.finance import add_up, close_day, expect_zero, import_files, table
from tests.e2e.steps.office import act, expect_message, open_case
from tests.e2e.steps.paying import expect_receipt_number, pay_by_card
from tests.support.postgres import Cluster
from tests.support.system import RunningSystem

pytestmark = pytest.mark.postgres


@pytest.fixture(scope="module")
def system(postgres: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSystem]:
    """The whole program on an empty PostgreSQL database."""
    name = postgres.create()
    folder = tmp_path_factory.mktemp("postgres") / "var"
    with RunningSystem(folder, postgres.url(name)) as running:
        yield running
    postgres.drop(name)


@pytest.fixture(scope="module")
def staff_sessions() -> dict[str, Any]:
    """Nobody is signed in to this system yet."""
    return {}


def test_paid_approved_and_accounted_for(
    page: Page, staff: People, system: RunningSystem, tmp_path: Path
) -> None:
    ask_for_residence_record(page, "hanako")
    pay_by_card(page)
    reference = expect_receipt_number(page)

    head = staff("fujii")
    open_case(head, reference)
    act(head, "審査を始める", "審査を始めました")
    act(head, "承認する", "承認し")
    act(head, "交付して完了する", "完了し")
    expect_message(page, reference, "手続きが完了しました")

    files = close_day(system, tmp_path)
    clerk = staff("ono")
    import_files(clerk, *files.values())
    expect(clerk.get_by_text("差異はありません。")).to_be_visible()
    sums = add_up([files])
    clerk.goto("/finance/daily")
    assert table(clerk, "決済方法別")["クレジットカード"] == [1, 300, 0, 300]
    assert table(clerk, "決済事業者と口座")["合計"] == [10, 290, None]
    assert (sums.card_paid, sums.card_fees, sums.deposited) == (300, 10, 290)
    expect_zero(clerk)
