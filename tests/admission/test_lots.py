"""抽選: once, recomputable by anybody, and each lot as likely as any other."""

import hashlib
import json
import random
from collections import Counter
from functools import partial

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from auth.staff.roles import Role
from foundation.outbox import work_once
from portal.admission.cli import admission_group
from portal.admission.drawing import Drawn, NotDrawn, draw_lots, entries_of
from portal.admission.lots import Ticket, draw, in_order, new_seed
from portal.admission.models import AdmissionEntry, AdmissionPool, AdmissionSeat
from portal.admission.presentation import standing_of
from portal.app import create_app
from portal.applications.states import Event, State
from portal.applications.submission import Submitted
from portal.office import service as office
from portal.office.service import PlaceOpen
from portal.processes import outbox_handlers
from tests.applications.test_races import at_once
from tests.support.hall import Hall

TICKETS = st.lists(
    st.builds(Ticket, st.text("ABCDEF", min_size=4, max_size=4), st.integers(1, 4)),
    max_size=30,
    unique_by=lambda ticket: ticket.reference,
)


@given(TICKETS, st.integers(0, 40), st.integers(0, 10))
def test_every_ticket_comes_out_once_and_no_place_is_given_twice(
    tickets: list[Ticket], places: int, turns: int
) -> None:
    result = draw("seed", tickets, places, turns)
    out = [*result.placed, *result.waiting, *result.lost]
    assert Counter(out) == Counter(tickets)
    left = places - sum(ticket.takes for ticket in result.placed)
    assert left >= 0
    # No place stays empty that somebody could have.
    assert all(ticket.takes > left for ticket in (*result.waiting, *result.lost))
    assert len(result.waiting) <= turns and (not result.lost or len(result.waiting) == turns)
    assert draw("seed", tickets, places, turns) == result


def test_anybody_can_recompute_it() -> None:
    tickets = [Ticket(f"A{n}", 1) for n in range(5)]
    entries = json.dumps(
        {"entries": [[t.reference, t.takes] for t in tickets]}, separators=(",", ":")
    )
    digest = hashlib.sha256(entries.encode()).hexdigest()
    lots = {
        t.reference: hashlib.sha256(f"5eed:{digest}:{t.reference}".encode()).hexdigest()
        for t in tickets
    }
    assert [t.reference for t in in_order("5eed", tickets)] == sorted(lots, key=lots.__getitem__)


def test_each_lot_is_equally_likely() -> None:
    """χ² over 3,000 draws of 3 of 10: the 0.1% limit for 9 degrees of freedom is 27.9."""
    tickets = [Ticket(f"T{n}", 1) for n in range(10)]
    seeds = random.Random(20260620)
    won = Counter(
        ticket.reference
        for _ in range(3_000)
        for ticket in draw(f"{seeds.getrandbits(256):064x}", tickets, 3, 0).placed
    )
    chi = sum((won[ticket.reference] - 900) ** 2 / (900 * 0.7) for ticket in tickets)
    assert chi < 27.9
    assert len({new_seed() for _ in range(10)}) == 10 and len(new_seed()) == 64


def _enter(hall: Hall, number: int, site: str = "river") -> str:
    name = {"family": "見本", "given": f"{'〇一二三四五六七八九'[number]}郎"}
    key = hall.begin("garden", name=name, site=site)
    assert isinstance(hall.submit(key), Submitted)
    return key


def _draw(hall: Hall) -> Drawn | NotDrawn:
    procedure, now = hall.procedures["garden"], hall.clock()
    return hall.do(lambda session: draw_lots(session, procedure, now, by=None))


def _after_june(hall: Hall) -> None:
    hall.clock.set(hall.clock().replace(month=6, day=25))


def _work(hall: Hall) -> None:
    handlers = outbox_handlers(hall.portal)
    while work_once(hall.portal.database, handlers, hall.clock):
        pass


def _states(hall: Hall, keys: list[str]) -> Counter[str]:
    found = [hall.see(partial(standing_of, application_id=key)) for key in keys]
    return Counter(each.state for each in found if each is not None)


def test_a_draw_is_made_once_after_the_reception_and_everybody_is_told(hall: Hall) -> None:
    assert _draw(hall) == NotDrawn("nobody")
    keys = [_enter(hall, number) for number in range(8)]
    hill = _enter(hall, 9, "hill")
    assert _states(hall, keys) == {"entered": 8}
    hall.advance(keys.pop(), Event.WITHDRAW)
    assert _draw(hall) == NotDrawn("still_open")
    _after_june(hall)
    drawn = _draw(hall)
    assert isinstance(drawn, Drawn)
    river = drawn.results["river"]
    assert [len(river.placed), len(river.waiting), len(river.lost)] == [3, 2, 2]
    assert _draw(hall) == NotDrawn("already")
    _work(hall)
    assert _states(hall, [*keys, hill]) == {"placed": 4, "waiting": 2, "lost": 2}
    lost = [key for key in keys if hall.state(key) is State.REJECTED]
    assert len(lost) == 2
    pool = hall.see(lambda s: s.get_one(AdmissionPool, ("garden", "2026-06-01", "river")))
    assert pool.seed is not None and pool.drawn_from is not None
    again = draw(pool.seed, [Ticket(*entry) for entry in pool.drawn_from], 3, 2)
    assert again == river
    # The first on the waiting list gets what a winner gives back.
    placed = next(key for key in keys if _states(hall, [key])["placed"])
    hall.advance(placed, Event.WITHDRAW)
    first = next(
        entry
        for entry, application in hall.see(lambda s: entries_of(s, "garden", "2026-06-01"))
        if application.reference == river.waiting[0].reference
    )
    assert first.state == "placed"
    # Who lost hasn't used up their one time.
    assert hall.see(lambda s: len(s.scalars(select(AdmissionSeat)).all())) == 4


