"""The ledger keeps itself: append-only, balanced, gapless, chained."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from foundation.database import Database
from foundation.hashchain import GENESIS
from payments.ledger.models import LedgerEntry, Posting
from payments.ledger.rules import BANK_DEPOSIT, BANK_WITHDRAWAL, PROVIDER_FEE, RULES
from payments.ledger.service import Amount, Cause, balances, entries, post, total, verify
from tests.support.clock import FixedClock


def deposit(database: Database, clock: FixedClock, cause: str, yen: int = 1000) -> int | None:
    with database.transaction() as session:
        return post(
            session,
            BANK_DEPOSIT,
            [Amount(yen, provider="stripe")],
            cause=Cause("test", cause),
            text="入金",
            at=clock(),
        )


def test_books_by_the_rule(database: Database, clock: FixedClock) -> None:
    assert deposit(database, clock, "a") == 1
    with database.reading() as session:
        assert balances(session) == {"bank": 1000, "clearing:stripe": -1000}
        assert total(session) == 0
        (entry,) = entries(session)
        assert entry.entry.day == clock().date()
        assert entry.postings == {"bank": 1000, "clearing:stripe": -1000}


def test_the_day_is_the_day_in_japan(database: Database, clock: FixedClock) -> None:
    clock.set(clock().replace(hour=15, minute=0))  # midnight in Japan
    deposit(database, clock, "a")
    with database.reading() as session:
        (entry,) = entries(session)
        assert (entry.entry.day - clock().date()).days == 1
        assert balances(session, until=clock().date()) == {}


def test_nothing_is_booked_for_nothing(database: Database, clock: FixedClock) -> None:
    assert deposit(database, clock, "a", 0) is None
    with database.reading() as session:
        assert entries(session) == []


def test_refuses_a_negative_amount(database: Database, clock: FixedClock) -> None:
    with pytest.raises(ValueError, match=r"bank\.deposit"):
        deposit(database, clock, "a", -1)


def test_one_cause_is_booked_once_under_a_rule(database: Database, clock: FixedClock) -> None:
    deposit(database, clock, "a")
    with pytest.raises(IntegrityError):
        deposit(database, clock, "a")
    with database.transaction() as session:
        fee = [Amount(36, provider="stripe")]
        post(session, PROVIDER_FEE, fee, cause=Cause("test", "a"), text="", at=clock())
    with database.reading() as session:
        assert verify(session).intact
        assert verify(session).entries == 2


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_entry SET text = 'x'",
        "DELETE FROM ledger_entry",
        "UPDATE ledger_posting SET amount = amount + 1",
        "DELETE FROM ledger_posting",
        "INSERT INTO ledger_posting (entry_seq, account, amount) VALUES (1, 'till:x', 5)",
    ],
)
def test_the_database_refuses_changes(
    database: Database, clock: FixedClock, statement: str
) -> None:
    deposit(database, clock, "a")
    with pytest.raises(DBAPIError), database.transaction() as session:
        session.execute(text(statement))
    with database.reading() as session:
        assert verify(session).intact


@pytest.mark.postgres
def test_postgres_refuses_truncate(postgres_url: str, clock: FixedClock) -> None:
    database = Database(postgres_url)
    try:
        deposit(database, clock, "a")
        with pytest.raises(DBAPIError), database.transaction() as session:
            session.execute(text("TRUNCATE ledger_posting, ledger_entry"))
    finally:
        database.dispose()


@pytest.mark.parametrize(
    ("seq", "previous", "postings"),
    [
        (1, GENESIS, {"bank": 100, "suspense": -99}),
        (1, GENESIS, {"bank": 100}),
        (1, GENESIS, {}),
        (2, GENESIS, {"bank": 100, "suspense": -100}),
    ],
)
def test_the_database_refuses_an_entry_that_is_not_sound(
    database: Database,
    clock: FixedClock,
    seq: int,
    previous: str,
    postings: dict[str, int],
) -> None:
    with pytest.raises(DBAPIError), database.transaction() as session:
        for account, amount in postings.items():
            session.execute(
                insert(Posting), [{"entry_seq": seq, "account": account, "amount": amount}]
            )
        session.execute(insert(LedgerEntry), [row(clock, seq, previous)])


def test_the_database_refuses_an_entry_outside_the_chain(
    database: Database, clock: FixedClock
) -> None:
    deposit(database, clock, "a")
    with pytest.raises(DBAPIError), database.transaction() as session:
        session.execute(
            insert(Posting),
            [
                {"entry_seq": 2, "account": "bank", "amount": 1},
                {"entry_seq": 2, "account": "suspense", "amount": -1},
            ],
        )
        session.execute(insert(LedgerEntry), [row(clock, 2, GENESIS)])


def test_postings_without_their_entry_are_not_kept(database: Database) -> None:
    with pytest.raises(IntegrityError), database.transaction() as session:
        session.execute(insert(Posting), [{"entry_seq": 1, "account": "bank", "amount": 1}])


def test_appends_of_many_leave_no_gap(database: Database, clock: FixedClock) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda number: deposit(database, clock, str(number)), range(24)))
    with database.reading() as session:
        assert verify(session, batch=7).problems == ()
        assert verify(session).entries == 24
        assert balances(session)["bank"] == 24_000


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("UPDATE ledger_entry SET text = 'x' WHERE seq = 2", "entry 2 was changed"),
        (
            "UPDATE ledger_posting SET amount = amount + 1 WHERE entry_seq = 1",
            "entry 1 does not balance",
        ),
        (
            "UPDATE ledger_posting SET amount = amount * 2 WHERE entry_seq = 1",
            "entry 1 was changed",
        ),
        ("DELETE FROM ledger_entry WHERE seq = 2", "entries 2 to 2 are missing"),
    ],
)
def test_the_chain_shows_what_was_tampered_with(
    sqlite_url: str, clock: FixedClock, statement: str, problem: str
) -> None:
    database = Database(sqlite_url)
    try:
        for cause in "abc":
            deposit(database, clock, cause)
        with database.engine.begin() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.exec_driver_sql("BEGIN")
            for name in connection.exec_driver_sql(
                "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            ).scalars():
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
            connection.exec_driver_sql(statement)
        with database.reading() as session:
            assert problem in verify(session).problems
    finally:
        database.dispose()


def test_every_rule_of_the_table_balances(database: Database, clock: FixedClock) -> None:
    with database.transaction() as session:
        for rule in RULES.values():
            post(
                session,
                rule,
                [Amount(100, revenue="postage", provider="paypay", till="1")],
                cause=Cause("test", "a"),
                text=rule.name,
                at=clock(),
            )
    with database.reading() as session:
        assert verify(session).problems == ()
        assert total(session) == 0


def test_opposite_rules_undo_each_other() -> None:
    assert (BANK_DEPOSIT.debit, BANK_DEPOSIT.credit) == (
        BANK_WITHDRAWAL.credit,
        BANK_WITHDRAWAL.debit,
    )


def row(clock: FixedClock, seq: int, previous: str) -> dict[str, object]:
    return {
        "seq": seq,
        "id": f"entry-{seq}",
        "posted_at": clock(),
        "day": clock().date(),
        "rule": "test",
        "cause_kind": "test",
        "cause_id": str(seq),
        "claim_id": None,
        "text": "",
        "previous": previous,
        "digest": "d" * 64,
    }
