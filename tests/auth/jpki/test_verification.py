"""Certificates that are right, and one of each that isn't."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding

from auth.jpki.profile import PROFILES, CertificateKind
from auth.jpki.revocation import RevocationStatus
from auth.jpki.verification import Outcome, TrustStore, signed_by, verify
from tests.auth.jpki.certificates import KIND, YEAR, Maker, new_key, usage
from tests.support.clock import USUAL_MOMENT

SIGNATURE_POLICY = PROFILES[CertificateKind.SIGNATURE].policy


def status(answer: RevocationStatus) -> Callable[..., RevocationStatus]:
    return lambda certificate, issuer, at: answer


def outcome(
    certificate: x509.Certificate,
    trust: TrustStore | None = None,
    *,
    kind: CertificateKind = KIND,
    at: datetime = USUAL_MOMENT,
) -> Outcome:
    return verify(
        certificate,
        kind,
        trust or Maker.shared().trust,
        at=at,
        revocation=status(RevocationStatus.GOOD),
    ).outcome


def test_a_good_one() -> None:
    maker = Maker.shared()
    verification = verify(
        maker.leaf(), KIND, maker.trust, at=USUAL_MOMENT, revocation=status(RevocationStatus.GOOD)
    )
    assert verification.good
    assert verification.issuer == maker.authority


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (RevocationStatus.GOOD, Outcome.GOOD),
        (RevocationStatus.REVOKED, Outcome.REVOKED),
        (RevocationStatus.UNAVAILABLE, Outcome.CHECK_UNAVAILABLE),
    ],
)
def test_the_authority_has_the_last_word(answer: RevocationStatus, expected: Outcome) -> None:
    maker = Maker.shared()
    verification = verify(
        maker.leaf(), KIND, maker.trust, at=USUAL_MOMENT, revocation=status(answer)
    )
    assert verification.outcome is expected


def test_without_a_source_of_revocation_nobody_gets_in() -> None:
    maker = Maker.shared()
    verification = verify(maker.leaf(), KIND, maker.trust, at=USUAL_MOMENT)
    assert verification.outcome is Outcome.CHECK_UNAVAILABLE


class TestTime:
    @pytest.mark.parametrize(
        ("shift", "expected"),
        [
            (-YEAR - timedelta(seconds=1), Outcome.NOT_YET_VALID),
            (-YEAR, Outcome.GOOD),
            (YEAR, Outcome.GOOD),
            (YEAR + timedelta(seconds=1), Outcome.EXPIRED),
        ],
    )
    def test_of_the_certificate(self, shift: timedelta, expected: Outcome) -> None:
        assert outcome(Maker.shared().leaf(), at=USUAL_MOMENT + shift) is expected

    def test_an_expired_authority_vouches_for_nobody(self) -> None:
        maker = Maker.make(authority_until=USUAL_MOMENT - timedelta(days=1))
        assert outcome(maker.leaf(), maker.trust) is Outcome.UNKNOWN_AUTHORITY

    def test_an_expired_root_vouches_for_nobody(self) -> None:
        maker = Maker.make(root_until=USUAL_MOMENT - timedelta(days=1))
        assert outcome(maker.leaf(), maker.trust) is Outcome.UNKNOWN_AUTHORITY


class TestPath:
    def test_a_look_alike_with_the_same_names(self) -> None:
        impostor = Maker.make(keys=(3, 4))
        assert outcome(impostor.leaf()) is Outcome.UNKNOWN_AUTHORITY

    def test_two_generations_share_a_name(self) -> None:
        old, new = Maker.shared(), Maker.make(keys=(3, 4))
        trust = TrustStore(roots=(old.root, new.root), authorities=(old.authority, new.authority))
        assert outcome(old.leaf(), trust) is Outcome.GOOD
        assert outcome(new.leaf(), trust) is Outcome.GOOD

    def test_an_authority_below_a_root_that_is_not_trusted(self) -> None:
        impostor, ours = Maker.make(keys=(3, 4)), Maker.shared()
        trust = TrustStore(roots=(ours.root,), authorities=(impostor.authority,))
        assert outcome(impostor.leaf(), trust) is Outcome.UNKNOWN_AUTHORITY

    def test_signed_by_itself(self) -> None:
        leaf = Maker.shared().leaf(signer=new_key(2, 2048))
        assert outcome(leaf) is Outcome.UNKNOWN_AUTHORITY

    def test_an_authority_that_is_none(self) -> None:
        maker = Maker.make(authority_ca=False)
        assert outcome(maker.leaf(), maker.trust) is Outcome.UNKNOWN_AUTHORITY

    def test_the_authority_of_the_other_kind(self) -> None:
        maker = Maker.make(authority_kind=CertificateKind.SIGNATURE)
        assert outcome(maker.leaf(), maker.trust) is Outcome.UNKNOWN_AUTHORITY


class TestProfile:
    def test_another_policy(self) -> None:
        assert outcome(Maker.shared().leaf(policy=SIGNATURE_POLICY)) is Outcome.WRONG_POLICY

    def test_a_certificate_for_the_other_purpose(self) -> None:
        maker = Maker.make(authority_kind=CertificateKind.SIGNATURE)
        leaf = maker.leaf(kind=CertificateKind.SIGNATURE)
        assert outcome(leaf, maker.trust, kind=CertificateKind.SIGNATURE) is Outcome.GOOD
        assert outcome(leaf, maker.trust) is not Outcome.GOOD

    @pytest.mark.parametrize(
        "wrong",
        [
            usage(non_repudiation=True),
            usage(digital_signature=True, non_repudiation=True),
            usage(authority=True),
            usage(digital_signature=True, authority=True),
        ],
        ids=["no digitalSignature", "nonRepudiation", "keyCertSign", "both"],
    )
    def test_another_usage(self, wrong: x509.KeyUsage) -> None:
        assert outcome(Maker.shared().leaf(key_usage=wrong)) is Outcome.WRONG_USAGE

    def test_usage_must_be_critical(self) -> None:
        assert outcome(Maker.shared().leaf(usage_critical=False)) is Outcome.WRONG_USAGE

    def test_a_critical_extension_that_is_not_understood(self) -> None:
        unknown = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.392.1"), b"\x05\x00")
        leaf = Maker.shared().leaf(extra=(unknown, True))
        assert outcome(leaf) is Outcome.MALFORMED
        assert outcome(Maker.shared().leaf(extra=(unknown, False))) is Outcome.GOOD

    def test_a_short_key(self) -> None:
        assert outcome(Maker.shared().leaf(bits=1024)) is Outcome.MALFORMED

    def test_another_hash(self) -> None:
        leaf = Maker.shared().leaf(hash_algorithm=hashes.SHA384())
        assert outcome(leaf) is Outcome.MALFORMED


class TestSignature:
    def test_what_the_card_signed(self) -> None:
        signature = new_key(2, 2048).sign(b"challenge", padding.PKCS1v15(), hashes.SHA256())
        leaf = Maker.shared().leaf()
        assert signed_by(leaf, b"challenge", signature)
        assert not signed_by(leaf, b"another", signature)
        assert not signed_by(leaf, b"challenge", signature[:-1])
        assert not signed_by(leaf, b"challenge", b"")
        assert not signed_by(Maker.shared().authority, b"challenge", signature)
