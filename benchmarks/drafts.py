"""Where both pages keep what was answered: one row for each person, as the portal keeps a draft."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from foundation.clock import system_clock
from foundation.database import Database
from foundation.orm import Json, UtcDateTime
from foundation.rows import write_now


class _Base(DeclarativeBase):
    """Apart from the tables of the program."""

    type_annotation_map = {datetime: UtcDateTime, dict[str, Any]: Json}  # noqa: RUF012


class Draft(_Base):
    """The answers of one person."""

    __tablename__ = "draft"

    id: Mapped[str] = mapped_column(primary_key=True)
    answers: Mapped[dict[str, Any]]
    changed_at: Mapped[datetime]

    def keep(self, answers: Mapping[str, Any]) -> None:
        """Replace what was answered before, as one does with an ORM."""
        self.answers = dict(answers)
        self.changed_at = system_clock()

    def keep_now(self, answers: Mapping[str, Any]) -> None:
        """The same write as the portal does it (``save_section``)."""
        write_now(self, answers=dict(answers), changed_at=system_clock())


#: Reads a draft as the portal does (``own_application``): a statement that is built once.
_LOCKED = select(Draft).where(Draft.id == bindparam("draft_id")).with_for_update()


class Drafts:
    """A SQLite file as the portal uses it, with one draft."""

    def __init__(self, folder: Path, name: str) -> None:
        self._database = Database(f"sqlite:///{folder / name}.sqlite")
        _Base.metadata.create_all(self._database.engine)
        self._id = name
        with self._database.transaction() as session:
            session.add(Draft(id=name, answers={}, changed_at=system_clock()))

    @contextmanager
    def changing(self) -> Iterator[Draft]:
        """Reads the draft, locked, and writes it at the end, in one transaction."""
        with self._database.transaction() as session:
            yield session.get_one(Draft, self._id, with_for_update=True)

    @contextmanager
    def filling_in(self) -> Iterator[Draft]:
        """The same read, lock and transaction, in the portal's way."""
        with self._database.transaction() as session:
            yield session.scalars(_LOCKED, {"draft_id": self._id}).one()

    def answers(self) -> dict[str, Any]:
        """What is kept now."""
        with self._database.reading() as session:
            return session.get_one(Draft, self._id).answers

    def close(self) -> None:
        self._database.dispose()
