"""Certificates of any make, also those that no authority would issue."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from auth.jpki.profile import PROFILES, CertificateKind
from auth.jpki.verification import TrustStore
from tests.support.clock import USUAL_MOMENT

KIND = CertificateKind.USER_AUTHENTICATION
YEAR = timedelta(days=365)


@cache
def new_key(number: int, bits: int) -> rsa.RSAPrivateKey:
    """One of a few keys, each made once: RSA keys take a while."""
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)


def usage(
    *, digital_signature: bool = False, non_repudiation: bool = False, authority: bool = False
) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=digital_signature,
        content_commitment=non_repudiation,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )


def _name(common_name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])


@dataclass(frozen=True)
class Maker:
    """A root, an issuing authority, and leaves of one's choice."""

    root: x509.Certificate
    authority: x509.Certificate
    authority_key: rsa.RSAPrivateKey

    @staticmethod
    @cache
    def shared() -> "Maker":
        return Maker.make()

    @staticmethod
    def make(
        *,
        keys: tuple[int, int] = (0, 1),
        authority_kind: CertificateKind = KIND,
        authority_ca: bool = True,
        authority_until: datetime = USUAL_MOMENT + 10 * YEAR,
        root_until: datetime = USUAL_MOMENT + 10 * YEAR,
    ) -> "Maker":
        root_key, authority_key = new_key(keys[0], 2048), new_key(keys[1], 2048)
        root = (
            _builder("Root", "Root", root_key, root_until)
            .add_extension(x509.BasicConstraints(ca=True, path_length=1), critical=True)
            .add_extension(usage(authority=True), critical=True)
            .sign(root_key, hashes.SHA256())
        )
        authority = (
            _builder("Authority", "Root", authority_key, authority_until)
            .add_extension(
                x509.BasicConstraints(ca=authority_ca, path_length=0 if authority_ca else None),
                critical=True,
            )
            .add_extension(usage(authority=True), critical=True)
            .add_extension(_policies(PROFILES[authority_kind].policy), critical=True)
            .sign(root_key, hashes.SHA256())
        )
        return Maker(root, authority, authority_key)

    @property
    def trust(self) -> TrustStore:
        return TrustStore(roots=(self.root,), authorities=(self.authority,))

    def leaf(
        self,
        *,
        kind: CertificateKind = KIND,
        key_usage: x509.KeyUsage | None = None,
        usage_critical: bool = True,
        policy: x509.ObjectIdentifier | None = None,
        names: Sequence[x509.GeneralName] = (),
        since: datetime = USUAL_MOMENT - YEAR,
        until: datetime = USUAL_MOMENT + YEAR,
        signer: rsa.RSAPrivateKey | None = None,
        bits: int = 2048,
        hash_algorithm: hashes.SHA256 | hashes.SHA384 | None = None,
        extra: tuple[x509.ExtensionType, bool] | None = None,
    ) -> x509.Certificate:
        """A person's certificate, right unless told otherwise."""
        profile = PROFILES[kind]
        default = usage(digital_signature=True, non_repudiation=profile.non_repudiation)
        builder = (
            _builder("Person", "Authority", new_key(2, bits), until, since)
            .add_extension(key_usage or default, critical=usage_critical)
            .add_extension(_policies(policy or profile.policy), critical=True)
        )
        if names:
            builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
        if extra:
            builder = builder.add_extension(extra[0], critical=extra[1])
        return builder.sign(signer or self.authority_key, hash_algorithm or hashes.SHA256())


def _builder(
    subject: str,
    issuer: str,
    key: rsa.RSAPrivateKey,
    until: datetime,
    since: datetime = datetime(2000, 1, 1, tzinfo=UTC),
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(_name(subject))
        .issuer_name(_name(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(until)
    )


def _policies(policy: x509.ObjectIdentifier) -> x509.CertificatePolicies:
    return x509.CertificatePolicies([x509.PolicyInformation(policy, None)])
