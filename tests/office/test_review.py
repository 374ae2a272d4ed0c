"""Steps before a decision, in their order; and the day by which people expect one."""

from datetime import date, timedelta
from functools import partial

import pytest
from sqlalchemy.orm import Session

from auth.staff.roles import Role, StaffIdentity
from portal.app import create_app
from portal.applications.models import Application
from portal.applications.service import expected_by
from portal.applications.states import State
from portal.forms import Procedure
from portal.office import review, service
from portal.office.review import NotTheStepsRole, StepOpen
from tests.support.hall import Hall

OWNER = {"family": "見本", "given": "花子"}


@pytest.fixture
def worker(hall: Hall) -> StaffIdentity:
    return hall.employee("worker", (Role.CASE_WORKER, "welfare"))


def _finish(hall: Hall, key: str, person: StaffIdentity, step: str, note: str = "") -> None:
    def act(db: Session) -> None:
        application, procedure = _case(hall, db, key)
        review.finish_step(db, procedure, application, person, step, note, hall.clock())

    hall.do(act)


def _case(hall: Hall, db: Session, key: str) -> tuple[Application, Procedure]:
    application = db.get_one(Application, key)
    return application, hall.portal.definitions.of(db, application)


def _open_steps(hall: Hall, key: str) -> list[str]:
    def look(db: Session) -> list[str]:
        application, procedure = _case(hall, db, key)
        found = review.steps(db, procedure, application, hall.clock())
        return [step.id for step in found if step.done is None]

    return hall.see(look)


def _taken_up(hall: Hall, *, kitchen: bool) -> str:
    key = hall.submitted("license", owner=OWNER, kitchen=kitchen)
    hall.decide(key, service.take_up)
    return key


def test_steps_come_one_after_another_and_then_the_decision(
    hall: Hall, worker: StaffIdentity
) -> None:
    key = _taken_up(hall, kitchen=True)
    assert _open_steps(hall, key) == ["formal", "visit"]
    with pytest.raises(StepOpen, match="形式審査"):
        _finish(hall, key, worker, "visit")
    _finish(hall, key, worker, "formal", "添付もそろっている。")
    with pytest.raises(StepOpen, match="現地調査"):
        hall.decide(key, service.approve, procedure=True)
    hall.clock.advance(timedelta(minutes=1))
    _finish(hall, key, worker, "visit")
    _finish(hall, key, worker, "visit")  # a second press changes nothing
    assert _open_steps(hall, key) == []
    hall.decide(key, service.approve, procedure=True)
    assert hall.state(key) is State.APPROVED


def test_a_step_that_does_not_apply_is_not_asked(hall: Hall) -> None:
    assert _open_steps(hall, _taken_up(hall, kitchen=False)) == ["formal"]


def test_a_step_is_its_roles_and_its_departments(hall: Hall) -> None:
    key = _taken_up(hall, kitchen=False)
    for person in (
        hall.employee("chief-only", (Role.DECISION_MAKER, "welfare")),
        hall.employee("elsewhere", (Role.CASE_WORKER, "citizens")),
    ):
        with pytest.raises(NotTheStepsRole):
            _finish(hall, key, person, "formal")


def test_a_correction_begins_the_steps_anew(hall: Hall, worker: StaffIdentity) -> None:
    key = _taken_up(hall, kitchen=False)
    _finish(hall, key, worker, "formal")
    hall.clock.advance(timedelta(minutes=1))
    hall.decide(key, partial(service.send_back, reason="名前を確かめてください。"))
    hall.clock.advance(timedelta(minutes=1))
    hall.submit(key)
    assert _open_steps(hall, key) == ["formal"]


def test_a_rejection_need_not_wait_for_a_visit(hall: Hall) -> None:
    key = _taken_up(hall, kitchen=True)

    hall.decide(key, partial(service.reject, reason="対象外です。"))
    assert hall.state(key) is State.REJECTED


def test_ten_open_days_are_counted_from_the_submission(hall: Hall) -> None:
    key = _taken_up(hall, kitchen=False)  # on Wednesday, 3 June 2026

    def look(db: Session) -> date | None:
        application, procedure = _case(hall, db, key)
        return expected_by(procedure, application)

    assert hall.see(look) == date(2026, 6, 17)


def test_the_case_page_offers_the_next_step(hall: Hall) -> None:
    key = _taken_up(hall, kitchen=True)
    app = create_app(portal=hall.portal)
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["staff_id"] = hall.staff["chief"].id
    page = client.get(f"/office/applications/{key}").text
    assert "「形式審査」を終える" in page and "「現地調査」を終える" not in page
    assert "処理の期限（標準処理期間）" in page and "6月17日" in page
    answer = client.post(
        f"/office/applications/{key}/steps/formal", data={"text": "問題なし"}, follow_redirects=True
    )
    assert "「現地調査」を終える" in answer.text and "問題なし" in answer.text
    answer = client.post(f"/office/applications/{key}/approve", follow_redirects=True)
    assert "先に「現地調査」を終えてください。" in answer.text
    hall.clock.advance(timedelta(days=20))
    assert "過ぎています" in client.get(f"/office/applications/{key}").text


def test_who_decides_is_told_what_is_missing(hall: Hall, worker: StaffIdentity) -> None:
    key = hall.submitted("license", owner=OWNER, kitchen=False, drawings="later")
    hall.decide(key, service.take_up)
    client = create_app(portal=hall.portal).test_client()
    with client.session_transaction() as cookie:
        cookie["staff_id"] = worker.id
    page = f"/office/applications/{key}"
    told = client.get(page).text
    assert "あとから出る書類：店の図面" in told
    assert "調査の日までに、福祉課の窓口に出してください。" in told
    assert "所見がありません" not in told
    _finish(hall, key, worker, "formal")
    assert "所見がありません：形式審査" in client.get(page).text


def test_a_case_with_everything_has_nothing_to_make_sure_of(
    hall: Hall, worker: StaffIdentity
) -> None:
    key = hall.submitted("license", owner=OWNER, kitchen=False, drawings="now")
    hall.decide(key, service.take_up)
    _finish(hall, key, worker, "formal", "図面もよい。")
    client = create_app(portal=hall.portal).test_client()
    with client.session_transaction() as cookie:
        cookie["staff_id"] = worker.id
    told = client.get(f"/office/applications/{key}").text
    assert "決める前に確かめてください" not in told and "あとから出る書類" not in told
