"""The mock's endpoints hold clients to the protocol as the real ones do."""

from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx
import pytest

from auth.oidc.keys import SigningKey, new_key_pem
from auth.oidc.mock.store import TOKEN_LIFE
from auth.oidc.relying_party import ASSERTION_TYPE
from auth.oidc.results import Begun
from tests.auth.oidc.tampering import claims_of
from tests.auth.world import CLIENT_ID, REDIRECT_URI, World


def endpoint(world: World, name: str) -> str:
    return f"{world.issuer}/protocol/openid-connect/{name}"


def question(begun: Begun, **changes: str | None) -> str:
    """The address that the browser is sent to, with some of it changed or left out."""
    address, _, query = begun.url.partition("?")
    asked = {**dict(parse_qsl(query)), **changes}
    return f"{address}?{urlencode({k: v for k, v in asked.items() if v is not None})}"


class TestAuthorization:
    @pytest.mark.parametrize(
        ("changes", "error"),
        [
            ({"response_type": "token"}, "unsupported_response_type"),
            ({"response_type": None}, "unsupported_response_type"),
            ({"scope": "name"}, "invalid_scope"),
            ({"scope": "openid everything"}, "invalid_scope"),
            ({"nonce": None}, "invalid_request"),
            ({"state": None}, "invalid_request"),
            ({"code_challenge": None}, "invalid_request"),
            ({"code_challenge": "short"}, "invalid_request"),
            ({"code_challenge_method": "plain"}, "invalid_request"),
            ({"code_challenge_method": None}, "invalid_request"),
        ],
    )
    def test_an_incomplete_question_goes_back_with_an_error(
        self, world: World, changes: dict[str, str | None], error: str
    ) -> None:
        begun = world.begin()
        answer = world.browser.get(question(begun, **changes))
        assert answer.status_code == 303
        location = urlsplit(answer.headers["location"])
        query = dict(parse_qsl(location.query))
        assert query["error"] == error
        assert query["iss"] == world.issuer
        assert query.get("state") == (None if "state" in changes else begun.transaction["state"])

    @pytest.mark.parametrize(
        "changes",
        [
            {"client_id": "somebody"},
            {"client_id": None},
            {"redirect_uri": "https://evil.example/"},
            {"redirect_uri": f"{REDIRECT_URI}/more"},
            {"redirect_uri": None},
        ],
    )
    def test_nobody_is_sent_to_a_stranger(
        self, world: World, changes: dict[str, str | None]
    ) -> None:
        answer = world.browser.get(question(world.begin(), **changes))
        assert answer.status_code == 400
        assert "location" not in answer.headers


