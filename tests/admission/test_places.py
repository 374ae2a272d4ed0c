"""定員: places are given out once, who waits is promoted in turn, and the pages say so."""

from datetime import datetime, timedelta
from functools import partial

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from auth.staff.roles import Role
from foundation.clock import JST
from foundation.outbox import work_once
from portal.admission.models import AdmissionEntry, AdmissionSeat
from portal.admission.presentation import pool_views, standing_of
from portal.admission.seats import PoolKey, Room, room
from portal.admission.service import Admission, Full
from portal.app import create_app
from portal.applications.actors import Actor
from portal.applications.models import Application, ApplicationEntry
from portal.applications.states import Event, State
from portal.applications.submission import Submitted, submit
from portal.forms.places import Demand, UndecidedDemand, demand, pools
from portal.forms.reception import Capacity, Reception, edition_at
from portal.notices.models import Message
from portal.office import service as office
from portal.processes import outbox_handlers, tidy
from tests.applications.test_races import at_once
from tests.support.hall import Hall

NAME = {"family": "見本", "given": "花子"}


@pytest.fixture
def client(hall: Hall) -> FlaskClient:
    app = create_app(portal=hall.portal)
    app.config["WTF_CSRF_ENABLED"] = False
    return app.test_client()


def _swim(hall: Hall) -> str:
    key = hall.begin("swim", name=NAME)
    assert isinstance(hall.submit(key), Submitted)
    return key


def _standing(hall: Hall, key: str) -> tuple[str, int | None]:
    found = hall.see(lambda session: standing_of(session, key))
    assert found is not None
    return found.state, found.position


def _seats(hall: Hall) -> int:
    return hall.see(lambda s: s.scalar(select(func.count()).select_from(AdmissionSeat))) or 0


def _work(hall: Hall) -> None:
    handlers = outbox_handlers(hall.portal)
    while work_once(hall.portal.database, handlers, hall.clock):
        pass


def test_first_come_first_served_then_waiting_then_full(hall: Hall) -> None:
    keys = [_swim(hall) for _ in range(4)]
    assert [_standing(hall, key) for key in keys] == [
        ("placed", None), ("placed", None), ("waiting", 1), ("waiting", 2)
    ]  # fmt: skip
    late = hall.begin("swim", name=NAME)
    assert hall.submit(late) == Full(Demand("", 1), 0)
    assert hall.state(late) is State.DRAFT
    hall.advance(keys[0], Event.WITHDRAW)
    assert [_standing(hall, key) for key in keys] == [
        ("given_up", None), ("placed", None), ("placed", None), ("waiting", 1)
    ]  # fmt: skip
    assert _seats(hall) == 2
    assert isinstance(hall.submit(late), Submitted)
    assert _standing(hall, late) == ("waiting", 2)


def test_a_rejection_frees_the_place(hall: Hall) -> None:
    first, _second, third = (_swim(hall) for _ in range(3))
    hall.decide(first, office.take_up)
    hall.decide(first, partial(office.reject, reason="対象外です。"))
    assert _standing(hall, third) == ("placed", None)


def test_who_is_promoted_is_told_once(hall: Hall) -> None:
    first, _second = _swim(hall), _swim(hall)
    person = hall.resident()
    waits = hall.begin("swim", person, name=NAME)
    hall.submit(waits)
    _work(hall)
    hall.advance(first, Event.WITHDRAW)
    _work(hall)
    entry = hall.see(
        lambda s: s.scalars(
            select(AdmissionEntry).where(AdmissionEntry.application_id == waits)
        ).one()
    )
    outbox_handlers(hall.portal)["admission.tell"]({"entry": entry.id})
    _work(hall)
    with hall.portal.database.reading() as session:
        told = session.scalars(
            select(Message.event)
            .where(Message.application_id == waits)
            .order_by(Message.created_at, Message.id)
        ).all()
        history = session.scalars(
            select(ApplicationEntry.event).where(ApplicationEntry.application_id == waits)
        ).all()
    assert told == ["submit", "waiting", "placed"]
    assert [event for event in history if event in ("waiting", "placed")] == ["waiting", "placed"]


def test_an_application_takes_as_many_places_as_it_needs(hall: Hall) -> None:
    def wish(course: str, adults: int, children: int) -> object:
        key = hall.begin("workshop", name=NAME, course=course, adults=adults, children=children)
        return hall.submit(key)

    assert isinstance(wish("yoga", 1, 1), Submitted)
    assert wish("yoga", 1, 1) == Full(Demand("yoga", 2), 1)
    assert isinstance(wish("cooking", 2, 0), Submitted)
    assert wish("cooking", 3, 0) == Full(Demand("cooking", 3), 0)
    assert isinstance(wish("yoga", 1, 0), Submitted)
    # Nobody takes part: no place is needed.
    assert isinstance(wish("yoga", 0, 0), Submitted)
    assert _seats(hall) == 5


