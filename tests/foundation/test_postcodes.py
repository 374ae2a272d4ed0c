"""Postcodes stand for towns, offices, whole cities, or several of these."""

from hypothesis import given
from hypothesis import strategies as st

from foundation.postcodes import Place, common_part, places


def test_a_town() -> None:
    assert places("1000001") == (Place("東京都", "千代田区", "千代田"),)
    assert common_part(places("1000001")) == "東京都千代田区千代田"


def test_an_office_of_its_own() -> None:
    assert [str(place) for place in places("1008111")] == ["東京都千代田区千代田1-1"]


def test_a_city_without_town_says_no_more_than_that() -> None:
    assert common_part(places("0600000")) == "北海道札幌市中央区"


def test_several_towns_have_their_city_in_common() -> None:
    found = places("0791582")
    assert len(found) > 2
    assert common_part(found) == "北海道富良野市"


def test_two_prefectures_have_nothing_in_common() -> None:
    assert len(places("4980000")) == 2
    assert common_part(places("4980000")) == ""


@given(st.text(max_size=9))
def test_any_text_is_looked_up(text: str) -> None:
    assert isinstance(places(text), tuple)


def test_nothing_is_found_for_nothing() -> None:
    assert places("0000000") == places("") == places("１００００01") == ()
