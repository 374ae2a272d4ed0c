"""無料枠 over several applications: counted once, given back, never used twice at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from threading import Barrier

from sqlalchemy.orm import Session

from portal.applications.models import Application
from portal.applications.states import Event, State
from portal.applications.submission import PriceChanged, Submitted
from portal.forms import Price
from portal.office import service as office
from tests.support.hall import Hall


def charged(hall: Hall, key: str) -> int:
    return sum(claim.amount for claim in hall.claims(key))


def test_three_a_fiscal_year_cost_nothing(hall: Hall) -> None:
    person = hall.resident()
    first = hall.begin("quota", person, copies=2)
    assert isinstance(hall.submit(first, shown_total=0), Submitted)
    assert hall.state(first) is State.RECEIVED
    second = hall.begin("quota", person, copies=2)
    changed = hall.submit(second, shown_total=0)
    assert isinstance(changed, PriceChanged) and changed.price.total == 200
    assert isinstance(hall.submit(second, shown_total=200), Submitted)
    (line,) = hall.application(second).price["lines"]
    assert (line["quantity"], line["free"], line["amount"]) == (2, 1, 200)
    assert charged(hall, second) == 200
    another = hall.begin("quota", hall.resident("太郎"), copies=3)
    assert isinstance(hall.submit(another, shown_total=0), Submitted)


def test_what_is_withdrawn_or_lapses_gives_it_back(hall: Hall) -> None:
    person = hall.resident()
    for event in (Event.WITHDRAW, Event.LAPSE):
        key = hall.begin("quota", person, copies=4)
        assert isinstance(hall.submit(key, shown_total=200), Submitted)
        hall.advance(key, event)
    rejected = hall.begin("quota", person, copies=3)
    assert isinstance(hall.submit(rejected, shown_total=0), Submitted)
    hall.decide(rejected, office.take_up)
    assert isinstance(
        hall.submit(hall.begin("quota", person, copies=1), shown_total=200), Submitted
    )
    hall.decide(rejected, partial(office.reject, reason="対象外です。"))
    assert isinstance(hall.submit(hall.begin("quota", person, copies=2), shown_total=0), Submitted)


def test_a_new_fiscal_year_begins_anew(hall: Hall) -> None:
    person = hall.resident()
    key = hall.begin("quota", person, copies=3)
    hall.submit(key, shown_total=0)
    hall.clock.advance(timedelta(days=366))
    assert isinstance(hall.submit(hall.begin("quota", person, copies=3), shown_total=0), Submitted)


def test_a_correction_counts_the_others_and_not_itself(hall: Hall) -> None:
    person = hall.resident()
    key = hall.begin("quota", person, copies=3)
    hall.submit(key, shown_total=0)
    hall.returned(key)
    hall.answer(key, copies=2)
    assert isinstance(hall.submit(key, shown_total=0), Submitted)
    assert hall.application(key).price["lines"][0]["free"] == 2


def test_nobody_known_has_nothing_free(hall: Hall) -> None:
    key = hall.begin("quota", copies=2)
    assert isinstance(hall.submit(key, shown_total=0), PriceChanged)
    assert isinstance(hall.submit(key, shown_total=400), Submitted)


def test_a_verified_address_is_counted_too(hall: Hall) -> None:
    def begin(email: str) -> str:
        key = hall.begin("quota", copies=2)

        def verify(session: Session) -> None:
            session.get_one(Application, key).verified_email = email

        hall.do(verify)
        return key

    assert isinstance(hall.submit(begin("hanako@example.com"), shown_total=0), Submitted)
    changed = hall.submit(begin("Hanako@example.com"), shown_total=0)
    assert isinstance(changed, PriceChanged) and changed.price.total == 200
    assert isinstance(hall.submit(begin("taro@example.com"), shown_total=0), Submitted)


def test_two_at_once_don_t_both_take_the_last_free_one(hall: Hall) -> None:
    for _ in range(4):
        person = hall.resident()
        keys = [hall.begin("quota", person, copies=3) for _ in range(2)]
        start = Barrier(len(keys))

        def send(key: str, start: Barrier = start) -> object:
            start.wait(timeout=30)
            return hall.submit(key, shown_total=0)

        with ThreadPoolExecutor(len(keys)) as pool:
            outcomes = list(pool.map(send, keys))
        assert sorted(type(outcome).__name__ for outcome in outcomes) == [
            "PriceChanged",
            "Submitted",
        ]
        (changed,) = [each.price for each in outcomes if isinstance(each, PriceChanged)]
        assert isinstance(changed, Price) and changed.total == 600