def test_a_correction_may_ask_for_other_places(hall: Hall) -> None:
    def wish(course: str, adults: int) -> str:
        key = hall.begin("workshop", name=NAME, course=course, adults=adults, children=0)
        assert isinstance(hall.submit(key), Submitted)
        return key

    moved, _other = wish("yoga", 2), wish("cooking", 1)
    hall.returned(moved)
    hall.answer(moved, adults=1, course="yoga")
    assert isinstance(hall.submit(moved), Submitted)
    assert _seats(hall) == 2
    hall.decide(moved, partial(office.send_back, reason="講座を確かめてください。"))
    hall.answer(moved, adults=2, course="cooking")
    assert hall.submit(moved) == Full(Demand("cooking", 2), 1)
    # What it had is still its own.
    assert _standing(hall, moved) == ("placed", None) and _seats(hall) == 2
    hall.answer(moved, adults=1)
    assert isinstance(hall.submit(moved), Submitted)
    assert _seats(hall) == 2


def test_every_summer_has_its_own_places(hall: Hall) -> None:
    for _ in range(4):
        _swim(hall)
    assert isinstance(hall.submit(hall.begin("swim", name=NAME)), Full)
    hall.clock.advance(timedelta(days=365))
    assert _standing(hall, _swim(hall)) == ("placed", None)


def test_more_places_go_to_who_waits(hall: Hall) -> None:
    keys = [_swim(hall) for _ in range(4)]
    procedure = hall.procedures["swim"]
    more = type(procedure)(
        procedure.definition.model_copy(update={"capacity": Capacity(places=3, waiting=2)})
    )
    admission = Admission({"swim": more}, hall.clock)
    assert hall.do(admission.promote_waiting) == 1
    assert [_standing(hall, key)[0] for key in keys] == ["placed"] * 3 + ["waiting"]
    tidy(hall.portal)
    assert _seats(hall) == 3


def test_of_many_who_want_the_last_place_one_gets_it(hall: Hall) -> None:
    for _ in range(3):
        _swim(hall)
        rivals = [hall.begin("swim", name=NAME) for _ in range(4)]
        outcomes = at_once(*[partial(hall.submit, key) for key in rivals])
        # One gets the last place, two their turn on the waiting list.
        assert outcomes == ["Full", "Submitted", "Submitted", "Submitted"]
        states = sorted(
            entry.state
            for entry in hall.see(lambda s: s.scalars(select(AdmissionEntry)).all())
            if entry.application_id in rivals
        )
        assert states == ["placed", "waiting", "waiting"] and _seats(hall) % 2 == 0
        hall.clock.advance(timedelta(days=365))


def test_two_who_give_up_at_once_make_room_for_two(hall: Hall) -> None:
    placed, waiting = [_swim(hall) for _ in range(2)], [_swim(hall) for _ in range(2)]
    at_once(*[partial(hall.advance, key, Event.WITHDRAW) for key in placed])
    assert [_standing(hall, key)[0] for key in waiting] == ["placed", "placed"]
    assert _seats(hall) == 2


def test_giving_up_while_being_promoted(hall: Hall) -> None:
    placed, waits = [_swim(hall) for _ in range(2)], _swim(hall)
    at_once(
        partial(hall.advance, placed[0], Event.WITHDRAW),
        partial(hall.advance, waits, Event.WITHDRAW),
    )
    _work(hall)
    assert _standing(hall, waits)[0] == "given_up"
    assert _seats(hall) == 1


def test_the_pages_say_how_many_are_left(hall: Hall, client: FlaskClient) -> None:
    assert "のこり2枠" in client.get("/procedures/swim").text
    keys = [_swim(hall) for _ in range(2)]
    page = client.get("/procedures/swim").text
    assert "満員" in page and "キャンセル待ちができます（いま0件）" in page
    assert "申請を始める" in page
    keys += [_swim(hall) for _ in range(2)]
    page = client.get("/procedures/swim").text
    assert "いまは申し込めません。" in page and "申請を始める" not in page
    answer = client.post("/applications/", data={"procedure": "swim"})
    assert answer.location == "/procedures/swim"


def test_a_resident_sees_their_turn(hall: Hall, client: FlaskClient) -> None:
    for _ in range(2):
        _swim(hall)
    begun = client.post("/applications/", data={"procedure": "swim"})
    typed = {"name.family": "見本", "name.given": "花子"}
    check = client.post(begun.location, data=typed).location
    answer = client.post(check, data={"total": "0"}, follow_redirects=True)
    assert "キャンセル待ち 1番目" in answer.text
    # Nobody can say when somebody else gives up a place.
    assert "ごろまでに" not in answer.text


def test_a_family_is_told_that_there_is_no_room_for_all_and_nothing_to_pay(
    hall: Hall, client: FlaskClient
) -> None:
    hall.submit(hall.begin("camp", name=NAME, people=5))
    begun = client.post("/applications/", data={"procedure": "camp"})
    typed = {"name.family": "見本", "name.given": "太郎", "people": "5"}
    check = client.post(begun.location, data=typed).location
    answer = client.post(check, data={"total": "2500"}, follow_redirects=True)
    assert "いまは5人分の空きがありません。" in answer.text and "満員" not in answer.text
    assert "2,500円" in answer.text and "いまは、支払うものはありません。" in answer.text


