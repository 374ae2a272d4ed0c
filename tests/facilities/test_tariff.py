"""Prices of 豊明市's rooms, and what any tariff keeps to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.facilities.tariff import Compound, Tariff, base_price
from tests.facilities.house import ALL, SLOTS, toyoake

ROOMS = {
    "活動室": (900, 300, 600, 3000),
    "研修室・多目的室": (1350, 450, 900, 4500),
    "調理室": (1800, 600, 1200, 6000),
    "サウンド室": (1200, 400, 800, 4000),
    "体育館 全面": (3000, 1000, 2000, 10000),
    "体育館 半面": (1500, 500, 1000, 5000),
}
IDS = [slot.id for slot in SLOTS]


@pytest.mark.parametrize("line", ROOMS.values(), ids=ROOMS.keys())
def test_each_price_of_the_table(line: tuple[int, int, int, int]) -> None:
    morning, noon, two_hours, all_day = line
    tariff = toyoake(*line)
    assert base_price(tariff, ["morning"]) == morning
    assert base_price(tariff, ["noon"]) == noon
    for slot in IDS[2:]:
        assert base_price(tariff, [slot]) == two_hours
    assert base_price(tariff, IDS) == all_day
    assert base_price(tariff, ["morning", "noon", "afternoon-1"]) == morning + noon + two_hours


def test_a_day_but_for_one_slot_is_the_sum() -> None:
    assert base_price(toyoake(900, 300, 600, 3000), ALL - {"noon"}) == 3300


def test_nothing_chosen_costs_nothing() -> None:
    assert base_price(toyoake(900, 300, 600, 3000), []) == 0


def test_a_slot_without_a_price_is_never_free_of_charge() -> None:
    with pytest.raises(KeyError):
        base_price(toyoake(900, 300, 600, 3000), ["night"])


def test_a_compound_joins_with_single_slots_and_other_compounds() -> None:
    nine_to_five = frozenset(IDS[:4])
    evening = frozenset(IDS[4:])
    tariff = Tariff(
        dict.fromkeys(IDS, 1000),
        (Compound(nine_to_five, 3500), Compound(evening, 1800), Compound(ALL, 5000)),
    )
    assert base_price(tariff, nine_to_five) == 3500
    assert base_price(tariff, nine_to_five | {"evening-1"}) == 4500
    assert base_price(tariff, evening | {"morning"}) == 2800
    assert base_price(tariff, ALL) == 5000


prices = st.fixed_dictionaries({slot: st.integers(0, 9999) for slot in IDS})
choices = st.frozensets(st.sampled_from(IDS))
compounds = st.lists(
    st.builds(Compound, st.frozensets(st.sampled_from(IDS), min_size=2), st.integers(0, 9999)),
    max_size=4,
).map(tuple)


@given(prices, compounds, choices)
def test_never_dearer_than_the_sum_of_the_slots(
    prices: dict[str, int], compounds: tuple[Compound, ...], chosen: frozenset[str]
) -> None:
    assert 0 <= base_price(Tariff(prices, compounds), chosen) <= sum(prices[s] for s in chosen)


@given(prices, compounds, choices, choices)
def test_choosing_in_two_bookings_is_never_cheaper(
    prices: dict[str, int],
    compounds: tuple[Compound, ...],
    one: frozenset[str],
    other: frozenset[str],
) -> None:
    tariff = Tariff(prices, compounds)
    apart = base_price(tariff, one) + base_price(tariff, other - one)
    assert base_price(tariff, one | other) <= apart
