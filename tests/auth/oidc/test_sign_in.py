"""A whole sign-in over HTTP, and the ways in which it ends with nobody signed in."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import httpx
import pytest

from auth.names import PersonName, Sex
from auth.oidc.keys import SigningKey, new_key_pem
from auth.oidc.mock.store import CODE_LIFE
from auth.oidc.provider import REFETCH_AFTER
from auth.oidc.relying_party import RelyingParty
from auth.oidc.results import Reason, SignedIn, SignInFailed
from auth.oidc.settings import RelyingPartySettings
from tests.auth.world import World, client_app, query_of

NEXT = "/apply/residence-record"


def failed(outcome: SignedIn | SignInFailed) -> Reason:
    assert isinstance(outcome, SignInFailed)
    return outcome.reason


def test_a_person_signs_in_with_the_card(world: World) -> None:
    done = world.sign_in("hanako")
    assert isinstance(done, SignedIn)
    identity = done.identity
    assert identity.name == PersonName("見本", "花子")
    assert identity.birth_date == date(1988, 4, 2)
    assert identity.sex is Sex.FEMALE
    assert identity.address == "見本県見本市桜台1丁目2番3号"
    assert identity.issuer == world.issuer
    assert identity.acr == "aal3"
    assert (done.purpose, done.next_url) == ("apply", NEXT)


def test_the_subject_stays_the_same_and_tells_people_apart(world: World) -> None:
    first, again, other = world.sign_in("hanako"), world.sign_in("hanako"), world.sign_in("maria")
    assert isinstance(first, SignedIn)
    assert isinstance(again, SignedIn)
    assert isinstance(other, SignedIn)
    assert first.identity.subject == again.identity.subject != other.identity.subject
    assert "hanako" not in first.identity.subject


def test_a_long_latin_name_is_not_divided(world: World) -> None:
    done = world.sign_in("maria")
    assert isinstance(done, SignedIn)
    assert done.identity.name == PersonName("MARIA APARECIDA DOS SANTOS OLIVEIRA FERNANDES")


def test_what_is_kept_in_the_session_is_plain_json(world: World) -> None:
    transaction = world.begin().transaction
    assert all(isinstance(value, str | int) for value in transaction.values())


@pytest.mark.parametrize(
    ("ending", "reason"),
    [
        ("cancelled", Reason.CANCELLED),
        ("card_locked", Reason.CARD_LOCKED),
        ("certificate_expired", Reason.CERTIFICATE_EXPIRED),
        ("certificate_revoked", Reason.CERTIFICATE_REVOKED),
        ("provider_error", Reason.UNAVAILABLE),
    ],
)
def test_an_ending_without_a_card_has_its_reason(world: World, ending: str, reason: Reason) -> None:
    begun = world.begin()
    back = world.browser.post(f"{world.open_cards(begun)}/end", data={"ending": ending})
    outcome = world.relying_party.finish(begun.transaction, query_of(back))
    assert outcome == SignInFailed(reason, NEXT)


def test_an_expired_certificate_signs_nobody_in(world: World) -> None:
    """The card of megumi expires thirty days after it was first used."""
    assert isinstance(world.sign_in("megumi"), SignedIn)
    world.clock.advance(timedelta(days=30))
    assert isinstance(world.sign_in("megumi"), SignedIn)
    world.clock.advance(timedelta(days=1))
    assert failed(world.sign_in("megumi")) is Reason.CERTIFICATE_EXPIRED


class TestState:
    def test_without_a_beginning(self, world: World) -> None:
        back = world.returned(world.begin())
        assert failed(world.relying_party.finish(None, back)) is Reason.STATE

    def test_of_another_sign_in(self, world: World) -> None:
        mine, theirs = world.begin(), world.begin()
        back = world.returned(theirs)
        assert failed(world.relying_party.finish(mine.transaction, back)) is Reason.STATE

    @pytest.mark.parametrize("query", [{}, {"state": ""}, {"state": "見本"}, {"code": "x"}])
    def test_missing_or_odd(self, world: World, query: Mapping[str, str]) -> None:
        begun = world.begin()
        assert failed(world.relying_party.finish(begun.transaction, query)) is Reason.STATE

    def test_too_old(self, world: World) -> None:
        begun = world.begin()
        back = world.returned(begun)
        world.clock.advance(timedelta(seconds=world.relying_party.settings.patience + 1))
        assert failed(world.relying_party.finish(begun.transaction, back)) is Reason.TIMED_OUT


class TestMixUp:
    @pytest.mark.parametrize("sender", [None, "https://evil.example", ""])
    def test_the_answer_must_name_our_provider(self, world: World, sender: str | None) -> None:
        begun = world.begin()
        back = world.returned(begun)
        del back["iss"]
        if sender is not None:
            back["iss"] = sender
        assert failed(world.relying_party.finish(begun.transaction, back)) is Reason.MIXED_UP


class TestCode:
    def test_serves_once(self, world: World) -> None:
        begun = world.begin()
        back = world.returned(begun)
        assert isinstance(world.relying_party.finish(begun.transaction, back), SignedIn)
        again = world.relying_party.finish(begun.transaction, back)
        assert failed(again) is Reason.TOKEN_REFUSED

    def test_expires_soon(self, world: World) -> None:
        begun = world.begin()
        back = world.returned(begun)
        world.clock.advance(CODE_LIFE)
        assert failed(world.relying_party.finish(begun.transaction, back)) is Reason.TOKEN_REFUSED

    def test_of_somebody_else_is_worth_nothing(self, world: World) -> None:
        """A code that was slipped under another person's sign-in: PKCE and the nonce hold."""
        mine, theirs = world.begin(), world.begin()
        stolen = world.returned(theirs, "maria")["code"]
        back = {**world.returned(mine), "code": stolen}
        assert failed(world.relying_party.finish(mine.transaction, back)) is Reason.TOKEN_REFUSED

    def test_without_its_verifier_is_worth_nothing(self, world: World) -> None:
        begun = world.begin()
        back = world.returned(begun)
        transaction = {**begun.transaction, "verifier": "x" * 43}
        assert failed(world.relying_party.finish(transaction, back)) is Reason.TOKEN_REFUSED

    @pytest.mark.parametrize("code", ["", "made-up", "見本", "x" * 5000])
    def test_made_up(self, world: World, code: str) -> None:
        begun = world.begin()
        back = {**world.returned(begun), "code": code}
        assert failed(world.relying_party.finish(begun.transaction, back)) is Reason.TOKEN_REFUSED


