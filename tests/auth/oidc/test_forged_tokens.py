"""ID tokens that were tampered with on their way over HTTP: none of them signs anybody in."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from jose import jws
from jose.utils import base64url_encode

from auth.oidc.id_token import LONGEST_TOKEN
from auth.oidc.keys import SigningKey, load_or_create_key, new_key_pem
from auth.oidc.results import Reason, SignedIn, SignInFailed
from tests.auth.oidc.tampering import Tampered, claims_of
from tests.auth.world import World


@pytest.fixture
def provider_key(world: World, idp_directory: Any) -> SigningKey:
    """What a provider gone wrong could sign with."""
    return load_or_create_key(idp_directory / "provider.pem")


def outcome_with(world: World, change: Callable[[str], object]) -> SignedIn | SignInFailed:
    """Sign in while every ID token is changed on the way."""

    def changed(answer: dict[str, Any]) -> dict[str, Any]:
        return {**answer, "id_token": change(answer["id_token"])}

    world.idp_server.app = Tampered(world.idp, "/token", changed)
    return world.sign_in()


def refused(outcome: SignedIn | SignInFailed) -> bool:
    return isinstance(outcome, SignInFailed) and outcome.reason is Reason.TOKEN_INVALID


def unsigned(claims: dict[str, Any], header: dict[str, Any], signature: bytes = b"") -> str:
    parts = [json.dumps(header).encode(), json.dumps(claims).encode(), signature]
    return b".".join(base64url_encode(part) for part in parts).decode()


def test_the_true_token_passes(world: World) -> None:
    assert isinstance(outcome_with(world, lambda token: token), SignedIn)


def test_rightly_signed_again_it_passes(world: World, provider_key: SigningKey) -> None:
    """So that the refusals below are due to what they change."""
    assert isinstance(
        outcome_with(world, lambda token: provider_key.sign(claims_of(token))), SignedIn
    )


@pytest.mark.parametrize("algorithm", ["none", "None", "NONE", ""])
def test_no_algorithm(world: World, provider_key: SigningKey, algorithm: str) -> None:
    header = {"alg": algorithm, "kid": provider_key.kid}
    assert refused(outcome_with(world, lambda token: unsigned(claims_of(token), header)))


def test_the_public_key_as_a_shared_secret(world: World, provider_key: SigningKey) -> None:
    """Algorithm confusion: HS256, with what everybody knows for a key."""
    secret = json.dumps(dict(provider_key.public_jwk))

    def confused(token: str) -> object:
        return jws.sign(
            claims_of(token), secret, headers={"kid": provider_key.kid}, algorithm="HS256"
        )

    assert refused(outcome_with(world, confused))


def test_a_key_of_another(world: World, provider_key: SigningKey) -> None:
    stranger = SigningKey.from_pem(new_key_pem())
    assert refused(outcome_with(world, lambda token: stranger.sign(claims_of(token))))


def test_a_key_of_another_under_the_right_name(world: World, provider_key: SigningKey) -> None:
    stranger = SigningKey.from_pem(new_key_pem())
    disguised = SigningKey(provider_key.kid, stranger.key, stranger.public_jwk)
    assert refused(outcome_with(world, lambda token: disguised.sign(claims_of(token))))


def test_claims_changed_under_the_signature(world: World) -> None:
    def changed(token: str) -> str:
        header, _, signature = token.split(".")
        claims = {**claims_of(token), "sub": "somebody-else"}
        return ".".join([header, base64url_encode(json.dumps(claims).encode()).decode(), signature])

    assert refused(outcome_with(world, changed))


@pytest.mark.parametrize(
    "change",
    [
        {"iss": "https://evil.example"},
        {"iss": None},
        {"aud": "another-client"},
        {"aud": ["another-client"]},
        {"aud": []},
        {"aud": None},
        {"aud": ["RP00000001", "another-client"], "azp": "another-client"},
        {"aud": ["RP00000001", "another-client"], "azp": None},
        {"azp": "another-client"},
        {"nonce": "of-another-sign-in"},
        {"nonce": None},
        {"nonce": 7},
        {"nonce": "\ud800"},
        {"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"},
        {"at_hash": None},
        {"acr": "aal1"},
        {"acr": None},
        {"sub": ""},
        {"sub": None},
        {"sub": "x" * 256},
        {"sub": "\0"},
        {"exp": None},
        {"exp": "tomorrow"},
        {"exp": True},
        {"exp": float("nan")},
        {"iat": None},
        {"iat": float("nan")},
        {"nbf": "now"},
    ],
    ids=str,
)
def test_a_wrong_claim(world: World, provider_key: SigningKey, change: dict[str, Any]) -> None:
    assert refused(
        outcome_with(world, lambda token: provider_key.sign({**claims_of(token), **change}))
    )


@pytest.mark.parametrize(
    ("claim", "shift", "accepted"),
    [
        ("exp", timedelta(seconds=-361), False),
        ("exp", timedelta(seconds=-359), True),
        ("iat", timedelta(seconds=61), False),
        ("iat", timedelta(seconds=59), True),
        ("iat", timedelta(seconds=-661), False),
        ("iat", timedelta(seconds=-659), True),
    ],
)
def test_clocks_may_differ_by_a_minute(
    world: World, provider_key: SigningKey, claim: str, shift: timedelta, accepted: bool
) -> None:
    """A token lives for 300 s from now; 60 s of leeway are given at each end."""

    def shifted(token: str) -> str:
        claims = claims_of(token)
        return provider_key.sign({**claims, claim: claims[claim] + shift.total_seconds()})

    assert isinstance(outcome_with(world, shifted), SignedIn) is accepted


@pytest.mark.parametrize(
    "token",
    [
        "",
        "no token",
        "a.b.c",
        "....",
        "x" * (LONGEST_TOKEN + 1),
        None,
        7,
        {"a": "token"},
        "e30.e30.e30",
        "bnVsbA.bnVsbA.bnVsbA",
        base64url_encode(b"[" * 5000).decode() + ".e30.e30",
    ],
    ids=lambda token: str(token)[:20],
)
def test_what_is_no_token_at_all(world: World, token: object) -> None:
    assert refused(outcome_with(world, lambda _: token))


def test_a_critical_header_that_is_not_understood(world: World, provider_key: SigningKey) -> None:
    def demanding(token: str) -> object:
        headers = {"kid": provider_key.kid, "crit": ["b64"]}
        return jws.sign(claims_of(token), provider_key.key, headers=headers, algorithm="ES256")

    assert refused(outcome_with(world, demanding))


class TestUserinfo:
    def outcome(self, world: World, change: dict[str, Any]) -> SignedIn | SignInFailed:
        world.idp_server.app = Tampered(world.idp, "/userinfo", lambda answer: {**answer, **change})
        return world.sign_in()

    def test_of_another_person(self, world: World) -> None:
        assert refused(self.outcome(world, {"sub": "somebody-else"}))

    @pytest.mark.parametrize(
        "change",
        [
            {"name": None},
            {"name": " "},
            {"name": "見本\x00花子"},
            {"name": "長" * 201},
            {"address": {}},
            {"address": None},
            {"birthdate": "1988-13-40"},
            {"birthdate": "1988"},
            {"birthdate": 19880402},
            {"birthdate": "１９８８-０４-０２"},
        ],
        ids=str,
    )
    def test_without_what_we_need(self, world: World, change: dict[str, Any]) -> None:
        outcome = self.outcome(world, change)
        assert isinstance(outcome, SignInFailed)
        assert outcome.reason is Reason.CLAIMS

    def test_an_address_in_one_line_will_do(self, world: World) -> None:
        outcome = self.outcome(world, {"address": "見本県見本市本町1番", "gender": "1"})
        assert isinstance(outcome, SignedIn)
        assert outcome.identity.address == "見本県見本市本町1番"

    def test_it_can_not_overrule_what_is_signed(self, world: World) -> None:
        outcome = self.outcome(world, {"acr": "aal9", "iss": "https://evil.example"})
        assert isinstance(outcome, SignedIn)
        assert outcome.identity.acr == "aal3"


@pytest.mark.parametrize(
    "change",
    [
        {"issuer": "https://evil.example"},
        {"token_endpoint": "http://evil.example/token"},
        {"jwks_uri": None},
        {"userinfo_endpoint": "ftp://127.0.0.1/"},
    ],
    ids=str,
)
def test_a_discovery_document_that_leads_astray(world: World, change: dict[str, Any]) -> None:
    world.idp_server.app = Tampered(
        world.idp, "/openid-configuration", lambda answer: {**answer, **change}
    )
    outcome = world.relying_party.begin("apply", "/")
    assert isinstance(outcome, SignInFailed)
    assert outcome.reason is Reason.UNAVAILABLE
