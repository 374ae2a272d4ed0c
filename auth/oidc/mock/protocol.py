"""The endpoints that clients speak to: discovery, authorization, token, userinfo, keys."""

import hmac
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from auth.names import Sex
from auth.oidc.id_token import at_hash
from auth.oidc.keys import ALGORITHM, jwks
from auth.oidc.mock.provider import MockProvider, current_provider
from auth.oidc.mock.settings import MockClient
from auth.oidc.mock.store import TOKEN_LIFE, Question, Redeemed
from auth.oidc.mock.texts import language_of
from auth.oidc.relying_party import ASSERTION_TYPE, code_challenge

blueprint = Blueprint("protocol", __name__, url_prefix="/api/realms/main")

SCOPES = ("openid", "name", "address", "birthdate", "gender")
ACR = "aal3"
#: How long an ID token is good, in seconds.
ID_TOKEN_LIFE = 300
_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")


@blueprint.get("/.well-known/openid-configuration")
def discovery() -> Response:
    provider = current_provider()
    endpoint = f"{provider.issuer}/protocol/openid-connect"
    return jsonify(
        {
            "issuer": provider.issuer,
            "authorization_endpoint": f"{endpoint}/auth",
            "token_endpoint": f"{endpoint}/token",
            "userinfo_endpoint": f"{endpoint}/userinfo",
            "jwks_uri": f"{endpoint}/certs",
            "response_types_supported": ["code"],
            "grant_types_supported": ["authorization_code"],
            "subject_types_supported": ["pairwise"],
            "scopes_supported": list(SCOPES),
            "acr_values_supported": [ACR],
            "claims_supported": ["sub", "acr", "name", "address", "birthdate", "gender"],
            "id_token_signing_alg_values_supported": [ALGORITHM],
            "token_endpoint_auth_methods_supported": ["private_key_jwt"],
            "token_endpoint_auth_signing_alg_values_supported": [ALGORITHM],
            "code_challenge_methods_supported": ["S256"],
            "ui_locales_supported": ["ja", "en"],
            "authorization_response_iss_parameter_supported": True,
        }
    )


@blueprint.get("/protocol/openid-connect/certs")
def certs() -> Response:
    return jsonify(jwks(current_provider().key))


@blueprint.get("/protocol/openid-connect/auth")
def authorize() -> BaseResponse | tuple[str, int]:
    """Check the question, remember it, and show the cards."""
    provider, asked = current_provider(), request.args
    client = provider.clients.get(asked.get("client_id", ""))
    redirect_uri = asked.get("redirect_uri", "")
    if client is None or redirect_uri not in client.redirect_uris:
        # Never sent back: who knows where that would be.
        return render_template("mock_idp/message.html", message="unknown_client"), 400
    wrong = _wrong_in(asked)
    if wrong is not None:
        return redirect(
            answer_url(provider, redirect_uri, asked.get("state"), {"error": wrong}), 303
        )
    provider.client_keys.warm(client)
    handle = provider.sign_ins.ask(
        Question(
            client_id=client.client_id,
            redirect_uri=redirect_uri,
            scope=asked["scope"],
            state=asked["state"],
            nonce=asked["nonce"],
            code_challenge=asked["code_challenge"],
            acr=ACR,
            language=language_of(asked.get("ui_locales", "")),
        )
    )
    return redirect(url_for("pages.cards", handle=handle), 303)


def answer_url(
    provider: MockProvider, redirect_uri: str, state: str | None, answer: Mapping[str, str]
) -> str:
    """Back to the client, with our name in it (RFC 9207)."""
    query = dict(answer)
    if state is not None:
        query["state"] = state
    query["iss"] = provider.issuer
    separator = "&" if "?" in redirect_uri else "?"
    return f"{redirect_uri}{separator}{urlencode(query)}"


