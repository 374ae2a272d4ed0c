"""Where both pages keep what was answered: one row for each person, as the portal keeps a draft."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Table, bindparam, select, update
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from foundation.clock import system_clock
from foundation.database import Database, Work
from foundation.orm import Json, UtcDateTime


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


_TABLE = cast(Table, Draft.__table__)
# As the portal reads and writes the draft of a form's page (portal/applications/drafts.py).
_LOCKED = (
    select(_TABLE.c.id, _TABLE.c.answers, _TABLE.c.changed_at)
    .where(_TABLE.c.id == bindparam("draft_id"))
    .with_for_update()
)
_KEEP = (
    update(_TABLE)
    .where(_TABLE.c.id == bindparam("draft_id"))
    .values(answers=bindparam("answers"), changed_at=bindparam("changed_at"))
)


@dataclass(frozen=True)
class DraftAtWork:
    """The columns of a draft that is held, in the portal's way."""

    work: Work
    id: str
    answers: dict[str, Any]
    changed_at: datetime

    def keep(self, answers: Mapping[str, Any]) -> None:
        """Replace what was answered before."""
        self.work.connection.execute(
            _KEEP,
            {"draft_id": self.id, "answers": dict(answers), "changed_at": system_clock()},
        )


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
    def filling_in(self) -> Iterator[DraftAtWork]:
        """The same read, lock and transaction, in the portal's way."""
        with self._database.working() as work:
            row = work.connection.execute(_LOCKED, {"draft_id": self._id}).one()
            yield DraftAtWork(work, *tuple(row))

    def answers(self) -> dict[str, Any]:
        """What is kept now."""
        with self._database.reading() as session:
            return session.get_one(Draft, self._id).answers

    def close(self) -> None:
        self._database.dispose()
