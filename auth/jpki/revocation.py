"""Whether a certificate was revoked: the question, and the answers that there are.

Who asks (a cached CRL, OCSP) is injected into the verification; without an answer nobody is let
in.
"""

from datetime import datetime
from enum import StrEnum
from typing import Protocol

from cryptography import x509


class RevocationStatus(StrEnum):
    GOOD = "good"
    REVOKED = "revoked"
    #: no fresh and authentic answer could be had
    UNAVAILABLE = "unavailable"


class RevocationCheck(Protocol):
    """Asks the authority about one certificate. Never raises: what fails is UNAVAILABLE."""

    def __call__(
        self, certificate: x509.Certificate, issuer: x509.Certificate, at: datetime
    ) -> RevocationStatus: ...


def no_revocation_source(
    certificate: x509.Certificate, issuer: x509.Certificate, at: datetime
) -> RevocationStatus:
    """Where no source is configured there is no answer, and so nobody is let in."""
    return RevocationStatus.UNAVAILABLE
