"""The pages of rooms, in the sample city."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.app import create_app
from portal.context import Portal
from tests.facilities.visitors import FRIDAY, ROOM, Visitor, application_of, bookings


@pytest.fixture
def portal_url(sqlite_url: str) -> str:
    return sqlite_url


def test_the_houses_and_their_rooms_can_be_looked_at_by_anybody(guest: Visitor) -> None:
    assert "見本市文化会館" in guest.page("/facilities/")
    hall = guest.page("/facilities/culture-hall")
    for words in ("活動室", "定員 20人", "09:00–<wbr>12:00", "900円", "3,000円", "10,000円"):
        assert words in hall


def test_a_house_that_nobody_can_book_is_not_listed(portal: Portal) -> None:
    closed = replace(portal, catalogue=replace(portal.catalogue, procedures={}))
    visitor = Visitor(create_app(portal=closed))
    for address in ("/facilities/", "/"):
        assert "見本市文化会館" not in visitor.page(address)
    assert visitor.client.get("/facilities/culture-hall").status_code == 404


@pytest.mark.parametrize(
    "address",
    ["/facilities/nowhere", "/facilities/nowhere/activity", "/facilities/culture-hall/attic"],
)
def test_what_is_not_there_is_not_found(guest: Visitor, address: str) -> None:
    assert guest.client.get(address).status_code == 404


def test_a_day_lists_its_slots_with_price_and_state(guest: Visitor, sanae: Visitor) -> None:
    sanae.choose("s12")
    page = guest.page()
    assert page.count('type="checkbox"') == 6
    assert page.count("disabled") == page.count("予約済み") == 1
    assert "12:00–13:00" in page
    assert "令和8年6月5日（金）" in page


@pytest.mark.parametrize("day", ["", "tomorrow", "0001-01-01", "9999-12-31", "2026-06-31", "\0"])
def test_whatever_day_is_asked_for_there_is_a_page(guest: Visitor, day: str) -> None:
    answer = guest.client.get(ROOM, query_string={"day": day})
    assert answer.status_code == 200


def test_a_closed_day_offers_nothing(guest: Visitor) -> None:
    page = guest.page(f"{ROOM}?day=2026-06-08")
    assert "この日は休館日です" in page
    assert 'type="checkbox"' not in page


def test_the_price_of_the_choice_comes_from_the_server(guest: Visitor) -> None:
    answer = guest.choose("s09", "s13", action="total")
    assert answer.status_code == 303
    page = guest.page(answer.location)
    assert page.count(" checked") == 2
    assert "1,500円" in page
    everything = ("s09", "s12", "s13", "s15", "s17", "s19")
    assert "3,000円" in guest.page(guest.choose(*everything, action="total").location)


def test_who_comes_second_is_told_and_keeps_the_rest_of_the_choice(
    portal: Portal, sanae: Visitor, kenta: Visitor
) -> None:
    sanae.choose("s12", "s13")
    answer = kenta.choose("s09", "s12", "s19")
    assert answer.status_code == 200
    assert "12:00–13:00 は、たった今ほかのかたが予約しました" in answer.text
    assert answer.text.count(" checked") == 2
    assert "1,500円" in answer.text
    assert len(bookings(portal)) == 1
    application_of(portal, kenta.choose("s09", "s19"))


def test_choosing_nothing_is_answered_with_what_to_do(guest: Visitor) -> None:
    answer = guest.choose()
    assert answer.status_code == 200
    assert "使う時間を1つ以上えらんでください" in answer.text


@pytest.mark.parametrize(
    ("day", "slot", "told"),
    [
        ("2026-06-08", "s09", "この日は休館日です"),
        ("2026-06-01", "s09", "過ぎた日は予約できません"),
        ("2027-06-04", "s09", "この日の受付はまだ始まっていません"),
        (FRIDAY, "s99", "えらんだ時間が見つかりません"),
    ],
)
def test_what_is_not_offered_is_refused_in_words(
    portal: Portal, guest: Visitor, day: str, slot: str, told: str
) -> None:
    answer = guest.choose(slot, day=day)
    assert answer.status_code == 200
    assert told in answer.text
    assert bookings(portal) == []


texts = st.text(max_size=20)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(day=texts, slots=st.lists(texts, max_size=5), action=texts)
def test_any_post_gets_a_page(guest: Visitor, day: str, slots: list[str], action: str) -> None:
    assert guest.choose(*slots, day=day, action=action).status_code in (200, 303)
