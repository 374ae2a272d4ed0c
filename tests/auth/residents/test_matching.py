"""Which spellings of names and addresses mean the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auth.names import PersonName
from auth.residents.matching import address_key, name_key

SAME_PLACE = [
    "見本県見本市桜台1丁目2番3号",
    "見本県見本市桜台１丁目２番３号",
    "見本県見本市桜台一丁目2番3号",
    "見本県見本市桜台1-2-3",
    "見本県見本市桜台１－２－３",
    "見本県見本市桜台1−2ー3",
    "見本県見本市桜台 1丁目　2番3号",
]


@pytest.mark.parametrize("spelling", SAME_PLACE)
def test_one_address_in_many_spellings(spelling: str) -> None:
    assert address_key(spelling) == "見本県見本市桜台1-2-3"


@pytest.mark.parametrize(
    ("spelling", "key"),
    [
        ("見本県見本市大字北原123番地4", "見本県見本市大字北原123-4"),
        ("見本県見本市大字北原123番地の4", "見本県見本市大字北原123-4"),
        ("見本県見本市本町十丁目1番", "見本県見本市本町10-1"),
        ("見本県見本市本町二十三丁目1番", "見本県見本市本町23-1"),
        ("見本県見本市東浜5丁目10番2号 東浜団地4-301", "見本県見本市東浜5-10-2号東浜団地4-301"),
        ("見本県見本市北一条西二十丁目1番", "見本県見本市北一条西20-1"),
        ("見本県見本市三番町1番地", "見本県見本市三番町1"),
        ("見本県見本市センター町2番", "見本県見本市センター町2"),
    ],
)
def test_other_addresses(spelling: str, key: str) -> None:
    assert address_key(spelling) == key


@pytest.mark.parametrize(
    "other",
    [
        "見本県見本市桜台1丁目2番4号",
        "見本県見本市桜台12番3号",
        "見本県見本市桜台1丁目23号",
        "見本県見本市櫻台1丁目2番3号",
        "見本県見本市桜台1丁目2番3号 101",
        "見本県見本市桜台1-2 3-4",
    ],
)
def test_another_address_stays_another(other: str) -> None:
    assert address_key(other) != address_key(SAME_PLACE[0])


def test_two_numbers_are_not_read_as_one() -> None:
    assert address_key("桜台1-2-3 101") == "桜台1-2-3-101" != address_key("桜台1-2-31 01")


ADDRESS_CHARACTERS = st.characters(categories=["Lo", "Nd"]) | st.sampled_from(
    "1２-ー丁目番号一三十 　"
)


@given(st.text(ADDRESS_CHARACTERS, max_size=60))
def test_a_key_of_a_key_is_itself(address: str) -> None:
    assert address_key(address_key(address)) == address_key(address)


def test_spaces_do_not_make_another_name() -> None:
    assert name_key(PersonName("見本", "花子")) == name_key(PersonName(" 見本 ", "花子"))
    assert name_key(PersonName("MARIA DOS SANTOS")) == name_key(PersonName("MARIA", "DOS SANTOS"))


@pytest.mark.parametrize(
    ("one", "other"),
    [("髙橋", "高橋"), ("𠮷田", "吉田"), ("葛󠄀城", "葛城"), ("ﾐﾎﾝ", "ミホン"), ("神", "\ufa19")],
)
def test_variant_characters_are_other_names(one: str, other: str) -> None:
    assert name_key(PersonName(one, "花子")) != name_key(PersonName(other, "花子"))


@given(st.text(max_size=20), st.text(max_size=20))
def test_the_name_on_a_card_is_read_back(family: str, given_name: str) -> None:
    """As long as no part holds the space that divides them."""
    family, given_name = family.replace("\u3000", "").strip(), given_name.strip()
    if family:
        name = PersonName(family, given_name)
        assert PersonName.parse(name.whole) == name