class TestProviderDown:
    def test_at_the_beginning(self, world: World) -> None:
        world.idp_server.app = None
        outcome = world.relying_party.begin("apply", NEXT)
        assert outcome == SignInFailed(Reason.UNAVAILABLE, NEXT)

    def test_at_the_return(self, world: World) -> None:
        begun = world.begin()
        back = world.returned(begun)
        world.idp_server.app = None
        assert failed(world.relying_party.finish(begun.transaction, back)) is Reason.UNAVAILABLE

    def test_nobody_listens(self, world: World) -> None:
        settings = replace(world.relying_party.settings, issuer="http://127.0.0.1:1")
        nowhere = RelyingParty(settings, world.clock, world.http)
        assert nowhere.begin("apply", NEXT) == SignInFailed(Reason.UNAVAILABLE, NEXT)

    def test_what_was_discovered_is_kept_for_a_while(self, world: World) -> None:
        world.begin()
        world.begin()
        discoveries = [path for path in world.idp_server.asked if "well-known" in path]
        assert len(discoveries) == 1


class TestKeys:
    def test_the_provider_rotates_its_key(self, world: World, restart_idp: Any) -> None:
        assert isinstance(world.sign_in(), SignedIn)
        world.clock.advance(REFETCH_AFTER)
        restart_idp(new_key=True)
        assert isinstance(world.sign_in(), SignedIn)

    def test_unknown_keys_are_not_looked_for_without_end(
        self, world: World, restart_idp: Any
    ) -> None:
        assert isinstance(world.sign_in(), SignedIn)
        restart_idp(new_key=True)
        assert failed(world.sign_in()) is Reason.TOKEN_INVALID

    def test_the_client_rotates_its_key(self, world: World) -> None:
        assert isinstance(world.sign_in(), SignedIn)
        settings = replace(
            world.relying_party.settings, signing_key=SigningKey.from_pem(new_key_pem())
        )
        world.relying_party = RelyingParty(settings, world.clock, world.http)
        world.client_server.app = client_app(world.relying_party.client_jwks())
        assert isinstance(world.sign_in(), SignedIn)

    def test_a_client_with_a_key_that_it_does_not_show_is_refused(self, world: World) -> None:
        settings = replace(
            world.relying_party.settings, signing_key=SigningKey.from_pem(new_key_pem())
        )
        world.relying_party = RelyingParty(settings, world.clock, world.http)
        assert failed(world.sign_in()) is Reason.TOKEN_REFUSED

    def test_the_client_is_not_asked_for_keys_while_it_waits(self, world: World) -> None:
        """A portal of one process couldn't answer while it redeems the code."""
        begun = world.begin()
        back = world.returned(begun)
        world.client_server.app = None
        assert isinstance(world.relying_party.finish(begun.transaction, back), SignedIn)


@pytest.mark.parametrize(
    ("wanted", "given"),
    [
        ("/applications/1?from=list#top", "/applications/1?from=list#top"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("/ok\r\nSet-Cookie: x=1", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_a_sign_in_leads_nowhere_else(world: World, wanted: str, given: str) -> None:
    begun = world.relying_party.begin("apply", wanted)
    assert not isinstance(begun, SignInFailed)
    assert begun.transaction["next_url"] == given


@pytest.mark.parametrize(
    "changed",
    [
        {"issuer": "http://login.example/realm"},
        {"issuer": "http://127.0.0.1:8002", "production": True},
        {"redirect_uri": "http://portal.example/return", "production": True},
        {"scopes": ("name",)},
    ],
)
def test_unsafe_settings_are_refused_at_once(changed: dict[str, Any]) -> None:
    good: dict[str, Any] = {
        "issuer": "https://login.example/realm",
        "client_id": "RP1",
        "redirect_uri": "https://portal.example/return",
        "signing_key": SigningKey.from_pem(new_key_pem()),
    }
    RelyingPartySettings(**good)
    with pytest.raises(ValueError, match=r"https|openid"):
        RelyingPartySettings(**{**good, **changed})


def test_a_redirect_of_the_provider_is_not_followed(world: World) -> None:
    """Following one would carry our proof, or a token, to wherever it points."""

    def elsewhere(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        start_response("302 Found", [("Location", "http://127.0.0.1:1/")])
        return [b""]

    begun = world.begin()
    back = world.returned(begun)
    world.idp_server.app = elsewhere
    assert failed(world.relying_party.finish(begun.transaction, back)) is Reason.UNAVAILABLE


def test_the_browser_learns_no_secret(world: World) -> None:
    begun = world.begin()
    assert begun.transaction["verifier"] not in begun.url
    assert httpx.URL(begun.url).params["code_challenge_method"] == "S256"
