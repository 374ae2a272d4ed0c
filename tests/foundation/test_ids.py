"""Identifiers that sort, and references that survive the telephone."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from foundation.ids import new_id, new_reference, new_token, normalise_reference

ALPHABET = "34679ACDEFGHJKMNPQRTUVWXY"
REFERENCES = st.builds(new_reference)


def _spell(code: str) -> str:
    return f"{code[:4]}-{code[4:]}"


@given(REFERENCES)
def test_a_reference_is_what_it_says_however_it_is_typed(reference: str) -> None:
    plain = reference.replace("-", "")
    wide = "".join(chr(ord(character) + 0xFEE0) for character in plain)
    for typed in (reference, plain, plain.lower(), f" {plain[:2]} {plain[2:]} ", wide):
        assert normalise_reference(typed) == reference


@given(REFERENCES, st.integers(0, 7), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_caught(reference: str, place: int, wrong: str) -> None:
    code = reference.replace("-", "")
    assume(code[place] != wrong)
    assert normalise_reference(_spell(code[:place] + wrong + code[place + 1 :])) is None


@given(REFERENCES, st.integers(0, 6))
def test_neighbours_that_changed_places_are_caught(reference: str, place: int) -> None:
    code = reference.replace("-", "")
    one, other = code[place], code[place + 1]
    assume(one != other)
    assert normalise_reference(_spell(code[:place] + other + one + code[place + 2 :])) is None


@given(REFERENCES, st.integers(0, 7))
def test_a_character_too_few_is_caught(reference: str, place: int) -> None:
    code = reference.replace("-", "")
    assert normalise_reference(code[:place] + code[place + 1 :]) is None


@given(st.text(max_size=30))
def test_anything_else_is_no_reference_or_one_of_ours(typed: str) -> None:
    found = normalise_reference(typed)
    assert found is None or normalise_reference(found) == found


@pytest.mark.parametrize("typed", ["", "-", "0000-0000", "あいうえ-おかきく"])
def test_what_can_not_be_a_reference(typed: str) -> None:
    assert normalise_reference(typed) is None


def test_ids_sort_in_the_order_in_which_they_were_made() -> None:
    ids = [new_id() for _ in range(2_000)]
    assert len(set(ids)) == len(ids)
    # Two within a quarter of a microsecond may stand in either order; their time does not go back.
    assert [one[:16] for one in ids] == sorted(one[:16] for one in ids)
    assert {(len(one), one[12]) for one in ids} == {(32, "7")}
    assert {one[16] for one in ids} <= set("89ab")


def test_tokens_are_long_and_never_the_same() -> None:
    tokens = {new_token() for _ in range(100)}
    assert len(tokens) == 100
    assert min(len(token) for token in tokens) >= 43
