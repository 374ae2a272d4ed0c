"""Mock cards: keys behind PINs that count wrong tries, and sign inside."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from auth.jpki.attributes import BasicFour
from auth.jpki.mock.authority import MockAuthority, load_rsa_key, new_rsa_key, private_pem
from auth.jpki.mock.models import CardKey, open_mock_database
from auth.jpki.mock.personas import Persona, SignatureState, read_personas
from auth.jpki.profile import PROFILES, CertificateKind
from auth.jpki.revocation import RevocationStatus
from foundation.clock import Clock, jst_date
from foundation.database import Database


@dataclass(frozen=True)
class PinWrong:
    """The PIN is wrong; so many tries are left before the key locks."""

    tries_left: int


@dataclass(frozen=True)
class PinLocked:
    """The key is locked; only the counter of a city hall unlocks it."""


@dataclass(frozen=True)
class OpenCard:
    """A card after the right PIN: it signs, and shows what is printed on it."""

    certificate: x509.Certificate
    #: 券面事項: as the card's face has it
    basic_four: BasicFour
    _key: rsa.RSAPrivateKey

    def sign(self, data: bytes) -> bytes:
        """RSA, PKCS #1 v1.5, SHA-256; the key never leaves the card."""
        return self._key.sign(data, padding.PKCS1v15(), hashes.SHA256())


class CardBox:
    """All mock cards, one for each persona."""

    def __init__(
        self,
        database: Database,
        authority: MockAuthority,
        personas: Mapping[str, Persona],
        clock: Clock,
    ) -> None:
        self._database, self._authority, self._clock = database, authority, clock
        self.personas = personas
        #: what a verifier of these cards has to trust
        self.trust = authority.trust

    def open(
        self, card_id: str, kind: CertificateKind, pin: str
    ) -> OpenCard | PinWrong | PinLocked:
        """Show a card the PIN. A wrong one is counted on the card, a right one resets the count.

        Raises KeyError for a card that doesn't exist, TooYoung where it holds no such key.
        """
        persona = self.personas[card_id]
        with self._database.transaction() as session:
            row = self._row(session, persona, kind)
            if row.tries_left == 0:
                return PinLocked()
            if pin != persona.pins[kind]:
                row.tries_left -= 1
                return PinWrong(row.tries_left) if row.tries_left else PinLocked()
            row.tries_left = PROFILES[kind].pin_tries
        return self._opened(persona, kind)

    def tries_left(self, card_id: str, kind: CertificateKind) -> int:
        """How many wrong PINs the card still bears; 0 means locked."""
        with self._database.reading() as session:
            row = session.get(CardKey, (card_id, kind))
            return PROFILES[kind].pin_tries if row is None else row.tries_left

    def unlock(self, card_id: str) -> None:
        """As at the counter: all keys of the card take their PINs again."""
        with self._database.transaction() as session:
            for kind, profile in PROFILES.items():
                self._row(session, self.personas[card_id], kind).tries_left = profile.pin_tries

    def revoke(self, card_id: str, kind: CertificateKind) -> None:
        """失効: the certificate that is on the card is good no more."""
        certificate = self._opened(self.personas[card_id], kind).certificate
        with self._database.transaction() as session:
            session.execute(
                update(CardKey)
                .where(CardKey.serial == _serial(certificate))
                .values(revoked_at=self._clock())
            )

    def revocation_status(
        self, certificate: x509.Certificate, issuer: x509.Certificate, at: datetime
    ) -> RevocationStatus:
        """The authority's own knowledge, as a RevocationCheck; of a stranger it knows nothing."""
        with self._database.reading() as session:
            row = session.scalars(
                select(CardKey).where(CardKey.serial == _serial(certificate))
            ).first()
        if row is None:
            return RevocationStatus.UNAVAILABLE
        revoked = row.revoked_at is not None and row.revoked_at <= at
        return RevocationStatus.REVOKED if revoked else RevocationStatus.GOOD

    def close(self) -> None:
        """Let go of the database."""
        self._database.dispose()

    def _row(self, session: Session, persona: Persona, kind: CertificateKind) -> CardKey:
        row = session.get(CardKey, (persona.id, kind))
        if row is None:
            row = CardKey(card_id=persona.id, kind=kind, tries_left=PROFILES[kind].pin_tries)
            session.add(row)
        return row

    def _opened(self, persona: Persona, kind: CertificateKind) -> OpenCard:
        held = self._held(persona, kind)
        if held is None:
            # Outside a transaction: making a key takes a while, and others need the database.
            held = self._personalise(persona, kind)
        private_key, certificate = held
        return OpenCard(
            certificate=x509.load_der_x509_certificate(certificate),
            basic_four=persona.basic_four,
            _key=load_rsa_key(private_key),
        )

    def _held(self, persona: Persona, kind: CertificateKind) -> tuple[bytes, bytes] | None:
        with self._database.reading() as session:
            row = session.get(CardKey, (persona.id, kind))
            if row is None or row.private_key is None or row.certificate is None:
                return None
            return row.private_key, row.certificate

    def _personalise(self, persona: Persona, kind: CertificateKind) -> tuple[bytes, bytes]:
        key = new_rsa_key()
        now = self._clock()
        certificate = self._authority.issue(
            kind, key.public_key(), persona.basic_four, now, card_expiry=_card_expiry(persona, now)
        )
        moved = kind is CertificateKind.SIGNATURE and persona.signature is SignatureState.REVOKED
        with self._database.transaction() as session:
            row = self._row(session, persona, kind)
            if row.private_key is None or row.certificate is None:
                row.private_key = private_pem(key)
                row.certificate = certificate.public_bytes(Encoding.DER)
                row.serial = _serial(certificate)
                row.revoked_at = now if moved else None
            return row.private_key, row.certificate


def open_card_box(directory: Path, personas: Path, clock: Clock) -> CardBox:
    """The cards of a data directory and a file of personas; made at the first time."""
    return CardBox(
        open_mock_database(directory),
        MockAuthority.open(directory, clock()),
        read_personas(personas),
        clock,
    )


def _card_expiry(persona: Persona, now: datetime) -> date | None:
    if persona.valid_days is None:
        return None
    return jst_date(now) + timedelta(days=persona.valid_days)


def _serial(certificate: x509.Certificate) -> str:
    return f"{certificate.serial_number:x}"
