"""The mock's pages: cards, PINs that count down, locks, used-up pages, languages."""

from pathlib import Path

import httpx
import pytest

from auth.oidc.mock.app import MockRefused, create_mock_idp
from auth.oidc.mock.settings import MockIdpSettings
from auth.oidc.mock.store import SIGN_IN_LIFE
from auth.oidc.results import SignedIn
from tests.auth.world import PERSONAS, PIN, World, query_of, words


def test_production_has_no_mock(tmp_path: Path) -> None:
    settings = MockIdpSettings(
        base_url="https://idp.example",
        clients=(),
        personas=PERSONAS,
        data_directory=tmp_path / "jpki-mock",
        production=True,
    )
    with pytest.raises(MockRefused):
        create_mock_idp(settings)
    assert not settings.data_directory.exists()


def test_every_page_says_that_it_is_a_mock(world: World) -> None:
    cards = world.open_cards(world.begin())
    for address in (world.idp_url, cards, f"{cards}/card/hanako", f"{world.idp_url}/nowhere"):
        assert "模擬 / MOCK" in words(world.browser.get(address))


def test_the_cards_show_name_age_and_description(world: World) -> None:
    page = words(world.browser.get(world.open_cards(world.begin())))
    assert "38歳 見本 花子 3人の子を育てる母。" in page


def test_the_pages_speak_english(world: World) -> None:
    cards = world.open_cards(world.begin(language="en"))
    page = world.browser.get(cards)
    assert '<html lang="en">' in page.text
    assert "Aged 38 見本 花子 A mother of three." in words(page)
    for _ in range(3):
        page = world.browser.post(f"{cards}/card/hanako", data={"pin": "0000"})
    assert "The card is locked" in words(page)


def test_an_unknown_language_falls_back_to_japanese(world: World) -> None:
    page = world.browser.get(world.open_cards(world.begin(language="xx fr-FR")))
    assert '<html lang="ja">' in page.text


class TestPin:
    def test_counts_down_and_locks(self, world: World) -> None:
        card = f"{world.open_cards(world.begin())}/card/hanako"
        pages = [world.browser.post(card, data={"pin": "0000"}) for _ in range(3)]
        assert [page.status_code for page in pages] == [422, 422, 422]
        assert "あと2回まちがえると、カードがロックされます。" in words(pages[0])
        assert "あと1回まちがえると、カードがロックされます。" in words(pages[1])
        assert "カードがロックされています" in words(pages[2])
        right = world.browser.post(card, data={"pin": PIN})
        assert right.status_code == 422
        assert "カードがロックされています" in words(right)

    def test_a_lock_outlives_the_sign_in_and_the_provider(self, world: World) -> None:
        for _ in range(3):
            world.enter_pin(world.begin(), "hanako", "0000")
        world.restart()
        assert world.enter_pin(world.begin(), "hanako").status_code == 422

    def test_a_tester_unlocks_the_card(self, world: World) -> None:
        begun = world.begin()
        card = f"{world.open_cards(begun)}/card/hanako"
        for _ in range(3):
            world.browser.post(card, data={"pin": "0000"})
        assert world.browser.post(f"{card}/unlock").status_code == 303
        back = query_of(world.browser.post(card, data={"pin": PIN}))
        assert isinstance(world.relying_party.finish(begun.transaction, back), SignedIn)

    @pytest.mark.parametrize("pin", ["", "123", "12345", "abcd", "１２３４", "12 4"])
    def test_what_can_not_be_a_pin_costs_no_try(self, world: World, pin: str) -> None:
        card = f"{world.open_cards(world.begin())}/card/hanako"
        for _ in range(4):
            page = world.browser.post(card, data={"pin": pin})
            assert "この入力は回数に数えません" in words(page)
        assert query_of(world.browser.post(card, data={"pin": PIN}))["code"]

    def test_the_sample_pin_is_told(self, world: World) -> None:
        page = world.browser.get(f"{world.open_cards(world.begin())}/card/hanako")
        assert "見本の暗証番号は 1234 です。" in words(page)

    def test_the_typed_pin_is_not_shown_again(self, world: World) -> None:
        assert "9876" not in world.enter_pin(world.begin(), "hanako", "9876").text


class TestUsedUp:
    def test_after_the_sign_in(self, world: World) -> None:
        cards = world.open_cards(world.begin())
        world.browser.post(f"{cards}/card/hanako", data={"pin": PIN})
        for answer in (
            world.browser.get(cards),
            world.browser.post(f"{cards}/card/hanako", data={"pin": PIN}),
            world.browser.post(f"{cards}/end", data={"ending": "cancelled"}),
        ):
            assert answer.status_code == 410
            assert "この画面は使い終わりました" in words(answer)

    def test_after_a_while(self, world: World) -> None:
        cards = world.open_cards(world.begin())
        world.clock.advance(SIGN_IN_LIFE)
        assert world.browser.get(cards).status_code == 410

    def test_made_up(self, world: World) -> None:
        assert world.browser.get(f"{world.idp_url}/sign-in/made-up").status_code == 410


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_card_that_does_not_exist(world: World, method: str) -> None:
    cards = world.open_cards(world.begin())
    answer = world.browser.request(method, f"{cards}/card/nobody", data={"pin": PIN})
    assert answer.status_code == 404


def test_an_ending_that_does_not_exist(world: World) -> None:
    cards = world.open_cards(world.begin())
    assert world.browser.post(f"{cards}/end", data={"ending": "happy"}).status_code == 400


def test_nothing_is_kept_framed_or_scripted(world: World) -> None:
    headers = world.browser.get(world.open_cards(world.begin())).headers
    assert headers["cache-control"] == "no-store"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "form-action 'self' https://portal.example" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "script-src" not in headers["content-security-policy"]


def test_a_flood_is_cut_off(world: World) -> None:
    card = f"{world.open_cards(world.begin())}/card/hanako"
    answer = world.browser.post(card, data={"pin": "1" * 100_000})
    assert answer.status_code == httpx.codes.REQUEST_ENTITY_TOO_LARGE