class TestToken:
    def form(self, world: World, begun: Begun, **changes: Any) -> dict[str, str]:
        """What the client posts, rightly unless told otherwise."""
        code = changes.pop("code", None) or world.returned(begun)["code"]
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": REDIRECT_URI,
            "code_verifier": begun.transaction["verifier"],
            "client_id": CLIENT_ID,
            "client_assertion_type": ASSERTION_TYPE,
            "client_assertion": self.assertion(world),
        }
        return {**form, **changes}

    def assertion(self, world: World, key: SigningKey | None = None, **changes: Any) -> str:
        now = int(world.clock().timestamp())
        claims = {
            "iss": CLIENT_ID,
            "sub": CLIENT_ID,
            "aud": endpoint(world, "token"),
            "jti": str(changes),
            "iat": now,
            "exp": now + 60,
        }
        signing_key = key or world.relying_party.settings.signing_key
        return signing_key.sign({**claims, **changes})

    def post(self, world: World, form: dict[str, str]) -> httpx.Response:
        return world.http.post(endpoint(world, "token"), data=form)

    def test_what_a_right_one_brings(self, world: World) -> None:
        begun = world.begin()
        answer = self.post(world, self.form(world, begun))
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "no-store"
        claims = claims_of(answer.json()["id_token"])
        assert claims["nonce"] == begun.transaction["nonce"]
        assert claims["aud"] == CLIENT_ID
        assert claims["acr"] == "aal3"
        assert not {"name", "address", "birthdate", "gender"} & claims.keys()

    @pytest.mark.parametrize(
        ("changes", "error"),
        [
            ({"grant_type": "password"}, "unsupported_grant_type"),
            ({"redirect_uri": "https://evil.example/"}, "invalid_grant"),
            ({"code_verifier": "見本"}, "invalid_grant"),
            ({"code_verifier": ""}, "invalid_grant"),
            ({"client_id": "somebody"}, "invalid_client"),
            ({"client_assertion_type": "basic"}, "invalid_client"),
            ({"client_assertion": ""}, "invalid_client"),
            ({"client_assertion": "a.b.c"}, "invalid_client"),
        ],
    )
    def test_a_wrong_form(self, world: World, changes: dict[str, str], error: str) -> None:
        answer = self.post(world, self.form(world, world.begin(), **changes))
        assert answer.json() == {"error": error}
        assert answer.status_code == (401 if error == "invalid_client" else 400)

    @pytest.mark.parametrize(
        "changes",
        [
            {"iss": "somebody"},
            {"sub": "somebody"},
            {"aud": "https://evil.example"},
            {"aud": None},
            {"exp": 0},
            {"exp": 2**40},
            {"exp": None},
            {"jti": None},
            {"jti": ""},
        ],
        ids=str,
    )
    def test_a_wrong_proof(self, world: World, changes: dict[str, Any]) -> None:
        proof = self.assertion(world, **changes)
        answer = self.post(world, self.form(world, world.begin(), client_assertion=proof))
        assert answer.json() == {"error": "invalid_client"}

    def test_a_proof_by_another_key(self, world: World) -> None:
        proof = self.assertion(world, SigningKey.from_pem(new_key_pem()))
        answer = self.post(world, self.form(world, world.begin(), client_assertion=proof))
        assert answer.json() == {"error": "invalid_client"}

    def test_a_proof_serves_once(self, world: World) -> None:
        proof = self.assertion(world)
        form = self.form(world, world.begin(), client_assertion=proof)
        assert self.post(world, form).status_code == 200
        form = self.form(world, world.begin(), client_assertion=proof)
        assert self.post(world, form).json() == {"error": "invalid_client"}

    def test_a_code_that_is_shown_twice_takes_its_token_with_it(self, world: World) -> None:
        begun = world.begin()
        form = self.form(world, begun)
        token = self.post(world, form).json()["access_token"]
        assert self.userinfo(world, f"Bearer {token}").status_code == 200
        again = {**form, "client_assertion": self.assertion(world, jti="another")}
        assert self.post(world, again).json() == {"error": "invalid_grant"}
        assert self.userinfo(world, f"Bearer {token}").status_code == 401

    def userinfo(self, world: World, authorization: str) -> httpx.Response:
        headers = {"Authorization": authorization}
        return world.http.get(endpoint(world, "userinfo"), headers=headers)

    def test_userinfo_tells_what_was_asked_for(self, world: World) -> None:
        begun = world.begin()
        page = world.browser.get(question(begun, scope="openid name"))
        back = world.browser.post(
            f"{world.idp_url}{page.headers['location']}/card/hanako", data={"pin": "1234"}
        )
        code = dict(parse_qsl(urlsplit(back.headers["location"]).query))["code"]
        token = self.post(world, self.form(world, begun, code=code)).json()["access_token"]
        answer = self.userinfo(world, f"Bearer {token}").json()
        assert answer.keys() == {"sub", "name"}
        assert answer["name"] == "見本　花子"

    def test_a_token_ends(self, world: World) -> None:
        begun = world.begin()
        token = self.post(world, self.form(world, begun)).json()["access_token"]
        world.clock.advance(TOKEN_LIFE - timedelta(seconds=1))
        assert self.userinfo(world, f"Bearer {token}").status_code == 200
        world.clock.advance(timedelta(seconds=1))
        assert self.userinfo(world, f"Bearer {token}").status_code == 401

    @pytest.mark.parametrize("authorization", ["", "Bearer", "Bearer made-up", "Basic abc"])
    def test_userinfo_for_nobody(self, world: World, authorization: str) -> None:
        answer = self.userinfo(world, authorization)
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"].startswith("Bearer")


def test_discovery_and_keys(world: World) -> None:
    document = world.http.get(f"{world.issuer}/.well-known/openid-configuration").json()
    assert document["issuer"] == world.issuer
    assert document["id_token_signing_alg_values_supported"] == ["ES256"]
    (key,) = world.http.get(document["jwks_uri"]).json()["keys"]
    assert key.keys() == {"kty", "crv", "x", "y", "kid", "use", "alg"}
