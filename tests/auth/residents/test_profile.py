"""What forms are filled in with, and from where."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from auth.names import Sex
from auth.residents.models import Resident
from auth.residents.profile import Source, profile
from auth.residents.register import RegisterRow
from auth.residents.relations import relation_between
from tests.auth.people import HANAKO, SAKURA, TARO


def resident(row: RegisterRow) -> Resident:
    moment = datetime(2026, 6, 3, tzinfo=UTC)
    return Resident(id=row.given_name, of_city=True, created_at=moment, **asdict(row))


def known(row: RegisterRow, *others: RegisterRow, by: Source = Source.CARD) -> Mapping[str, Any]:
    person = resident(row)
    return profile(person, [person, *map(resident, others)], identified_by=by)


def test_by_card() -> None:
    values = known(HANAKO)
    assert {concept: found.source for concept, found in values.items()} == {
        "person": Source.CARD_AND_REGISTER,
        "person.name": Source.CARD,
        "person.kana": Source.REGISTER,
        "person.birth_date": Source.CARD,
        "person.address": Source.CARD,
        "contact.phone": Source.REGISTER,
        "contact.email": Source.REGISTER,
    }
    assert values["person"].value == {
        "name": {"family": "見本", "given": "花子"},
        "kana": {"family": "ミホン", "given": "ハナコ"},
        "birth_date": "1988-04-02",
        "sex": "female",
        "address": {"postcode": "0000011", "text": "見本県見本市桜台1丁目2番3号"},
    }


def test_found_by_staff() -> None:
    values = known(HANAKO, by=Source.REGISTER)
    assert {found.source for found in values.values()} == {Source.REGISTER}


def test_what_is_not_known_is_absent() -> None:
    bare = replace(HANAKO, family_kana=None, given_kana=None, phone=None, email=None, postcode=None)
    values = known(bare)
    assert values.keys() == {"person", "person.name", "person.birth_date", "person.address"}
    assert values["person"].value["kana"] is None
    assert values["person.address"].value["postcode"] == ""


def test_the_household_is_the_others() -> None:
    rows = known(HANAKO, TARO, SAKURA)["household.members"].value
    assert rows == [
        {
            "name": {"family": "見本", "given": "太郎"},
            "kana": {"family": "ミホン", "given": "タロウ"},
            "birth_date": "1986-07-19",
            "relation": "夫",
        },
        {
            "name": {"family": "見本", "given": "さくら"},
            "kana": {"family": "ミホン", "given": "サクラ"},
            "birth_date": "2019-05-11",
            "relation": "長女",
        },
    ]


def test_spouse_and_children_are_known_apart() -> None:
    values = known(HANAKO, SAKURA, TARO)
    children = values["household.children"].value
    assert [child["name"]["given"] for child in children] == ["さくら"]
    assert "relation" not in children[0]
    assert values["household.spouse"].value == "together"
    assert values["household.spouse.name"].value == {"family": "見本", "given": "太郎"}
    assert values["household.spouse.birth_date"].value == "1986-07-19"


def test_a_child_has_neither_spouse_nor_children_at_home() -> None:
    values = known(SAKURA, HANAKO, TARO)
    assert not {key for key in values if key.startswith(("household.spouse", "household.child"))}


class TestProtected:
    PERSON = replace(HANAKO, protected=True)

    def test_their_own_card_fills_everything_in(self) -> None:
        assert "person.address" in known(self.PERSON, SAKURA)

    @pytest.mark.parametrize("by", [Source.REGISTER, Source.STAFF, Source.EARLIER])
    def test_nobody_else_learns_where_they_live(self, by: Source) -> None:
        values = known(self.PERSON, SAKURA, by=by)
        assert values.keys() == {"person.name", "person.kana", "person.birth_date"}


def member(relation: str, sex: Sex = Sex.FEMALE, born: date = date(2000, 1, 1)) -> Resident:
    return resident(replace(HANAKO, relation=relation, sex=sex, birth_date=born))


M, F = Sex.MALE, Sex.FEMALE


@pytest.mark.parametrize(
    ("person", "other", "expected"),
    [
        (member("本人", M), member("妻"), "妻"),
        (member("本人", M), member("子の妻"), "子の妻"),
        (member("妻"), member("本人", M), "夫"),
        (member("夫", M), member("本人"), "妻"),
        (member("妻"), member("長男", M), "長男"),
        (member("妻"), member("母"), "義母"),
        (member("妻"), member("同居人"), ""),
        (member("長女"), member("本人", M), "父"),
        (member("長女"), member("妻"), "母"),
        (member("長女"), member("夫", M), "父"),
        (member("長女"), member("母"), "祖母"),
        (member("長女", born=date(2010, 1, 1)), member("長男", M, date(2012, 1, 1)), "弟"),
        (member("長女", born=date(2010, 1, 1)), member("長男", M, date(2008, 1, 1)), "兄"),
        (member("二女", born=date(2010, 1, 1)), member("長女", F, date(2008, 1, 1)), "姉"),
        (member("長女", born=date(2010, 1, 1)), member("二女", F, date(2012, 1, 1)), "妹"),
        (member("長女", born=date(2010, 1, 1)), member("二女", F, date(2010, 1, 1)), "きょうだい"),
        (member("母"), member("本人", M), "子"),
        (member("母"), member("妻"), "子の妻"),
        (member("父", M), member("長女"), "孫"),
        (member("母"), member("父", M), ""),
        (member("本人", M), member("子の子"), "孫"),
        (member("妻"), member("子の子"), "孫"),
        (member("妻"), member("子の妻"), "子の妻"),
        (member("子の妻"), member("本人", M), "義父"),
        (member("子の妻"), member("妻"), "義母"),
        (member("子の妻"), member("子の子"), ""),
        (member("子の子"), member("本人", M), "祖父"),
        (member("長女"), member("本人", Sex.UNKNOWN), ""),
        (member("同居人"), member("本人", M), ""),
    ],
)
def test_what_one_is_to_another(person: Resident, other: Resident, expected: str) -> None:
    assert relation_between(person, other) == expected
