"""廃棄: what was kept long enough is erased, once, and nothing else."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from threading import Barrier

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from auth.staff.roles import Role
from foundation.clock import jst_date
from foundation.outbox import OutboxMessage
from portal.admission.models import AdmissionUse
from portal.app import create_app
from portal.applications.disposal import DISPOSED, disposable, dispose, kept_until
from portal.applications.models import Application, ApplicationEntry, Attachment, Submission
from portal.applications.service import history_of
from portal.applications.states import Event, State
from portal.exports.cli import applications_group
from portal.exports.service import Handover, Wanted, hand_over
from portal.facilities.models import Booking
from portal.mail_links.models import MailLink
from portal.notices.models import Message
from tests.support.hall import CERTIFICATE, Hall

#: The town's certificates are kept for three years.
LAST = date(2030, 3, 31)


@pytest.mark.parametrize(
    ("finished", "retention", "last"),
    [
        (date(2026, 6, 3), "3y", LAST),
        (date(2027, 3, 31), "3y", LAST),
        (date(2027, 4, 1), "3y", date(2031, 3, 31)),
        (date(2026, 6, 3), "6m", date(2027, 9, 30)),
        (date(2026, 6, 3), "10m", date(2028, 1, 31)),
        (date(2026, 6, 3), "90d", date(2027, 6, 29)),
    ],
)
def test_the_period_begins_after_the_fiscal_year(
    finished: date, retention: str, last: date
) -> None:
    assert kept_until(finished, retention) == last


def _withdrawn(hall: Hall) -> str:
    """A certificate that somebody asked for, attached a file to, and gave up."""
    person = hall.resident(email="hanako@mihon.example")
    key = hall.begin("certificate", person, email="hanako@mihon.example", **CERTIFICATE)
    hall.submit(key)
    hall.advance(key, Event.WITHDRAW, "都合により")
    hall.do(
        lambda session: session.add(
            Attachment(
                application_id=key,
                filename="見本花子.pdf",
                media_type="application/pdf",
                size=1,
                sha256="0",
                content=b"0",
                uploaded_at=hall.clock(),
            )
        )
    )
    return key


def _counted(session: Session, key: str) -> dict[str, int]:
    return {
        table.__tablename__: session.scalars(
            select(func.count()).select_from(table).where(table.application_id == key)
        ).one()
        for table in (Attachment, Submission, Message)
    }


def _dispose(hall: Hall, until: date) -> list[str]:
    portal = hall.portal
    return [each.id for each in dispose(portal.database, portal.definitions, until, hall.clock())]


def test_what_was_kept_long_enough_is_erased(hall: Hall) -> None:
    key = _withdrawn(hall)
    before = hall.application(key)
    sent = update(OutboxMessage).values(done_at=hall.clock())
    hall.do(lambda session: session.execute(sent))
    assert hall.see(lambda session: session.scalars(select(OutboxMessage)).all())
    assert _dispose(hall, date(2030, 3, 30)) == []
    assert _dispose(hall, LAST) == [key]
    after = hall.application(key)
    for name in ("reference", "procedure", "title", "department", "state", "channel"):
        assert getattr(after, name) == getattr(before, name)
    assert (after.created_at, after.changed_at) == (before.created_at, before.changed_at)
    assert (after.answers, after.sources, after.applicant_facts) == ({}, {}, {})
    assert (after.applicant_name, after.applicant_id, after.reason) == ("", None, None)
    assert set(hall.see(lambda session: _counted(session, key)).values()) == {0}
    mails = hall.see(lambda session: session.scalars(select(OutboxMessage)).all())
    assert [mail.payload for mail in mails] == []
    # The bare facts of its history stay, and on what ground it was erased.
    history = hall.see(lambda session: history_of(session, key))
    assert [each.event for each in history][-1] == DISPOSED
    assert {each.text for each in history[:-1]} == {""}
    assert not [each for each in history if each.actor_kind == "resident" and each.actor_id]
    assert "保存期間3年" in history[-1].text and "2030-03-31まで" in history[-1].text
    assert len(hall.claims(key)) == 1
    hall.check_ledger()


def test_it_happens_once(hall: Hall) -> None:
    key = _withdrawn(hall)
    assert _dispose(hall, LAST) == [key]
    assert _dispose(hall, LAST) == []
    hall.check_ledger()


def test_what_is_under_way_or_has_no_period_is_kept(hall: Hall) -> None:
    waiting = hall.submitted(**CERTIFICATE)
    draft = hall.begin(**CERTIFICATE)
    endless = hall.begin("report")
    hall.advance(endless, Event.WITHDRAW)
    assert _dispose(hall, date(2099, 3, 31)) == []
    assert hall.application(waiting).answers and hall.application(draft).answers
    assert hall.state(endless) is State.WITHDRAWN


def test_what_a_killed_run_left_behind_is_erased_by_the_next(hall: Hall) -> None:
    key = _withdrawn(hall)
    sent = update(OutboxMessage).values(done_at=hall.clock())
    portal = hall.portal
    run = dispose(portal.database, portal.definitions, LAST, hall.clock())
    assert next(run).id == key
    run.close()
    # One mail was still waiting then.
    assert hall.see(lambda session: session.scalars(select(OutboxMessage)).all())
    assert _dispose(hall, LAST) == []
    assert hall.see(lambda session: session.scalars(select(OutboxMessage)).all())
    hall.do(lambda session: session.execute(sent))
    assert _dispose(hall, LAST) == []
    assert not hall.see(lambda session: session.scalars(select(OutboxMessage)).all())


def test_nothing_goes_while_money_is_held_for_it(hall: Hall) -> None:
    key = hall.submitted(**CERTIFICATE)
    hall.pay(key)
    hall.advance(key, Event.WITHDRAW)
    assert hall.standing(hall.claims(key)[0]).refunding
    assert _dispose(hall, LAST) == []
    assert hall.application(key).answers


def test_nothing_goes_before_the_day_that_was_booked(hall: Hall) -> None:
    key = _withdrawn(hall)
    booking = Booking(
        application_id=key,
        owner="resident:1",
        facility="hall",
        facility_title="会館",
        room="1",
        room_title="1号室",
        day=date(2030, 4, 1),
        slots=[],
        resources=[],
        base_price=0,
        hold_minutes=10,
        held_until=hall.clock(),
        created_at=hall.clock(),
        changed_at=hall.clock(),
    )
    hall.do(lambda session: session.add(booking))
    assert _dispose(hall, LAST) == []
    assert _dispose(hall, date(2030, 4, 1)) == [key]
    kept = hall.see(lambda session: session.get_one(Booking, booking.id))
    assert kept.owner == ""


def test_the_link_that_began_it_goes_with_its_address(hall: Hall) -> None:
    key = _withdrawn(hall)

    def link(address: str) -> MailLink:
        return MailLink(
            purpose="begin",
            address=address,
            address_key=address,
            procedure="certificate",
            language="ja",
            asked_at=hall.clock(),
        )

    def mailed(session: Session) -> None:
        session.get_one(Application, key).verified_email = "hanako@mihon.example"
        session.add_all([link("hanako@mihon.example"), link("taro@mihon.example")])

    hall.do(mailed)
    assert _dispose(hall, LAST) == [key]
    kept = hall.see(lambda session: session.scalars(select(MailLink.address)).all())
    assert kept == ["taro@mihon.example"]


def test_who_had_their_one_time_this_year_is_forgotten_when_it_counts_no_more(hall: Hall) -> None:
    child = {"name": {"family": "見本", "given": "一郎"}, "birth_date": "2025-01-02"}
    key = hall.submitted("allowance", children=[child])
    hall.advance(key, Event.COMPLETE)
    uses = select(func.count()).select_from(AdmissionUse)
    assert hall.see(lambda session: session.scalars(uses).one()) == 1
    assert _dispose(hall, LAST) == [key]
    assert hall.see(lambda session: session.scalars(uses).one()) == 0


def test_two_runs_at_once_erase_everything_once(hall: Hall) -> None:
    keys = {_withdrawn(hall) for _ in range(6)}
    start = Barrier(2)

    def run(_: int) -> list[str]:
        start.wait(timeout=30)
        return _dispose(hall, LAST)

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(run, range(2))
    assert sorted(first + second) == sorted(keys)
    entries = select(func.count()).where(ApplicationEntry.event == DISPOSED)
    assert hall.see(lambda session: session.scalars(entries).one()) == len(keys)


def test_the_command_lists_and_erases(hall: Hall) -> None:
    key = _withdrawn(hall)
    reference = hall.application(key).reference
    command = applications_group(lambda: hall.portal)

    def run(*words: str) -> str:
        return CliRunner().invoke(command, ["dispose", *words]).output

    assert run().endswith("0 disposed of\n")
    assert "isn't over yet" in run("--until", "2030-03-31")
    assert reference in run("--until", "2030-03-31", "--dry-run")
    assert hall.application(key).answers
    # On the last day itself it is still there; the next morning it goes.
    hall.clock.set(datetime(2030, 3, 31, 14, 59, tzinfo=UTC))
    assert run().endswith("0 disposed of\n")
    hall.clock.set(datetime(2030, 3, 31, 15, 0, tzinfo=UTC))
    assert reference in run()
    assert not hall.application(key).answers


def test_the_office_still_finds_that_there_was_one(hall: Hall) -> None:
    key = hall.submitted(**CERTIFICATE)
    hall.pay(key)
    hall.employee("okada", (Role.CASE_WORKER, "citizens"), (Role.DECISION_MAKER, "citizens"))
    hall.advance(key, Event.COMPLETE)
    assert _dispose(hall, LAST) == [key]
    app = create_app(portal=hall.portal)
    client = app.test_client()
    with client.session_transaction() as session:
        session["staff_id"] = hall.staff["okada"].id
    page = client.get(f"/office/applications/{key}")
    assert page.status_code == 200
    assert "内容を廃棄しました" in page.text and "見本" not in page.text.split("<main", 1)[1]
    # Neither an empty paper to hand out, nor a place to write what nobody would erase again.
    assert not [word for word in ("控え", "メモ", "記入なし", "<aside") if word in page.text]
    address = f"/office/applications/{key}"
    assert client.get(f"{address}/copy.pdf").status_code == 404
    assert client.get(f"{address}/fields").status_code == 404
    assert client.get("/office/?tab=closed").status_code == 200
    app.config["WTF_CSRF_ENABLED"] = False
    assert client.post(f"{address}/notes", data={"text": "見本花子さん"}).status_code == 404
    assert hall.see(lambda session: history_of(session, key))[-1].event == DISPOSED


def test_what_was_erased_is_no_row_of_an_export(hall: Hall) -> None:
    kept, gone = hall.submitted(**CERTIFICATE), hall.submitted(**CERTIFICATE)
    for key in (kept, gone):
        hall.pay(key)
    hall.advance(gone, Event.COMPLETE)
    assert _dispose(hall, LAST) == [gone]
    clerk = hall.employee("okada", (Role.CASE_WORKER, "citizens"))
    today = jst_date(hall.clock())

    def export(session: Session) -> Handover | None:
        wanted = Wanted("certificate", today, today)
        return hand_over(session, hall.portal.definitions, clerk, wanted, None, now=hall.clock())

    found = hall.do(export)
    assert found is not None and found.applications == 1
    assert hall.see(lambda session: history_of(session, gone))[-1].event == DISPOSED
    hall.advance(kept, Event.COMPLETE)
    assert _dispose(hall, LAST) == [kept]
    assert hall.do(export) is None


@pytest.mark.parametrize("whose", ["resident", "guest"])
def test_whose_it_was_finds_it_no_more(hall: Hall, whose: str) -> None:
    key = _withdrawn(hall)
    person = hall.application(key).applicant_id
    assert _dispose(hall, LAST) == [key]
    client = create_app(portal=hall.portal).test_client()
    if whose == "resident":
        with client.session_transaction() as session:
            session["resident_id"] = person
    for path in ("", "/copy.pdf", "/receipt", "/pay"):
        assert client.get(f"/applications/{key}{path}").status_code == 404


def test_nothing_is_listed_twice(hall: Hall) -> None:
    key = _withdrawn(hall)
    found = hall.see(lambda session: list(disposable(session, hall.portal.definitions, LAST)))
    assert [each.id for each in found] == [key]
    assert isinstance(hall.see(lambda session: session.get(Application, key)), Application)
