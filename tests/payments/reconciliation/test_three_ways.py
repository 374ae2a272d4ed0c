"""Receipts ↔ providers' transactions ↔ the bank: what is booked by itself."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import permutations

import pytest

from payments.attempts.models import Attempt
from payments.attempts.service import cancel
from payments.attempts.states import AttemptState
from payments.ledger.service import balances, total, verify
from payments.providers.base import Channel
from payments.reconciliation.service import files, overview
from payments.reconciliation.storing import sha256, store
from payments.sandbox.files import paypay_csv, stripe_csv
from payments.settlements import parse
from tests.payments.reconciliation.town import Town, paypay_net, stripe_net


def _balances(town: Town) -> dict[str, int]:
    with town.payments.database.reading() as session:
        assert total(session) == 0
        assert verify(session).intact
        return {account: yen for account, yen in balances(session).items() if yen}


@pytest.mark.parametrize("order", list(permutations(("stripe", "paypay", "bank"))))
def test_a_whole_day_in_any_order(town: Town, order: tuple[str, ...]) -> None:
    cards = [town.pay("stripe", 300), town.pay("stripe", 450)]
    codes = [town.pay("paypay", 350), town.pay("paypay", 1800, channel=Channel.COUNTER)]
    contents = {
        "stripe": stripe_csv.write([town.stripe_row(one) for one in cards]),
        "paypay": paypay_csv.write([town.paypay_row(one) for one in codes]),
        "bank": town.bank_file(
            [("stripe", stripe_net(300, 450)), ("paypay", paypay_net(350, 1800))]
        ),
    }
    town.clock.advance(timedelta(hours=1))

    results = [town.import_(contents[name], name) for name in order]

    assert [result.errors for result in results] == [()] * 3
    assert sum(result.matched for result in results) == 4
    assert sum(result.remitted for result in results) == 2
    assert results[-1].differences == 0
    assert _balances(town) == {
        "bank": stripe_net(300, 450) + paypay_net(350, 1800),
        "fees:stripe": 750 - stripe_net(300, 450),
        "fees:paypay": 2150 - paypay_net(350, 1800),
        "revenue:certificate-fee": -2900,
    }


def test_the_same_file_again_changes_nothing(town: Town) -> None:
    attempt = town.pay("stripe", 300)
    content = stripe_csv.write([town.stripe_row(attempt)])
    bank = town.bank_file([("stripe", stripe_net(300))])
    first = town.import_(content)
    town.import_(bank)
    before = _balances(town)

    again = town.import_(content, "another-name.csv")
    town.import_(bank)

    assert (again.file_id, again.new, again.already_known, again.matched) == (
        first.file_id,
        0,
        1,
        0,
    )
    assert _balances(town) == before
    with town.payments.database.reading() as session:
        assert len(files(session)) == 2


def test_an_overlapping_file_brings_only_what_is_new(town: Town) -> None:
    one, two = town.pay("paypay", 300), town.pay("paypay", 450)
    town.import_(paypay_csv.write([town.paypay_row(one)]))

    result = town.import_(
        paypay_csv.write(
            [town.paypay_row(one), town.paypay_row(two)], encoding=paypay_csv.Encoding.SHIFT_JIS
        )
    )

    assert (result.read, result.new, result.already_known, result.matched) == (2, 1, 1, 1)
    town.import_(town.bank_file([("paypay", paypay_net(300, 450))]))
    assert town.kinds() == []
    # The same deposits in a notice of a longer list.
    extended = town.bank_file([("paypay", paypay_net(300, 450)), ("ﾐﾎﾝ ﾀﾛｳ", 999)])
    assert town.import_(extended).new == 1


def test_a_payment_we_never_heard_of_goes_through_the_one_door(town: Town) -> None:
    attempt = town.pay("stripe", 300, told=False)

    result = town.import_(stripe_csv.write([town.stripe_row(attempt)]))

    assert result.matched == 1
    assert town.kinds() == []
    with town.payments.database.reading() as session:
        assert session.get_one(Attempt, attempt.id).state == AttemptState.SUCCEEDED


def test_refunds_are_matched_and_netted(town: Town) -> None:
    card, code = town.pay("stripe", 1000), town.pay("paypay", 1000)
    card_refund, code_refund = town.refund(card, 400), town.refund(code, 300)

    town.import_(
        stripe_csv.write([town.stripe_row(card), town.stripe_refund_row(card, card_refund.id, 400)])
    )
    town.import_(paypay_csv.write([town.paypay_row(code), town.paypay_refund_row(code_refund)]))
    town.import_(
        town.bank_file(
            [
                ("stripe", stripe_net(1000) - 400),
                ("paypay", paypay_net(1000) - paypay_net(300)),
            ]
        )
    )

    assert town.kinds() == []
    found = _balances(town)
    assert "clearing:stripe" not in found
    assert "clearing:paypay" not in found
    assert "refunds-payable" not in found


def test_a_refund_made_at_the_provider_is_booked_as_a_reversal(town: Town) -> None:
    attempt = town.pay("stripe", 1000)
    town.stripe.given_back[attempt.id] = 1000

    town.import_(
        stripe_csv.write([town.stripe_row(attempt), town.stripe_refund_row(attempt, "", 1000)])
    )

    assert town.kinds() == []
    assert _balances(town)["receivable:certificate-fee"] == 1000


def test_a_payment_that_was_cancelled_the_same_day_is_nothing(town: Town) -> None:
    kept, given_up = town.pay("paypay", 300), town.pay("paypay", 450, told=False)
    cancel(town.payments, given_up.id)
    rows = [town.paypay_row(kept), town.paypay_row(given_up), town.paypay_cancel_row(given_up)]

    result = town.import_(paypay_csv.write(rows))
    town.import_(town.bank_file([("paypay", paypay_net(300))]))

    assert result.matched == 3
    assert town.kinds() == []
    assert _balances(town)["bank"] == paypay_net(300)


def test_one_deposit_for_several_days(town: Town) -> None:
    amounts = (300, 450, 750)
    for amount in amounts:
        town.import_(paypay_csv.write([town.paypay_row(town.pay("paypay", amount))]))
        town.clock.advance(timedelta(days=1))

    result = town.import_(town.bank_file([("paypay", paypay_net(*amounts))]))

    assert (result.remitted, result.differences) == (1, 0)
    assert "clearing:paypay" not in _balances(town)


def test_a_day_that_arrives_in_parts(town: Town) -> None:
    rows = [town.paypay_row(town.pay("paypay", amount)) for amount in (300, 450)]
    town.import_(paypay_csv.write(rows))

    first = town.import_(town.bank_file([("paypay", paypay_net(300))]))
    assert first.differences == 1
    second = town.import_(town.bank_file([("paypay", paypay_net(450))], first_inquiry=2))

    assert (second.remitted, second.differences) == (1, 0)
    assert "suspense" not in _balances(town)


def test_the_trace_number_decides_between_equal_sums(town: Town) -> None:
    one, two = town.pay("stripe", 300), town.pay("stripe", 300)
    town.import_(
        stripe_csv.write(
            [
                town.stripe_row(one, payout="po_1", trace="T-1"),
                town.stripe_row(two, payout="po_2", trace="T-2"),
            ]
        )
    )

    town.import_(town.bank_file([("stripe", stripe_net(300))], edi="T-2"))

    # po_1 should have come today, too.
    (waiting,) = town.differences()
    assert (waiting.kind, waiting.reason_values["batch"]) == ("deposit_missing", "po_1")


def test_the_payout_may_become_known_later(town: Town) -> None:
    attempt = town.pay("stripe", 300)
    town.import_(stripe_csv.write([town.stripe_row(attempt, payout="")]))
    town.import_(town.bank_file([("stripe", stripe_net(300))]))
    assert town.kinds() == ["deposit_differs"]

    town.import_(stripe_csv.write([town.stripe_row(attempt, payout="po_1")]))

    assert town.kinds() == []
    assert "suspense" not in _balances(town)


def test_the_overview_counts_yesterday(town: Town) -> None:
    town.pay("stripe", 300)
    town.pay_cash(450)
    town.import_(town.bank_file([("ﾐﾎﾝ ﾀﾛｳ", 999)]))
    town.clock.advance(timedelta(days=1))

    with town.payments.database.reading() as session:
        seen = overview(session, town.today)

    assert (seen.receipts, seen.received, seen.open_differences) == (2, 750, 1)


def test_an_import_that_was_cut_off_is_finished_by_the_next(town: Town) -> None:
    """A process killed after the file was kept and before it was matched loses nothing."""
    attempt = town.pay("stripe", 300)
    content = stripe_csv.write([town.stripe_row(attempt)])
    with town.payments.database.transaction() as session:
        store(
            session,
            parse(content),
            digest=sha256(content),
            filename="cut.csv",
            imported_by="finance-1",
            now=town.clock(),
        )

    result = town.import_(content, "cut.csv")

    assert (result.new, result.matched, result.differences) == (0, 1, 0)


def test_two_people_import_the_same_money_at_once(town: Town) -> None:
    attempts = [town.pay("paypay", amount) for amount in (300, 450)]
    contents = [
        paypay_csv.write([town.paypay_row(one) for one in chosen])
        for chosen in (attempts, attempts[:1], attempts, attempts[1:])
    ]
    contents.append(town.bank_file([("paypay", paypay_net(300, 450))]))

    with ThreadPoolExecutor(max_workers=5) as people:
        results = list(people.map(town.import_, contents))

    assert sum(result.new for result in results) == 3
    assert sum(result.matched for result in results) == 2
    assert sum(result.remitted for result in results) == 1
    assert town.kinds() == []
    assert _balances(town)["bank"] == paypay_net(300, 450)
