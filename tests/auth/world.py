"""A portal's relying party and a mock provider, each behind a real port."""

import html
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
from flask import Flask, jsonify
from werkzeug.wrappers import Response

from auth.oidc.keys import SigningKey, new_key_pem
from auth.oidc.mock.app import create_mock_idp
from auth.oidc.mock.settings import MockClient, MockIdpSettings
from auth.oidc.relying_party import RelyingParty
from auth.oidc.results import Begun, SignedIn, SignInFailed
from auth.oidc.settings import RelyingPartySettings
from tests.support.clock import FixedClock

PERSONAS = Path(__file__).parent / "personas.yaml"
CLIENT_ID = "RP00000001"
REDIRECT_URI = "https://portal.example/oidc/return"
PIN = "1234"


@dataclass
class Later:
    """A WSGI application that is set once its own address is known; counts what it is asked."""

    app: Callable[..., Iterable[bytes]] | None = None
    asked: list[str] = field(default_factory=list)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        self.asked.append(environ["PATH_INFO"])
        app = self.app or Response("not here", status=503)
        return app(environ, start_response)


@dataclass
class World:
    """What a test of the sign-in plays with."""

    clock: FixedClock
    settings: MockIdpSettings
    #: the mock provider, and its place on the network
    idp: Flask
    idp_server: Later
    idp_url: str
    #: serves the client's public keys
    client_server: Later
    relying_party: RelyingParty
    http: httpx.Client
    #: the person's browser
    browser: httpx.Client

    def restart(self) -> None:
        """End the provider and start it over the same data."""
        self.idp = create_mock_idp(self.settings)
        self.idp_server.app = self.idp

    @property
    def issuer(self) -> str:
        return self.relying_party.settings.issuer

    def begin(self, **more: str) -> Begun:
        begun = self.relying_party.begin("apply", "/apply/residence-record", **more)
        assert isinstance(begun, Begun)
        return begun

    def open_cards(self, begun: Begun) -> str:
        """Follow the browser to the page with the cards; returns its address."""
        page = self.browser.get(begun.url)
        assert page.status_code == 303, page.text
        return f"{self.idp_url}{page.headers['location']}"

    def enter_pin(self, begun: Begun, persona: str, pin: str = PIN) -> httpx.Response:
        """Choose a card and enter its PIN."""
        return self.browser.post(f"{self.open_cards(begun)}/card/{persona}", data={"pin": pin})

    def returned(self, begun: Begun, persona: str = "hanako") -> dict[str, str]:
        """The query with which a person comes back after the right PIN."""
        return query_of(self.enter_pin(begun, persona))

    def sign_in(self, persona: str = "hanako") -> SignedIn | SignInFailed:
        begun = self.begin()
        return self.relying_party.finish(begun.transaction, self.returned(begun, persona))


def query_of(answer: httpx.Response) -> dict[str, str]:
    """The query of the address that an answer leads back to."""
    assert answer.status_code == 303, answer.text
    location = answer.headers["location"]
    assert location.startswith(f"{REDIRECT_URI}?")
    return dict(parse_qsl(urlsplit(location).query))


def words(answer: httpx.Response) -> str:
    """What a page says, without its marks."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


def client_app(jwks: Mapping[str, Any]) -> Flask:
    """The one page of the portal that the provider asks for."""
    app = Flask(__name__)

    @app.get("/oidc/client-jwks.json")
    def keys() -> Any:
        return jsonify(jwks)

    return app


def build(serve: Callable[[Any], str], directory: Path, clock: FixedClock) -> World:
    idp_server, client_server = Later(), Later()
    idp_url, client_url = serve(idp_server), serve(client_server)
    settings = MockIdpSettings(
        base_url=idp_url,
        clients=(MockClient(CLIENT_ID, (REDIRECT_URI,), f"{client_url}/oidc/client-jwks.json"),),
        personas=PERSONAS,
        data_directory=directory,
        clock=clock,
    )
    idp = create_mock_idp(settings)
    idp_server.app = idp
    http = httpx.Client()
    relying_party = RelyingParty(
        RelyingPartySettings(
            issuer=settings.issuer,
            client_id=CLIENT_ID,
            redirect_uri=REDIRECT_URI,
            signing_key=SigningKey.from_pem(new_key_pem()),
        ),
        clock,
        http,
    )
    client_server.app = client_app(relying_party.client_jwks())
    return World(
        clock=clock,
        settings=settings,
        idp=idp,
        idp_server=idp_server,
        idp_url=idp_url,
        client_server=client_server,
        relying_party=relying_party,
        http=http,
        browser=httpx.Client(),
    )
