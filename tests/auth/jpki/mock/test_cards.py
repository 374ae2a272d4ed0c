"""Mock cards: the profile of what is on them, PINs that count, locks that last."""

import shutil
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from auth.jpki.attributes import BasicFour
from auth.jpki.mock.authority import TooYoung
from auth.jpki.mock.cards import CardBox, OpenCard, PinLocked, PinWrong, open_card_box
from auth.jpki.mock.cli import cards_group
from auth.jpki.mock.personas import read_personas
from auth.jpki.profile import PROFILES, CertificateKind
from auth.jpki.verification import Outcome, signed_by, verify
from foundation.clock import jst_date
from tests.auth.world import PERSONAS, PIN
from tests.support.clock import FixedClock

SIGN_IN, SIGN = CertificateKind.USER_AUTHENTICATION, CertificateKind.SIGNATURE
SIGNATURE_PIN = "MIHON2026"


@pytest.fixture
def box(idp_directory: Path, clock: FixedClock) -> Iterator[CardBox]:
    box = open_card_box(idp_directory, PERSONAS, clock)
    yield box
    box.close()


def opened(box: CardBox, card: str, kind: CertificateKind) -> OpenCard:
    found = box.open(card, kind, PIN if kind is SIGN_IN else SIGNATURE_PIN)
    assert isinstance(found, OpenCard)
    return found


class TestPin:
    def test_three_wrong_ones_lock(self, box: CardBox) -> None:
        assert box.open("hanako", SIGN_IN, "0000") == PinWrong(2)
        assert box.open("hanako", SIGN_IN, "0000") == PinWrong(1)
        assert box.open("hanako", SIGN_IN, "0000") == PinLocked()
        assert box.open("hanako", SIGN_IN, PIN) == PinLocked()

    def test_five_wrong_ones_lock_the_signature(self, box: CardBox) -> None:
        answers = [box.open("hanako", SIGN, "WRONG1") for _ in range(5)]
        assert answers == [PinWrong(4), PinWrong(3), PinWrong(2), PinWrong(1), PinLocked()]

    def test_the_right_one_starts_the_count_anew(self, box: CardBox) -> None:
        box.open("hanako", SIGN_IN, "0000")
        box.open("hanako", SIGN_IN, "0000")
        opened(box, "hanako", SIGN_IN)
        assert box.tries_left("hanako", SIGN_IN) == 3

    def test_each_key_and_each_card_counts_for_itself(self, box: CardBox) -> None:
        for _ in range(3):
            box.open("hanako", SIGN_IN, "0000")
        assert box.tries_left("hanako", SIGN) == 5
        opened(box, "maria", SIGN_IN)

    def test_the_lock_is_on_the_card(
        self, box: CardBox, idp_directory: Path, clock: FixedClock
    ) -> None:
        for _ in range(3):
            box.open("hanako", SIGN_IN, "0000")
        again = open_card_box(idp_directory, PERSONAS, clock)
        assert again.open("hanako", SIGN_IN, PIN) == PinLocked()
        again.unlock("hanako")
        again.close()
        opened(box, "hanako", SIGN_IN)


