"""Triggers by which the database itself keeps the ledger append-only, balanced and gapless.

Postings are written first, then the entry that they belong to. The entry is the seal: the database
accepts it only if its postings balance and it is the next in the chain, and after it no posting of
that entry any more. Postings that are never sealed fail their deferred foreign key at commit.
"""

from sqlalchemy import DDL, Table, event

from foundation.orm import Base
from payments.ledger.models import LedgerEntry, Posting

#: SQLite: triggers by table, in the order in which they are made.
SQLITE: dict[str, tuple[str, ...]] = {
    "ledger_posting": (
        """
        CREATE TRIGGER ledger_posting_no_update BEFORE UPDATE ON ledger_posting
        BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END
        """,
        """
        CREATE TRIGGER ledger_posting_no_delete BEFORE DELETE ON ledger_posting
        BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END
        """,
        """
        CREATE TRIGGER ledger_posting_sealed BEFORE INSERT ON ledger_posting
        WHEN EXISTS (SELECT 1 FROM ledger_entry WHERE seq = NEW.entry_seq)
        BEGIN SELECT RAISE(ABORT, 'the ledger entry is sealed'); END
        """,
    ),
    "ledger_entry": (
        """
        CREATE TRIGGER ledger_entry_no_update BEFORE UPDATE ON ledger_entry
        BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END
        """,
        """
        CREATE TRIGGER ledger_entry_no_delete BEFORE DELETE ON ledger_entry
        BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END
        """,
        """
        CREATE TRIGGER ledger_entry_balanced BEFORE INSERT ON ledger_entry
        WHEN (SELECT COUNT(*) FROM ledger_posting WHERE entry_seq = NEW.seq) < 2
          OR (SELECT SUM(amount) FROM ledger_posting WHERE entry_seq = NEW.seq) <> 0
        BEGIN SELECT RAISE(ABORT, 'the ledger entry does not balance'); END
        """,
        """
        CREATE TRIGGER ledger_entry_chained BEFORE INSERT ON ledger_entry
        WHEN NEW.seq <> (SELECT COALESCE(MAX(seq), 0) + 1 FROM ledger_entry)
          OR NEW.previous <> COALESCE(
               (SELECT digest FROM ledger_entry ORDER BY seq DESC LIMIT 1), NEW.previous)
        BEGIN SELECT RAISE(ABORT, 'the ledger entry is not the next in the chain'); END
        """,
    ),
}

#: PostgreSQL: functions and triggers by table, in the order in which they are made.
POSTGRESQL: dict[str, tuple[str, ...]] = {
    "ledger_posting": (
        """
        CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$
        """,
        """
        CREATE OR REPLACE FUNCTION ledger_posting_open() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF EXISTS (SELECT 1 FROM ledger_entry WHERE seq = NEW.entry_seq) THEN
            RAISE EXCEPTION 'the ledger entry is sealed';
          END IF;
          RETURN NEW;
        END $$
        """,
        """
        CREATE TRIGGER ledger_posting_append_only BEFORE UPDATE OR DELETE ON ledger_posting
        FOR EACH ROW EXECUTE FUNCTION ledger_refuse()
        """,
        """
        CREATE TRIGGER ledger_posting_no_truncate BEFORE TRUNCATE ON ledger_posting
        FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse()
        """,
        """
        CREATE TRIGGER ledger_posting_sealed BEFORE INSERT ON ledger_posting
        FOR EACH ROW EXECUTE FUNCTION ledger_posting_open()
        """,
    ),
    "ledger_entry": (
        """
        CREATE OR REPLACE FUNCTION ledger_entry_seal() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
          lines bigint;
          total numeric;
          last record;
        BEGIN
          SELECT COUNT(*), SUM(amount) INTO lines, total
            FROM ledger_posting WHERE entry_seq = NEW.seq;
          IF lines < 2 OR total <> 0 THEN
            RAISE EXCEPTION 'the ledger entry does not balance';
          END IF;
          SELECT seq, digest INTO last FROM ledger_entry ORDER BY seq DESC LIMIT 1;
          IF NEW.seq <> COALESCE(last.seq, 0) + 1
             OR NEW.previous <> COALESCE(last.digest, NEW.previous) THEN
            RAISE EXCEPTION 'the ledger entry is not the next in the chain';
          END IF;
          RETURN NEW;
        END $$
        """,
        """
        CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$
        """,
        """
        CREATE TRIGGER ledger_entry_append_only BEFORE UPDATE OR DELETE ON ledger_entry
        FOR EACH ROW EXECUTE FUNCTION ledger_refuse()
        """,
        """
        CREATE TRIGGER ledger_entry_no_truncate BEFORE TRUNCATE ON ledger_entry
        FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse()
        """,
        """
        CREATE TRIGGER ledger_entry_sealed BEFORE INSERT ON ledger_entry
        FOR EACH ROW EXECUTE FUNCTION ledger_entry_seal()
        """,
    ),
}


def _attach(table: Table, dialect: str, statements: tuple[str, ...]) -> None:
    for statement in statements:
        ddl = DDL(statement)  # type: ignore[no-untyped-call]
        event.listen(table, "after_create", ddl.execute_if(dialect=dialect))


for _table in (
    Base.metadata.tables[name] for name in (LedgerEntry.__tablename__, Posting.__tablename__)
):
    _attach(_table, "sqlite", SQLITE[_table.name])
    _attach(_table, "postgresql", POSTGRESQL[_table.name])
