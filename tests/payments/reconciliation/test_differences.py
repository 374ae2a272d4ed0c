"""Everything that does not fit is listed with its reason, and leaves the list again."""

from datetime import timedelta

import pytest

from payments.ledger.service import balances, total
from payments.reconciliation.differences import NoteMissing, UnknownDifference, resolve
from payments.reconciliation.models import Difference
from payments.reconciliation.reasons import REASONS
from payments.sandbox.files import paypay_csv, stripe_csv
from payments.settlements import UnrecognisedFile
from tests.payments.reconciliation.town import Town, paypay_net, stripe_net


def _only(town: Town) -> Difference:
    (difference,) = town.differences()
    assert difference.title
    assert difference.reason().endswith("。")
    assert "%(" not in difference.reason()
    return difference


def _balance(town: Town, account: str) -> int:
    with town.payments.database.reading() as session:
        assert total(session) == 0
        return balances(session).get(account, 0)


def test_missing_at_the_provider_until_a_later_file_has_it(town: Town) -> None:
    one, two = town.pay("stripe", 300), town.pay("stripe", 450)
    town.clock.advance(timedelta(minutes=1))
    row_of_two = town.stripe_row(two)
    town.import_(stripe_csv.write([town.stripe_row(one)]))

    difference = _only(town)
    assert (difference.kind, difference.ours, difference.theirs) == (
        "missing_at_provider",
        450,
        None,
    )
    assert difference.attempt_id == two.id
    assert difference.day == town.today

    town.clock.advance(timedelta(minutes=1))
    town.import_(stripe_csv.write([row_of_two]))
    assert town.kinds() == []
    (closed,) = town.differences(open_only=False)
    assert closed.resolved_at is not None
    assert closed.resolved_by is None


def test_a_payment_after_the_file_was_drawn_is_not_missing(town: Town) -> None:
    town.import_(stripe_csv.write([town.stripe_row(town.pay("stripe", 300))]))
    town.clock.advance(timedelta(minutes=1))
    town.pay("stripe", 450)
    town.import_(paypay_csv.write([]))
    assert town.kinds() == []


def test_a_refund_that_the_provider_does_not_list(town: Town) -> None:
    attempt = town.pay("paypay", 300)
    town.refund(attempt, 100)
    town.import_(paypay_csv.write([town.paypay_row(attempt)]))
    difference = _only(town)
    assert (difference.kind, difference.ours) == ("missing_at_provider", -100)


def test_missing_with_us(town: Town) -> None:
    attempt = town.pay("paypay", 300, told=False)
    row = town.paypay_row(attempt)
    stranger = type(row)(**{**vars(row), "transaction_id": "42", "merchant_payment_id": "who"})

    town.import_(paypay_csv.write([stranger]))

    difference = _only(town)
    assert (difference.kind, difference.theirs) == ("missing_with_us", 300)
    assert "42" in difference.reason()
    assert "who" in difference.reason()


def test_amounts_that_differ(town: Town) -> None:
    attempt = town.pay("stripe", 300)
    town.import_(stripe_csv.write([town.stripe_row(attempt, amount=3000)]))
    difference = _only(town)
    assert (difference.kind, difference.ours, difference.theirs) == ("amount_differs", 300, 3000)


def test_what_the_provider_does_not_confirm_is_not_booked(town: Town) -> None:
    attempt = town.pay("stripe", 300, told=False)
    content = stripe_csv.write([town.stripe_row(attempt)])
    town.stripe.reachable = False

    town.import_(content)

    difference = _only(town)
    assert difference.kind == "not_confirmed"
    assert _balance(town, "clearing:stripe") == 0

    town.stripe.reachable = True
    town.import_(content)
    assert town.kinds() == []
    assert _balance(town, "clearing:stripe") == 300


def test_unknown_money_waits_in_suspense(town: Town) -> None:
    town.import_(town.bank_file([("ﾐﾎﾝ ﾀﾛｳ", 5000)]))
    difference = _only(town)
    assert (difference.kind, difference.theirs) == ("unknown_money", 5000)
    assert "ﾐﾎﾝ ﾀﾛｳ" in difference.reason()
    assert _balance(town, "suspense") == -5000
    assert _balance(town, "bank") == 5000


def test_a_deposit_that_nothing_adds_up_to(town: Town) -> None:
    town.import_(paypay_csv.write([town.paypay_row(town.pay("paypay", 1000))]))
    town.import_(town.bank_file([("paypay", paypay_net(1000) - 1)]))
    assert town.kinds() == ["deposit_differs"]
    assert _balance(town, "clearing:paypay") == 1000
    assert _balance(town, "suspense") == -(paypay_net(1000) - 1)


