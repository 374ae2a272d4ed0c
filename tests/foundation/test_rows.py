"""A row that is written at once."""

from pathlib import Path

import pytest
from sqlalchemy import delete
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from foundation.database import Database
from foundation.rows import write_now


class _Base(DeclarativeBase):
    """Apart from the tables of the program."""


class Note(_Base):
    __tablename__ = "note"

    id: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str]
    author: Mapped[str]


@pytest.fixture
def database(tmp_path: Path) -> Database:
    """With one note."""
    database = Database(f"sqlite:///{tmp_path / 'notes.sqlite'}")
    _Base.metadata.create_all(database.engine)
    with database.transaction() as session:
        session.add(Note(id="a", text="before", author="taro"))
    return database


def test_it_is_written_and_seen(database: Database) -> None:
    with database.transaction() as session:
        note = session.get_one(Note, "a")
        write_now(note, text="after")
        assert note.text == "after"
    with database.reading() as session:
        assert (session.get_one(Note, "a").text, session.get_one(Note, "a").author) == (
            "after",
            "taro",
        )


def test_it_is_undone_with_its_transaction(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.transaction() as session:
        write_now(session.get_one(Note, "a"), text="after")
        raise ZeroDivisionError
    with database.reading() as session:
        assert session.get_one(Note, "a").text == "before"


def test_a_row_that_is_gone_is_told(database: Database) -> None:
    with database.transaction() as session:
        note = session.get_one(Note, "a")
        session.execute(delete(Note).execution_options(synchronize_session=False))
        with pytest.raises(LookupError):
            write_now(note, text="after")


def test_what_no_session_has_read_is_told() -> None:
    with pytest.raises(LookupError):
        write_now(Note(id="a"), text="after")