class TestCertificate:
    def test_for_signing_in_tells_nothing_of_the_person(self, box: CardBox) -> None:
        certificate = opened(box, "hanako", SIGN_IN).certificate
        assert "見本" not in certificate.subject.rfc4514_string()
        with pytest.raises(x509.ExtensionNotFound):
            certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName)

    def test_for_signing_holds_the_basic_four(self, box: CardBox) -> None:
        card = opened(box, "hanako", SIGN)
        assert BasicFour.of_certificate(card.certificate) == card.basic_four
        places = card.certificate.subject.get_attributes_for_oid(NameOID.LOCALITY_NAME)
        assert [place.value for place in places] == ["見本県", "見本市"]

    @pytest.mark.parametrize("kind", CertificateKind)
    def test_fits_the_profile(self, box: CardBox, kind: CertificateKind) -> None:
        certificate = opened(box, "hanako", kind).certificate
        issuer = certificate.issuer
        assert issuer.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)[0].value == "JPKI-MOCK"
        units = issuer.get_attributes_for_oid(NameOID.ORGANIZATIONAL_UNIT_NAME)
        assert units[0].value == PROFILES[kind].authority_unit
        assert certificate.not_valid_after_utc.isoformat() == "2031-04-02T14:59:59+00:00"

    @pytest.mark.parametrize("kind", CertificateKind)
    def test_is_verified(self, box: CardBox, clock: FixedClock, kind: CertificateKind) -> None:
        card = opened(box, "hanako", kind)
        assert signed_by(card.certificate, b"challenge", card.sign(b"challenge"))
        assert self.outcome(box, clock, card.certificate, kind) is Outcome.GOOD
        other = SIGN if kind is SIGN_IN else SIGN_IN
        assert self.outcome(box, clock, card.certificate, other) is not Outcome.GOOD

    def test_stays_on_the_card(self, box: CardBox) -> None:
        assert opened(box, "hanako", SIGN).certificate == opened(box, "hanako", SIGN).certificate

    def test_is_not_issued_for_signing_under_fifteen(self, box: CardBox) -> None:
        opened(box, "rin", SIGN_IN)
        with pytest.raises(TooYoung):
            box.open("rin", SIGN, SIGNATURE_PIN)

    def test_ends_with_a_card_that_ends_sooner(self, box: CardBox, clock: FixedClock) -> None:
        end = opened(box, "megumi", SIGN_IN).certificate.not_valid_after_utc
        assert jst_date(end) == jst_date(clock()) + timedelta(days=30)

    def test_for_signing_is_revoked_by_a_move(self, box: CardBox, clock: FixedClock) -> None:
        certificate = opened(box, "daisuke", SIGN).certificate
        assert self.outcome(box, clock, certificate, SIGN) is Outcome.REVOKED
        certificate = opened(box, "daisuke", SIGN_IN).certificate
        assert self.outcome(box, clock, certificate, SIGN_IN) is Outcome.GOOD

    def test_that_was_revoked(self, box: CardBox, clock: FixedClock) -> None:
        certificate = opened(box, "hanako", SIGN_IN).certificate
        box.revoke("hanako", SIGN_IN)
        assert self.outcome(box, clock, certificate, SIGN_IN) is Outcome.REVOKED

    def test_of_which_the_authority_knows_nothing(
        self, box: CardBox, clock: FixedClock, used_directory: Path, tmp_path: Path
    ) -> None:
        """Another box of cards below the same authority."""
        directory = tmp_path / "other"
        directory.mkdir()
        for file in used_directory.glob("*.pem"):
            shutil.copy(file, directory)
        other = open_card_box(directory, PERSONAS, clock)
        certificate = opened(other, "hanako", SIGN_IN).certificate
        other.close()
        assert self.outcome(box, clock, certificate, SIGN_IN) is Outcome.CHECK_UNAVAILABLE

    def test_openssl_agrees(self, box: CardBox, tmp_path: Path) -> None:
        certificate = opened(box, "hanako", SIGN_IN).certificate
        for name, chain in (
            ("leaf", [certificate]),
            ("authorities", box.trust.authorities),
            ("roots", box.trust.roots),
        ):
            pem = b"".join(link.public_bytes(Encoding.PEM) for link in chain)
            (tmp_path / name).write_bytes(pem)
        seconds = int(certificate.not_valid_before_utc.timestamp())
        done = subprocess.run(
            [
                *("openssl", "verify", "-x509_strict", "-attime", str(seconds)),
                *("-CAfile", "roots", "-untrusted", "authorities", "leaf"),
            ],
            cwd=tmp_path,
            capture_output=True,
            check=False,
        )
        assert done.stdout == b"leaf: OK\n", done.stderr

    def outcome(
        self,
        box: CardBox,
        clock: FixedClock,
        certificate: x509.Certificate,
        kind: CertificateKind,
    ) -> Outcome:
        return verify(
            certificate, kind, box.trust, at=clock(), revocation=box.revocation_status
        ).outcome


class TestCommandLine:
    def run(self, box: CardBox, *arguments: str, production: bool = False) -> tuple[int, str]:
        done = CliRunner().invoke(cards_group(lambda: box, lambda: production), arguments)
        return done.exit_code, done.output

    def test_list_and_unlock(self, box: CardBox) -> None:
        for _ in range(3):
            box.open("hanako", SIGN_IN, "0000")
        assert "hanako\t見本　花子\tPIN 1234\tlocked" in self.run(box, "list")[1]
        assert self.run(box, "unlock", "hanako") == (0, "hanako: unlocked\n")
        assert "3 tries left" in self.run(box, "list")[1]

    def test_revoke(self, box: CardBox) -> None:
        assert self.run(box, "revoke", "hanako")[0] == 0

    def test_unknown_card(self, box: CardBox) -> None:
        code, output = self.run(box, "unlock", "nobody")
        assert code == 1
        assert "hanako" in output

    def test_not_in_production(self, box: CardBox) -> None:
        assert self.run(box, "list", production=True)[0] == 1


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ('pin: "1234"', "pin: 1234"),
        ('pin: "1234"', 'pin: "123"'),
        ("family: 見本", "surname: 見本"),
        ('birth_date: "1988-04-02"', 'birth_date: "1988-04-31"'),
        ("sex: female", "sex: f"),
    ],
)
def test_a_wrong_persona_is_named(tmp_path: Path, change: str, problem: str) -> None:
    path = tmp_path / "personas.yaml"
    path.write_text(PERSONAS.read_text().replace(change, problem, 1))
    with pytest.raises(ValueError, match="persona 1"):
        read_personas(path)
