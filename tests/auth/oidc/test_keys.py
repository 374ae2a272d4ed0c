"""ES256 keys and JWKS."""

from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from jose import jws

from auth.files import write_once
from auth.oidc.keys import SigningKey, jwks, load_or_create_key, new_key_pem
from auth.oidc.provider import ProviderUnavailable, parse_jwks


def test_the_key_of_a_file_stays_the_same_and_private(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "client.pem"
    first = load_or_create_key(path)
    assert load_or_create_key(path).kid == first.kid
    assert path.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["client.pem"]


def test_who_writes_first_wins(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    write_once(path, b"first")
    write_once(path, b"second")
    assert path.read_bytes() == b"first"


def test_what_is_signed_is_verified_by_what_is_shown() -> None:
    key = SigningKey.from_pem(new_key_pem())
    (found,) = parse_jwks(jwks(key)).items()
    assert found[0] == key.kid
    assert jws.verify(key.sign({"a": 1}), found[1], algorithms=["ES256"]) == b'{"a":1}'
    assert "d" not in key.public_jwk


@pytest.mark.parametrize(
    "private",
    [
        rsa.generate_private_key(public_exponent=65537, key_size=1024),
        ec.generate_private_key(ec.SECP384R1()),
    ],
    ids=["RSA", "P-384"],
)
def test_another_kind_of_key_is_refused(
    private: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey,
) -> None:
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    with pytest.raises(ValueError, match="P-256"):
        SigningKey.from_pem(pem)


@pytest.mark.parametrize(
    "change",
    [
        {"kty": "RSA"},
        {"crv": "P-384"},
        {"use": "enc"},
        {"alg": "HS256"},
        {"kid": None},
        {"x": "AAAA"},
        {"x": None},
    ],
    ids=str,
)
def test_other_keys_in_a_set_are_passed_over(change: dict[str, Any]) -> None:
    good = SigningKey.from_pem(new_key_pem())
    other = {**SigningKey.from_pem(new_key_pem()).public_jwk, **change}
    assert set(parse_jwks({"keys": [other, "nonsense", *jwks(good)["keys"]]})) == {good.kid}


def test_what_is_no_key_set() -> None:
    with pytest.raises(ProviderUnavailable):
        parse_jwks({"keys": "none"})
