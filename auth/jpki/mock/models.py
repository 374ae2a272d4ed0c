"""What the mocks remember, in a database of their own that the portal never sees."""

from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar

from sqlalchemy import LargeBinary
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from auth.jpki.profile import CertificateKind
from foundation.database import Database
from foundation.orm import UtcDateTime
from foundation.states import one_of


class MockBase(DeclarativeBase):
    """The tables of the mock authority, its cards and the mock provider."""

    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: UtcDateTime, bytes: LargeBinary}


class CardKey(MockBase):
    """One key on one card, behind its PIN."""

    __tablename__ = "card_key"

    #: the persona's id
    card_id: Mapped[str] = mapped_column(primary_key=True)
    #: a word of CertificateKind
    kind: Mapped[str] = mapped_column(primary_key=True)
    #: how many wrong PINs are left; at 0 the key is locked
    tries_left: Mapped[int]
    #: PKCS #8; made when the card is first used, because twenty RSA keys take seconds
    private_key: Mapped[bytes | None]
    #: DER
    certificate: Mapped[bytes | None]
    #: hexadecimal
    serial: Mapped[str | None] = mapped_column(index=True)
    revoked_at: Mapped[datetime | None]

    __table_args__ = (one_of("kind", CertificateKind, name="kind_known"),)


def open_mock_database(directory: Path) -> Database:
    """The mocks' database in their directory, with its tables."""
    directory.mkdir(parents=True, exist_ok=True)
    database = Database(f"sqlite:///{directory / 'mock.sqlite'}")
    with database.transaction() as session:
        # Inside a writer's transaction: another process may be doing the same.
        MockBase.metadata.create_all(session.connection())
    return database
