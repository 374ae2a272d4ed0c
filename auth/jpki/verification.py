"""Verifying a certificate of the card, as a verifier must: path, policy, usage, validity, status.

The path is built by signature, not by name, because generations of an authority share their
name. Everything that can't be decided is refused.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from auth.jpki.profile import KEY_BITS, PROFILES, CertificateKind
from auth.jpki.revocation import RevocationCheck, RevocationStatus, no_revocation_source


class Outcome(StrEnum):
    GOOD = "good"
    REVOKED = "revoked"
    EXPIRED = "expired"
    NOT_YET_VALID = "not_yet_valid"
    #: no path of signatures leads to an authority that we trust
    UNKNOWN_AUTHORITY = "unknown_authority"
    #: a certificate of another policy, for instance of the other kind
    WRONG_POLICY = "wrong_policy"
    #: its key may not be used for this
    WRONG_USAGE = "wrong_usage"
    #: it can't be read, or uses what isn't understood
    MALFORMED = "malformed"
    #: whether it was revoked couldn't be found out: refused
    CHECK_UNAVAILABLE = "check_unavailable"


@dataclass(frozen=True)
class Verification:
    """What came out; ``issuer`` is the authority that signed, where one was found."""

    outcome: Outcome
    issuer: x509.Certificate | None = None

    @property
    def good(self) -> bool:
        return self.outcome is Outcome.GOOD


@dataclass(frozen=True)
class TrustStore:
    """Whom we believe: self-signed roots, and the issuing authorities below them."""

    roots: tuple[x509.Certificate, ...]
    authorities: tuple[x509.Certificate, ...]


#: Critical extensions that we understand; one beside them makes a certificate unusable.
_UNDERSTOOD = frozenset(
    {
        x509.KeyUsage.oid,
        x509.BasicConstraints.oid,
        x509.CertificatePolicies.oid,
        x509.SubjectAlternativeName.oid,
    }
)


def verify(
    certificate: x509.Certificate,
    kind: CertificateKind,
    trust: TrustStore,
    *,
    at: datetime,
    revocation: RevocationCheck = no_revocation_source,
) -> Verification:
    """Whether this certificate may serve as one of ``kind`` at that moment."""
    try:
        return _verify(certificate, kind, trust, at, revocation)
    except (ValueError, x509.DuplicateExtension, x509.ExtensionNotFound):
        # The parser is lazy: what is broken inside shows when it is looked at.
        return Verification(Outcome.MALFORMED)


def _verify(
    certificate: x509.Certificate,
    kind: CertificateKind,
    trust: TrustStore,
    at: datetime,
    revocation: RevocationCheck,
) -> Verification:
    if not _only_understood(certificate) or not _strong(certificate):
        return Verification(Outcome.MALFORMED)
    issuer = _issuing_authority(certificate, kind, trust, at)
    if issuer is None:
        return Verification(Outcome.UNKNOWN_AUTHORITY)
    if PROFILES[kind].policy not in _policies(certificate):
        return Verification(Outcome.WRONG_POLICY, issuer)
    if not _usage_fits(certificate, kind):
        return Verification(Outcome.WRONG_USAGE, issuer)
    if at < certificate.not_valid_before_utc:
        return Verification(Outcome.NOT_YET_VALID, issuer)
    if at > certificate.not_valid_after_utc:
        return Verification(Outcome.EXPIRED, issuer)
    outcome = {
        RevocationStatus.GOOD: Outcome.GOOD,
        RevocationStatus.REVOKED: Outcome.REVOKED,
        RevocationStatus.UNAVAILABLE: Outcome.CHECK_UNAVAILABLE,
    }[revocation(certificate, issuer, at)]
    return Verification(outcome, issuer)


def signed_by(certificate: x509.Certificate, data: bytes, signature: bytes) -> bool:
    """Whether the card of this certificate signed ``data`` (RSA, PKCS #1 v1.5, SHA-256)."""
    key = certificate.public_key()
    if not isinstance(key, rsa.RSAPublicKey):
        return False
    try:
        key.verify(signature, data, padding.PKCS1v15(), hashes.SHA256())
    except InvalidSignature:
        return False
    return True


def _issuing_authority(
    certificate: x509.Certificate, kind: CertificateKind, trust: TrustStore, at: datetime
) -> x509.Certificate | None:
    """The authority for this kind that signed, itself signed by a root, all valid at ``at``."""
    for authority in _signers(certificate, trust.authorities):
        if not _is_authority(authority, at) or PROFILES[kind].policy not in _policies(authority):
            continue
        if any(_is_authority(root, at) for root in _signers(authority, trust.roots)):
            return authority
    return None


def _signers(
    certificate: x509.Certificate, candidates: Iterable[x509.Certificate]
) -> list[x509.Certificate]:
    signers = []
    for candidate in candidates:
        try:
            certificate.verify_directly_issued_by(candidate)
        except (InvalidSignature, ValueError, TypeError):
            continue
        signers.append(candidate)
    return signers


def _is_authority(certificate: x509.Certificate, at: datetime) -> bool:
    extensions = certificate.extensions
    return (
        extensions.get_extension_for_class(x509.BasicConstraints).value.ca
        and extensions.get_extension_for_class(x509.KeyUsage).value.key_cert_sign
        and certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc
    )


def _policies(certificate: x509.Certificate) -> frozenset[x509.ObjectIdentifier]:
    try:
        policies = certificate.extensions.get_extension_for_class(x509.CertificatePolicies)
    except x509.ExtensionNotFound:
        return frozenset()
    return frozenset(policy.policy_identifier for policy in policies.value)


def _usage_fits(certificate: x509.Certificate, kind: CertificateKind) -> bool:
    """digitalSignature, nonRepudiation exactly for signatures, nothing else; marked critical."""
    extension = certificate.extensions.get_extension_for_class(x509.KeyUsage)
    usage = extension.value
    return (
        extension.critical
        and usage.digital_signature
        and usage.content_commitment is PROFILES[kind].non_repudiation
        and not usage.key_cert_sign
        and not usage.crl_sign
        and not usage.key_encipherment
    )


def _strong(certificate: x509.Certificate) -> bool:
    key = certificate.public_key()
    algorithm = certificate.signature_hash_algorithm
    return (
        isinstance(key, rsa.RSAPublicKey)
        and key.key_size >= KEY_BITS
        and isinstance(algorithm, hashes.SHA256)
    )


def _only_understood(certificate: x509.Certificate) -> bool:
    return all(
        extension.oid in _UNDERSTOOD for extension in certificate.extensions if extension.critical
    )