def test_a_payout_that_does_not_arrive(town: Town) -> None:
    town.import_(stripe_csv.write([town.stripe_row(town.pay("stripe", 300))]))
    assert town.kinds() == []
    town.import_(town.bank_file([]))
    difference = _only(town)
    assert (difference.kind, difference.ours) == ("deposit_missing", stripe_net(300))


def test_a_deposit_taken_back(town: Town) -> None:
    town.import_(town.bank_file([("ﾐﾎﾝ ﾀﾛｳ", 5000), ("ﾐﾎﾝ ﾀﾛｳ", -5000)]))
    assert town.kinds() == ["deposit_cancelled", "unknown_money"]
    assert _balance(town, "suspense") == 0
    assert _balance(town, "bank") == 0


def test_a_broken_line_imports_nothing_of_itself(town: Town) -> None:
    one, two = town.pay("stripe", 300), town.pay("stripe", 450)
    content = stripe_csv.write([town.stripe_row(one), town.stripe_row(two)])
    broken = content.replace(b",450,", b",45O,")

    result = town.import_(broken, "stripe.csv")

    assert (result.read, result.new, result.matched) == (1, 1, 1)
    assert [error.line for error in result.errors] == [3]
    assert town.kinds() == ["missing_at_provider", "unreadable_line"]
    (unreadable,) = [one for one in town.differences() if one.kind == "unreadable_line"]
    for part in ("stripe.csv", "3行目", "45O", "整数"):
        assert part in unreadable.reason()

    town.import_(content)
    assert town.kinds() == ["unreadable_line"]


def test_a_line_that_changed_is_told_and_not_taken(town: Town) -> None:
    attempt = town.pay("stripe", 300)
    town.import_(stripe_csv.write([town.stripe_row(attempt)]))
    town.import_(stripe_csv.write([town.stripe_row(attempt, amount=900)]))
    difference = _only(town)
    assert (difference.kind, difference.ours, difference.theirs) == ("line_changed", 300, 900)


def test_a_file_that_nobody_knows_imports_nothing(town: Town) -> None:
    with pytest.raises(UnrecognisedFile):
        town.import_("あ,い\n1,2\n".encode())
    assert town.kinds() == []


def test_a_person_resolves_with_a_note(town: Town) -> None:
    town.import_(town.bank_file([("ﾐﾎﾝ ﾀﾛｳ", 5000)]))
    difference = _only(town)
    now = town.clock()
    with town.payments.database.transaction() as session:
        with pytest.raises(NoteMissing):
            resolve(session, difference.id, note=" ", staff="finance-1", now=now)
        with pytest.raises(UnknownDifference):
            resolve(session, "nobody", note="確認済み", staff="finance-1", now=now)
        resolve(session, difference.id, note="寄附金と判明", staff="finance-1", now=now)
        resolve(session, difference.id, note="二度目", staff="finance-2", now=now)

    assert town.kinds() == []
    # What a person has settled does not come back with the next file.
    town.import_(town.bank_file([("ﾐﾎﾝ ﾊﾅｺ", 1)], first_inquiry=9))
    assert town.kinds() == ["unknown_money"]
    (closed,) = [one for one in town.differences(open_only=False) if one.resolved_by]
    assert (closed.note, closed.resolved_by) == ("寄附金と判明", "finance-1")


def test_a_difference_that_comes_back_is_open_again(town: Town) -> None:
    """Resolved by disappearing is not resolved for good."""
    town.import_(stripe_csv.write([town.stripe_row(town.pay("stripe", 300))]))
    later = town.pay("stripe", 300, told=False)
    town.stripe.reachable = False
    town.import_(stripe_csv.write([town.stripe_row(later)]))
    assert "not_confirmed" in town.kinds()
    town.stripe.reachable = True
    town.import_(town.bank_file([("ﾐﾎﾝ", 1)]))
    assert "not_confirmed" not in town.kinds()


def test_reasons_can_be_translated(town: Town) -> None:
    town.import_(town.bank_file([("ﾐﾎﾝ ﾀﾛｳ", 5000)]))
    difference = _only(town)
    english = {REASONS["sender_unknown"]: "%(amount)s yen from %(sender)s, nobody knows why."}
    assert difference.reason(english.__getitem__) == "5,000 yen from ﾐﾎﾝ ﾀﾛｳ, nobody knows why."
