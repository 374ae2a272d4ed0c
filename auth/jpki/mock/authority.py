"""The mock authority: a root and an issuing authority for each kind, made once and kept in files.

Everything is as the real one does it, except the name: O=JPKI-MOCK can't be taken for it.
"""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID

from auth.files import write_once
from auth.jpki.attributes import BasicFour
from auth.jpki.profile import KEY_BITS, PROFILES, CertificateKind, valid_until
from auth.jpki.verification import TrustStore
from foundation.age import age_on
from foundation.clock import jst_date

_ORGANISATION = "JPKI-MOCK"
_AGENCY = "Mock agency, not for real use"
_LIFE = timedelta(days=365 * 20)
#: Prefecture and municipality at the head of an address.
_MUNICIPALITY = re.compile(r"(?P<prefecture>.{2,3}?[都道府県])(?P<city>.+?[市区町村])?")


class TooYoung(ValueError):
    """Nobody under fifteen is issued a signature certificate."""


@dataclass(frozen=True)
class _Authority:
    key: rsa.RSAPrivateKey
    certificate: x509.Certificate


class MockAuthority:
    """Issues certificates for mock cards."""

    def __init__(self, root: _Authority, issuing: Mapping[CertificateKind, _Authority]) -> None:
        self._issuing = dict(issuing)
        #: what a verifier of mock cards has to trust
        self.trust = TrustStore(
            roots=(root.certificate,),
            authorities=tuple(authority.certificate for authority in issuing.values()),
        )

    @classmethod
    def open(cls, directory: Path, now: datetime) -> "MockAuthority":
        """The authority of a directory, which is made at the first time."""
        root = _open_or_create(directory / "root.pem", None, None, now)
        issuing = {
            kind: _open_or_create(directory / f"{kind.value}.pem", kind, root, now)
            for kind in CertificateKind
        }
        return cls(root, issuing)

    def issue(
        self,
        kind: CertificateKind,
        public_key: rsa.RSAPublicKey,
        person: BasicFour,
        now: datetime,
        *,
        card_expiry: date | None = None,
    ) -> x509.Certificate:
        """A certificate from now to the end of the fifth birthday, or of the card's last day.

        Raises TooYoung for a signature certificate of somebody under fifteen.
        """
        profile = PROFILES[kind]
        today = jst_date(now)
        if age_on(person.birth_date, today) < profile.minimum_age:
            raise TooYoung(f"no {kind} certificate under {profile.minimum_age} years of age")
        authority = self._issuing[kind]
        builder = (
            x509.CertificateBuilder()
            .subject_name(_subject(kind, person))
            .issuer_name(authority.certificate.subject)
            .public_key(public_key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now)
            .not_valid_after(valid_until(person.birth_date, today, card_expiry=card_expiry))
            .add_extension(_key_usage(non_repudiation=profile.non_repudiation), critical=True)
            .add_extension(_policies(kind), critical=True)
            .add_extension(_authority_key(authority.certificate), critical=False)
        )
        if kind is CertificateKind.SIGNATURE:
            names = x509.SubjectAlternativeName(person.to_general_names())
            builder = builder.add_extension(names, critical=False)
        return builder.sign(authority.key, hashes.SHA256())


def new_rsa_key() -> rsa.RSAPrivateKey:
    """A key as the card holds it."""
    return rsa.generate_private_key(public_exponent=65537, key_size=KEY_BITS)


def private_pem(key: rsa.RSAPrivateKey) -> bytes:
    """PKCS #8, unencrypted."""
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def load_rsa_key(pem: bytes) -> rsa.RSAPrivateKey:
    """Raises ValueError where it isn't an RSA key."""
    # The check takes 30 ms each time, and it was we who made the key.
    key = load_pem_private_key(pem, password=None, unsafe_skip_rsa_key_validation=True)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise ValueError("not an RSA key")
    return key


def _open_or_create(
    path: Path, kind: CertificateKind | None, parent: _Authority | None, now: datetime
) -> _Authority:
    if not path.exists():
        key = new_rsa_key()
        certificate = _authority_certificate(key, kind, parent, now)
        write_once(path, private_pem(key) + certificate.public_bytes(Encoding.PEM))
    content = path.read_bytes()
    return _Authority(load_rsa_key(content), x509.load_pem_x509_certificate(content))


def _authority_certificate(
    key: rsa.RSAPrivateKey,
    kind: CertificateKind | None,
    parent: _Authority | None,
    now: datetime,
) -> x509.Certificate:
    subject = _authority_name(PROFILES[kind].authority_unit if kind else "JPKI root")
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(parent.certificate.subject if parent else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now)
        .not_valid_after(now + _LIFE)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0 if kind else 1), critical=True)
        .add_extension(_key_usage(authority=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    if kind:
        builder = builder.add_extension(_policies(kind), critical=True)
    if parent:
        builder = builder.add_extension(_authority_key(parent.certificate), critical=False)
    return builder.sign(parent.key if parent else key, hashes.SHA256())


def _authority_name(unit: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "JP"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, _ORGANISATION),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, unit),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, _AGENCY),
        ]
    )


def _subject(kind: CertificateKind, person: BasicFour) -> x509.Name:
    """An opaque name; a signature certificate also tells prefecture and municipality."""
    attributes = [x509.NameAttribute(NameOID.COUNTRY_NAME, "JP")]
    place = _MUNICIPALITY.match(person.address)
    if kind is CertificateKind.SIGNATURE and place:
        attributes += [
            x509.NameAttribute(NameOID.LOCALITY_NAME, name) for name in place.groups() if name
        ]
    attributes.append(x509.NameAttribute(NameOID.COMMON_NAME, secrets.token_hex(13).upper()))
    return x509.Name(attributes)


def _policies(kind: CertificateKind) -> x509.CertificatePolicies:
    return x509.CertificatePolicies([x509.PolicyInformation(PROFILES[kind].policy, None)])


def _authority_key(issuer: x509.Certificate) -> x509.AuthorityKeyIdentifier:
    identifier = issuer.extensions.get_extension_for_class(x509.SubjectKeyIdentifier)
    return x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier.value)


def _key_usage(*, authority: bool = False, non_repudiation: bool = False) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=non_repudiation,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )
