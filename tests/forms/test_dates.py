"""和暦 and 西暦, as people write them."""

from contextlib import suppress
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.forms.dates import (
    ERAS,
    NoSuchDay,
    NotADay,
    OutsideEra,
    compose,
    era_of,
    parse,
)
from portal.forms.kinds.days import day_words


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-04-01", date(2026, 4, 1)),
        ("2026/4/1", date(2026, 4, 1)),
        ("2026年4月1日", date(2026, 4, 1)),
        ("２０２６．４．１", date(2026, 4, 1)),
        ("20260401", date(2026, 4, 1)),
        ("令和8年5月1日", date(2026, 5, 1)),
        ("令和８年 ５月 １日", date(2026, 5, 1)),
        ("R8.5.1", date(2026, 5, 1)),
        ("r8/5/1", date(2026, 5, 1)),
        ("平成元年1月8日", date(1989, 1, 8)),
        ("昭和64年1月7日", date(1989, 1, 7)),
        ("S30.1.2", date(1955, 1, 2)),
        ("㍻3年2月1日", date(1991, 2, 1)),
        ("大15-12-24", date(1926, 12, 24)),
        ("明治45年7月29日", date(1912, 7, 29)),
        ("令和元年５月１日", date(2019, 5, 1)),
    ],
)
def test_a_day_in_many_spellings(written: str, day: date) -> None:
    assert parse(written) == day


@pytest.mark.parametrize(
    ("written", "error"),
    [
        ("", NotADay),
        ("きのう", NotADay),
        ("8-5-1", NotADay),
        ("2026-13-01", NoSuchDay),
        ("2026-02-30", NoSuchDay),
        ("令和0年1月1日", NoSuchDay),
        ("0001-01-01", NoSuchDay),
        ("令和元年4月30日", OutsideEra),
        ("平成31年5月1日", OutsideEra),
        ("昭和64年1月8日", OutsideEra),
        ("平成元年1月7日", OutsideEra),
        ("大正16年1月1日", OutsideEra),
    ],
)
def test_impossible_days_are_refused(written: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        parse(written)


@given(st.dates(min_value=date(1868, 1, 25), max_value=date(2199, 12, 31)))
def test_every_day_is_read_back_in_its_era(day: date) -> None:
    era, year = era_of(day)
    assert compose(era, year, day.month, day.day) == day
    assert parse(f"{era.title}{year}年{day.month}月{day.day}日") == day
    assert parse(f"{era.letter}{year}.{day.month}.{day.day}") == day


@given(st.text(max_size=30))
def test_any_text_is_a_day_or_refused(written: str) -> None:
    with suppress(NotADay, NoSuchDay, OutsideEra):
        assert parse(written).year >= 1868


def test_eras_follow_each_other_without_a_gap() -> None:
    for later, earlier in pairwise(ERAS):
        assert earlier.last is not None
        assert (later.first - earlier.last).days == 1


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 4, 1), "2026年4月1日（令和8年）"),
        (date(2019, 5, 1), "2019年5月1日（令和元年）"),
        (date(1989, 1, 7), "1989年1月7日（昭和64年）"),
    ],
)
def test_a_day_is_said_with_its_era(day: date, words: str) -> None:
    assert day_words(day, str) == words
