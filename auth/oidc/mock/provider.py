"""The parts of one mock provider, and the card check in its middle."""

import hashlib
import hmac
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

import httpx
from flask import Flask, current_app

from auth.files import write_once
from auth.jpki.mock.cards import CardBox, OpenCard, PinLocked, PinWrong, open_card_box
from auth.jpki.mock.models import open_mock_database
from auth.jpki.profile import CertificateKind
from auth.jpki.verification import Outcome, signed_by, verify
from auth.oidc.keys import SigningKey, load_or_create_key
from auth.oidc.mock.clients import ClientAuthentication, ClientKeys
from auth.oidc.mock.settings import MockClient, MockIdpSettings
from auth.oidc.mock.store import SignIns
from foundation.clock import Clock

_EXTENSION = "mock_idp"


@dataclass(frozen=True)
class MockProvider:
    """Everything that hangs on one application object."""

    issuer: str
    clock: Clock
    clients: Mapping[str, MockClient]
    client_keys: ClientKeys
    client_authentication: ClientAuthentication
    sign_ins: SignIns
    cards: CardBox
    key: SigningKey
    pairwise_secret: bytes

    def subject(self, client_id: str, persona_id: str) -> str:
        """Pairwise: the same person bears another name before each client."""
        message = f"{client_id}\n{persona_id}".encode()
        return hmac.new(self.pairwise_secret, message, hashlib.sha256).hexdigest()

    def check_card(self, persona_id: str, pin: str) -> "PinWrong | PinLocked | Outcome":
        """Have the card sign a challenge, and verify the certificate that belongs to it."""
        kind = CertificateKind.USER_AUTHENTICATION
        card = self.cards.open(persona_id, kind, pin)
        if not isinstance(card, OpenCard):
            return card
        challenge = secrets.token_bytes(32)
        if not signed_by(card.certificate, challenge, card.sign(challenge)):
            return Outcome.MALFORMED
        return verify(
            card.certificate,
            kind,
            self.cards.trust,
            at=self.clock(),
            revocation=self.cards.revocation_status,
        ).outcome


def open_provider(settings: MockIdpSettings) -> MockProvider:
    """Open the data directory, or make it at the first time."""
    clock, directory = settings.clock, settings.data_directory
    cards = open_card_box(directory, settings.personas, clock)
    sign_ins = SignIns(open_mock_database(directory), clock)
    client_keys = ClientKeys(clock, httpx.Client())
    secret_file = directory / "pairwise.key"
    write_once(secret_file, os.urandom(32))
    return MockProvider(
        issuer=settings.issuer,
        clock=clock,
        clients={client.client_id: client for client in settings.clients},
        client_keys=client_keys,
        client_authentication=ClientAuthentication(
            client_keys,
            sign_ins,
            frozenset({settings.issuer, f"{settings.issuer}/protocol/openid-connect/token"}),
        ),
        sign_ins=sign_ins,
        cards=cards,
        key=load_or_create_key(directory / "provider.pem"),
        pairwise_secret=secret_file.read_bytes(),
    )


def install(app: Flask, provider: MockProvider) -> None:
    app.extensions[_EXTENSION] = provider


def current_provider() -> MockProvider:
    """The provider of the application that answers this request."""
    return cast(MockProvider, current_app.extensions[_EXTENSION])
