"""ES256 keys: parsed once, named by their thumbprint, shown as a JWKS."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from jose import jwk, jws
from jose.backends.base import Key
from jose.utils import base64url_encode

from auth.files import write_once
from foundation.hashchain import canonical_json

#: The one algorithm that is spoken here; a token that names another is refused.
ALGORITHM = "ES256"


@dataclass(frozen=True)
class SigningKey:
    """A private key that is ready to sign."""

    kid: str
    key: Key
    #: the public half as a JWK, with ``kid``, ``use`` and ``alg``
    public_jwk: Mapping[str, Any]

    @classmethod
    def from_pem(cls, pem: bytes) -> "SigningKey":
        """Parse a PKCS #8 key. Raises ValueError unless it is on the curve P-256."""
        private = load_pem_private_key(pem, password=None)
        if not isinstance(private, ec.EllipticCurvePrivateKey) or not isinstance(
            private.curve, ec.SECP256R1
        ):
            raise ValueError("the signing key must be an elliptic-curve key on P-256 (ES256)")
        public = _public_jwk(private.public_key())
        return cls(public["kid"], jwk.construct(pem.decode(), ALGORITHM), public)

    def sign(self, claims: Mapping[str, Any], *, typ: str = "JWT") -> str:
        """The claims as a compact JWS."""
        headers = {"kid": self.kid, "typ": typ}
        token: str = jws.sign(dict(claims), self.key, headers=headers, algorithm=ALGORITHM)
        return token


def jwks(*keys: SigningKey) -> dict[str, Any]:
    """The public halves, as the document at a ``jwks_uri``."""
    return {"keys": [dict(key.public_jwk) for key in keys]}


def new_key_pem() -> bytes:
    """A fresh private key, PKCS #8."""
    private = ec.generate_private_key(ec.SECP256R1())
    return private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def load_or_create_key(path: Path) -> SigningKey:
    """The key of a file, which is made at the first time, readable by its owner alone."""
    if not path.exists():
        write_once(path, new_key_pem())
    return SigningKey.from_pem(path.read_bytes())


def _public_jwk(public: ec.EllipticCurvePublicKey) -> dict[str, Any]:
    numbers = public.public_numbers()
    required = {
        "crv": "P-256",
        "kty": "EC",
        "x": _base64url(numbers.x.to_bytes(32, "big")),
        "y": _base64url(numbers.y.to_bytes(32, "big")),
    }
    return {**required, "kid": _thumbprint(required), "use": "sig", "alg": ALGORITHM}


def _thumbprint(required: Mapping[str, str]) -> str:
    """RFC 7638: SHA-256 over the required members, sorted, without spaces."""
    digest = hashes.Hash(hashes.SHA256())
    digest.update(canonical_json(required))
    return _base64url(digest.finalize())


def _base64url(data: bytes) -> str:
    encoded: bytes = base64url_encode(data)
    return encoded.decode("ascii")