@blueprint.post("/protocol/openid-connect/token")
def token() -> Response | tuple[Response, int]:
    provider, shown = current_provider(), request.form
    client = provider.clients.get(shown.get("client_id", ""))
    if (
        client is None
        or shown.get("client_assertion_type") != ASSERTION_TYPE
        or not provider.client_authentication.accepts(
            client, shown.get("client_assertion", ""), provider.clock()
        )
    ):
        return _refusal("invalid_client", 401)
    if shown.get("grant_type") != "authorization_code":
        return _refusal("unsupported_grant_type", 400)
    redeemed = provider.sign_ins.redeem(
        shown.get("code", ""), lambda question: _fits(question, client, shown)
    )
    if redeemed is None:
        return _refusal("invalid_grant", 400)
    return _unkept(
        jsonify(
            {
                "access_token": redeemed.access_token,
                "token_type": "Bearer",
                "expires_in": int(TOKEN_LIFE.total_seconds()),
                "scope": redeemed.question.scope,
                "id_token": provider.key.sign(_id_token_claims(provider, redeemed)),
            }
        )
    )


@blueprint.route("/protocol/openid-connect/userinfo", methods=["GET", "POST"])
def userinfo() -> Response | tuple[Response, int]:
    provider = current_provider()
    kind, _, access_token = request.headers.get("Authorization", "").partition(" ")
    found = provider.sign_ins.bearer(access_token) if kind.lower() == "bearer" else None
    if found is None:
        answer, status = _refusal("invalid_token", 401)
        answer.headers["WWW-Authenticate"] = 'Bearer error="invalid_token"'
        return answer, status
    question, persona_id = found
    person = provider.cards.personas[persona_id].basic_four
    sexes = {Sex.MALE: "male", Sex.FEMALE: "female"}
    known: dict[str, Any] = {
        "name": person.name.whole,
        "address": {"formatted": person.address},
        "birthdate": person.birth_date.isoformat(),
        "gender": sexes.get(person.sex, "unknown"),
    }
    claims = {claim: value for claim, value in known.items() if claim in question.scope.split()}
    claims["sub"] = provider.subject(question.client_id, persona_id)
    return _unkept(jsonify(claims))


def _wrong_in(asked: Mapping[str, str]) -> str | None:
    """The OAuth error that the question deserves."""
    if asked.get("response_type") != "code":
        return "unsupported_response_type"
    scopes = asked.get("scope", "").split()
    if "openid" not in scopes or not set(scopes) <= set(SCOPES):
        return "invalid_scope"
    if not asked.get("state") or not asked.get("nonce"):
        return "invalid_request"
    if asked.get("code_challenge_method") != "S256":
        return "invalid_request"
    if not _CHALLENGE.fullmatch(asked.get("code_challenge", "")):
        return "invalid_request"
    return None


def _fits(question: Question, client: MockClient, shown: Mapping[str, str]) -> bool:
    """Whether who shows the code is who asked for it."""
    verifier = shown.get("code_verifier", "")
    return (
        question.client_id == client.client_id
        and question.redirect_uri == shown.get("redirect_uri")
        and verifier.isascii()
        and hmac.compare_digest(code_challenge(verifier), question.code_challenge)
    )


def _id_token_claims(provider: MockProvider, redeemed: Redeemed) -> dict[str, Any]:
    now = int(provider.clock().timestamp())
    question = redeemed.question
    return {
        "iss": provider.issuer,
        "sub": provider.subject(question.client_id, redeemed.persona_id),
        "aud": question.client_id,
        "azp": question.client_id,
        "iat": now,
        "exp": now + ID_TOKEN_LIFE,
        "auth_time": int(redeemed.authenticated_at.timestamp()),
        "nonce": question.nonce,
        "acr": question.acr,
        "at_hash": at_hash(redeemed.access_token),
    }


def _refusal(error: str, status: int) -> tuple[Response, int]:
    return _unkept(jsonify({"error": error})), status


def _unkept(answer: Response) -> Response:
    answer.headers["Cache-Control"] = "no-store"
    return answer