def test_who_lost_may_enter_again_elsewhere(hall: Hall) -> None:
    for number in range(4):
        _enter(hall, number, "hill")
    _after_june(hall)
    _draw(hall)
    _work(hall)
    names = hall.see(
        lambda s: [a.answers["name"] for e, a in entries_of(s, "garden", "2026-06-01")
                   if e.state == "lost"]
    )  # fmt: skip
    hall.clock.set(hall.clock().replace(day=5))
    again = hall.begin("garden", name=names[0], site="river")
    assert isinstance(hall.submit(again), Submitted)
    assert _states(hall, [again]) == {"placed": 1}


def test_a_draw_that_breaks_off_never_was(hall: Hall) -> None:
    keys = [_enter(hall, number) for number in range(5)]
    _after_june(hall)
    procedure, now = hall.procedures["garden"], hall.clock()

    def breaks_off(session: Session) -> None:
        draw_lots(session, procedure, now, by=None)
        raise ConnectionError

    with pytest.raises(ConnectionError):
        hall.do(breaks_off)
    _work(hall)
    assert _states(hall, keys) == {"entered": 5}
    assert isinstance(_draw(hall), Drawn)


def test_of_two_draws_at_once_one_is_refused(hall: Hall) -> None:
    keys = [_enter(hall, number) for number in range(6)]
    _after_june(hall)
    assert at_once(partial(_draw, hall), partial(_draw, hall)) == ["Drawn", "NotDrawn"]
    assert _states(hall, keys) == {"placed": 3, "waiting": 2, "lost": 1}


def test_nobody_is_approved_before_the_lots_are_drawn(hall: Hall) -> None:
    key = _enter(hall, 1)
    hall.decide(key, office.take_up)
    with pytest.raises(PlaceOpen):
        hall.decide(key, office.approve, procedure=True)
    _after_june(hall)
    _draw(hall)
    hall.decide(key, office.approve, procedure=True)
    assert hall.state(key) is State.APPROVED


def test_the_command_draws_and_says_what_came_out(hall: Hall) -> None:
    command = admission_group(lambda: hall.portal)
    run = CliRunner().invoke
    assert "there is no procedure “gardn”" in run(command, ["draw", "gardn"]).output
    assert "has no lottery" in run(command, ["draw", "swim"]).output
    _enter(hall, 1)
    assert run(command, ["draw", "garden"]).exit_code == 1
    _after_june(hall)
    result = run(command, ["draw", "garden"])
    assert result.exit_code == 0 and "river: 1 placed, 0 waiting, 0 lost" in result.output
    assert "refused" in run(command, ["draw", "garden"]).output


@pytest.fixture
def app(hall: Hall) -> Flask:
    app = create_app(portal=hall.portal)
    app.config["WTF_CSRF_ENABLED"] = False
    return app


def _as(hall: Hall, app: Flask, login: str, role: Role, department: str) -> FlaskClient:
    client = app.test_client()
    employee = hall.employee(login, (role, department))
    with client.session_transaction() as session:
        session["staff_id"] = employee.id
    return client


def test_the_department_sees_and_draws(hall: Hall, app: Flask) -> None:
    keys = [_enter(hall, number) for number in range(5)]
    chief = _as(hall, app, "chief", Role.DECISION_MAKER, "welfare")
    clerk = _as(hall, app, "clerk", Role.CASE_WORKER, "welfare")
    stranger = _as(hall, app, "other", Role.DECISION_MAKER, "citizens")
    assert "市民農園の利用" in chief.get("/office/admission/").text
    assert "市民農園の利用" not in stranger.get("/office/admission/").text
    page = chief.get("/office/admission/garden").text
    assert "抽選待ち" in page and "見本 一郎" in page and "抽選する" in page
    assert "抽選する" not in clerk.get("/office/admission/garden").text
    assert clerk.post("/office/admission/garden/draw").status_code == 403
    assert stranger.get("/office/admission/garden").status_code == 403
    assert stranger.post("/office/admission/garden/draw").status_code == 403
    for nothing in ("certificate", "unknown"):
        assert chief.get(f"/office/admission/{nothing}").status_code == 404
    early = chief.post("/office/admission/garden/draw", follow_redirects=True)
    assert "受付が終わってから抽選してください。" in early.text
    _after_june(hall)
    done = chief.post("/office/admission/garden/draw", follow_redirects=True)
    assert "抽選しました。" in done.text and "抽選の記録" in done.text
    assert "抽選する</button>" not in done.text
    again = chief.post("/office/admission/garden/draw", follow_redirects=True)
    assert "2回はできません" in again.text
    assert _states(hall, keys)["placed"] == 3
    assert hall.see(lambda s: s.scalars(select(AdmissionEntry.state)).all()).count("waiting") == 2