def test_who_has_a_place_is_told_by_when(hall: Hall, client: FlaskClient) -> None:
    begun = client.post("/applications/", data={"procedure": "swim"})
    typed = {"name.family": "見本", "name.given": "花子"}
    check = client.post(begun.location, data=typed).location
    answer = client.post(check, data={"total": "0"}, follow_redirects=True)
    assert "ごろまでに" in answer.text


def test_the_office_sees_the_turn_on_the_case(hall: Hall, client: FlaskClient) -> None:
    keys = [_swim(hall) for _ in range(4)]
    with client.session_transaction() as cookie:
        cookie["staff_id"] = hall.employee("okada", (Role.CASE_WORKER, "welfare")).id
    pages = [client.get(f"/office/applications/{key}").text for key in keys]
    assert ["決定" in page for page in pages] == [True, True, False, False]
    assert "1番目" in pages[2] and "2番目" in pages[3] and "キャンセル待ち" in pages[3]


def test_a_full_option_is_marked_and_what_was_typed_stays(hall: Hall, client: FlaskClient) -> None:
    begun = client.post("/applications/", data={"procedure": "workshop"})
    page = client.get(begun.location).text
    assert "のこり3枠" in page and "のこり2枠" in page
    assert isinstance(
        hall.submit(hall.begin("workshop", name=NAME, course="yoga", adults=3, children=0)),
        Submitted,
    )
    page = client.get(begun.location).text
    assert "満員" in page and "のこり2枠" in page
    assert 'value="yoga" disabled>' in page and "ヨガ（満員）" in page
    assert 'value="cooking">' in page and "料理（のこり2枠）" in page
    following = client.post(begun.location, data={"course": "yoga"}).location
    typed = {"name.family": "見本", "name.given": "花子", "adults": "1", "children": "0"}
    check = client.post(following, data=typed).location
    answer = client.post(check, data={"total": "0"}, follow_redirects=True)
    assert "満員になりました" in answer.text and "花子" in answer.text


def test_today_says_how_many_places_there_are(hall: Hall) -> None:
    """A draft keeps its questions, but not the number of seats in the room."""
    procedure = hall.procedures["workshop"]
    capacity = {"places": {"by": "course", "places": {"yoga": 1}}, "takes": "adults + children"}
    fewer = type(procedure)(
        procedure.definition.model_copy(update={"capacity": Capacity.model_validate(capacity)})
    )
    key = hall.begin("workshop", name=NAME, course="cooking", adults=1, children=0)
    now = hall.clock()
    with hall.portal.database.transaction() as session:
        application = session.get_one(Application, key)
        actor = Actor("guest")
        outcome = submit(
            session, hall.portal.payments, procedure, application, actor,
            shown_total=0, now=now, current=fewer,
        )  # fmt: skip
    assert outcome == Full(Demand("cooking", 1), 0)
    views = hall.see(lambda session: pool_views(session, fewer, now))
    assert [(view.label, view.room) for view in views] == [("ヨガ", Room(1, 0, 0, 0))]
    assert hall.see(lambda s: room(s, PoolKey("workshop", "", "yoga"), 1)).left == 1


@given(st.integers(-3, 1200))
def test_a_demand_is_a_whole_number_of_places_or_undecided(count: int) -> None:
    capacity = Capacity(places=20, takes="n")
    if count > 1000:
        with pytest.raises(UndecidedDemand):
            demand(capacity, {}, {"n": count})
    else:
        found = demand(capacity, {}, {"n": count})
        assert (found.takes if found else 0) == max(count, 0)
    for wrong in (None, True, "3"):
        with pytest.raises(UndecidedDemand):
            demand(capacity, {}, {"n": wrong})
    assert pools(capacity) == {"": 20}


@pytest.mark.parametrize(
    ("written", "day", "edition"),
    [
        ({"opens": "05-01", "closes": "07-31"}, (2026, 6, 3), "2026-05-01"),
        ({"opens": "05-01", "closes": "07-31"}, (2026, 9, 3), "2027-05-01"),
        ({"opens": "12-01", "closes": "01-20"}, (2027, 1, 3), "2026-12-01"),
        ({"opens": "2026-05-01 09:00", "closes": "2026-07-31"}, (2026, 9, 3), "2026-05-01"),
        ({"closes": "07-31"}, (2026, 6, 3), "2026-07-31"),
        ({"hours": {"start": "09:00", "end": "17:00"}}, (2026, 6, 3), ""),
    ],
)
def test_an_edition_is_the_day_on_which_the_reception_opens(
    written: dict[str, object], day: tuple[int, int, int], edition: str
) -> None:
    now = datetime(*day, 12, tzinfo=JST)
    assert edition_at(Reception.model_validate(written), now) == edition
