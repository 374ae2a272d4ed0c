"""Recognising people, finding them at the counter, and their households."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from auth.identity import VerifiedIdentity
from auth.names import PersonName
from auth.residents.models import Resident, ResidentLink
from auth.residents.register import RegisterRow, read_register, register
from auth.residents.service import find_by_typing, household, recognise
from foundation.database import Database
from tests.auth.people import HANAKO, SAKURA, TARO, card_of
from tests.support.clock import FixedClock

ELSEWHERE = replace(HANAKO, family_name="鈴木", given_name="一郎", address="隣県隣市東町1番1号")


@pytest.fixture
def clock_and_city(database: Database, clock: FixedClock) -> FixedClock:
    with database.transaction() as session:
        register(session, [HANAKO, TARO, SAKURA], clock())
    return clock


def recognised(database: Database, identity: VerifiedIdentity, clock: FixedClock) -> Resident:
    with database.transaction() as session:
        return recognise(session, identity, clock())


def count(database: Database, table: type[Resident] | type[ResidentLink]) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


class TestRecognise:
    def test_a_person_of_the_register(self, database: Database, clock_and_city: FixedClock) -> None:
        resident = recognised(database, card_of(HANAKO), clock_and_city)
        assert resident.of_city
        assert resident.given_kana == "ハナコ"
        assert count(database, Resident) == 3

    def test_an_address_in_another_spelling(
        self, database: Database, clock_and_city: FixedClock
    ) -> None:
        card = card_of(HANAKO, address="見本県見本市桜台１－２－３")
        assert recognised(database, card, clock_and_city).of_city

    @pytest.mark.parametrize(
        "change",
        [
            {"name": PersonName("見元", "花子")},
            {"birth_date": date(1988, 4, 3)},
            {"address": "見本県見本市桜台1丁目2番4号"},
        ],
        ids=["name", "birth date", "address"],
    )
    def test_two_of_three_are_not_enough(
        self, database: Database, clock_and_city: FixedClock, change: dict[str, object]
    ) -> None:
        resident = recognised(database, card_of(HANAKO, **change), clock_and_city)
        assert not resident.of_city
        assert resident.family_kana is None

    def test_two_who_fit_are_nobody(self, database: Database, clock: FixedClock) -> None:
        twin = replace(HANAKO, household_id="h02")
        with database.transaction() as session:
            register(session, [HANAKO, twin], clock())
        assert not recognised(database, card_of(HANAKO), clock).of_city

    def test_later_by_the_link_alone(self, database: Database, clock_and_city: FixedClock) -> None:
        """Whoever moved or married is still the same person."""
        first = recognised(database, card_of(HANAKO), clock_and_city)
        clock_and_city.advance(timedelta(days=400))
        moved = card_of(HANAKO, name=PersonName("新姓", "花子"), address="見本県隣市1番")
        again = recognised(database, moved, clock_and_city)
        assert again.id == first.id
        assert again.family_name == "見本"
        with database.reading() as session:
            link = session.scalars(select(ResidentLink)).one()
            assert link.last_used_at - link.created_at == timedelta(days=400)

    def test_the_same_subject_of_another_provider_is_somebody_else(
        self, database: Database, clock: FixedClock
    ) -> None:
        first = recognised(database, card_of(ELSEWHERE), clock)
        other = card_of(ELSEWHERE, issuer="https://other.example")
        assert recognised(database, other, clock).id != first.id

    def test_of_people_from_elsewhere_the_card_knows_best(
        self, database: Database, clock: FixedClock
    ) -> None:
        first = recognised(database, card_of(ELSEWHERE), clock)
        assert (first.of_city, first.address) == (False, "隣県隣市東町1番1号")
        again = recognised(database, card_of(ELSEWHERE, address="遠県遠市1番"), clock)
        assert (again.id, again.address) == (first.id, "遠県遠市1番")
        assert count(database, Resident) == 1
        assert count(database, ResidentLink) == 1

    def test_on_two_devices_at_the_same_moment(
        self, database: Database, clock_and_city: FixedClock
    ) -> None:
        at_once = Barrier(4)

        def sign_in(card: VerifiedIdentity) -> str:
            at_once.wait()
            return recognised(database, card, clock_and_city).id

        cards = [card_of(ELSEWHERE)] * 4
        with ThreadPoolExecutor(4) as pool:
            assert len(set(pool.map(sign_in, cards))) == 1
        assert count(database, ResidentLink) == 1
        assert count(database, Resident) == 4


class TestFindByTyping:
    def find(self, session: Session, family: str, given: str, born: date) -> list[str]:
        found = find_by_typing(session, family_name=family, given_name=given, birth_date=born)
        return [resident.given_name for resident in found]

    def test_by_name_and_birth_date(self, database: Database, clock_and_city: FixedClock) -> None:
        with database.reading() as session:
            assert self.find(session, "見本", "花子", HANAKO.birth_date) == ["花子"]
            assert self.find(session, " 見本 ", "　花子", HANAKO.birth_date) == ["花子"]
            assert self.find(session, "見本花子", "", HANAKO.birth_date) == []
            assert self.find(session, "見本", "花子", TARO.birth_date) == []

    def test_a_variant_is_another_family(self, database: Database, clock: FixedClock) -> None:
        with database.transaction() as session:
            register(session, [replace(HANAKO, family_name="髙橋")], clock())
            assert self.find(session, "高橋", "花子", HANAKO.birth_date) == []
            assert self.find(session, "髙橋", "花子", HANAKO.birth_date) == ["花子"]

    def test_people_from_elsewhere_are_not_in_the_register(
        self, database: Database, clock: FixedClock
    ) -> None:
        recognised(database, card_of(ELSEWHERE), clock)
        with database.reading() as session:
            assert self.find(session, "鈴木", "一郎", ELSEWHERE.birth_date) == []


class TestHousehold:
    def members(
        self, database: Database, clock: FixedClock, rows: list[RegisterRow], who: RegisterRow
    ) -> list[str]:
        with database.transaction() as session:
            register(session, rows, clock())
            resident = recognise(session, card_of(who), clock())
            return [member.given_name for member in household(session, resident)]

    def test_the_eldest_first(self, database: Database, clock: FixedClock) -> None:
        rows = [SAKURA, HANAKO, TARO, replace(TARO, given_name="他", household_id="h02")]
        assert self.members(database, clock, rows, HANAKO) == ["太郎", "花子", "さくら"]

    def test_of_one(self, database: Database, clock: FixedClock) -> None:
        assert self.members(database, clock, [], ELSEWHERE) == ["一郎"]

    def test_a_protected_person_is_not_shown_to_the_others(
        self, database: Database, clock: FixedClock
    ) -> None:
        rows = [TARO, replace(HANAKO, protected=True)]
        assert self.members(database, clock, rows, TARO) == ["太郎"]

    def test_a_protected_household_sees_itself(self, database: Database, clock: FixedClock) -> None:
        rows = [replace(SAKURA, protected=True), replace(HANAKO, protected=True)]
        assert self.members(database, clock, rows, HANAKO) == ["花子", "さくら"]


class TestRegister:
    def test_loading_twice_changes_nothing(self, database: Database, clock: FixedClock) -> None:
        with database.transaction() as session:
            assert register(session, [HANAKO, TARO, HANAKO], clock()) == 2
        with database.transaction() as session:
            assert register(session, [HANAKO, TARO, SAKURA], clock()) == 1
        assert count(database, Resident) == 3

    def test_from_a_file(self, tmp_path: Path) -> None:
        path = tmp_path / "residents.yaml"
        path.write_text(
            "residents:\n"
            "  - {family: 見本, given: 花子, birth_date: '1988-04-02', address: 本町1番,"
            " postcode: 000-0011, household: h01, protected: true}\n"
            "  - {family: MARIA DOS SANTOS, birth_date: 1985-12-08, address: 東浜5番}\n"
        )
        hanako, maria = read_register(path)
        assert (hanako.postcode, hanako.protected) == ("0000011", True)
        assert (maria.given_name, maria.family_kana) == ("", None)
        assert maria.birth_date == date(1985, 12, 8)

    @pytest.mark.parametrize(
        "row",
        [
            "{family: 見本, birth_date: '1988-04-02'}",
            "{family: 見本, birth_date: '1988-04-31', address: 本町1番}",
            "{family: 見本, birth_date: '1988-04-02', address: 本町1番, sex: f}",
        ],
    )
    def test_a_wrong_row_is_named(self, tmp_path: Path, row: str) -> None:
        path = tmp_path / "residents.yaml"
        path.write_text(f"residents:\n  - {row}\n")
        with pytest.raises(ValueError, match="resident 1"):
            read_register(path)
