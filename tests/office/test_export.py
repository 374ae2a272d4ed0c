"""Handing applications over: only one's own department's, only what was asked, and on record."""

import csv
import io
import json
import re
import zipfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from auth.staff.roles import Role
from portal.app import create_app
from portal.applications.service import history_of
from portal.exports import service
from portal.exports.cli import applications_group
from portal.exports.service import TooMany, Wanted
from tests.support.hall import CERTIFICATE, Hall

TODAY = {"procedure": "certificate", "first": "2026-06-03", "last": "2026-06-03"}


def client_of(hall: Hall, department: str = "citizens") -> FlaskClient:
    person = hall.employee("worker", (Role.CASE_WORKER, department))
    client = create_app(portal=hall.portal).test_client()
    with client.session_transaction() as cookie:
        cookie["staff_id"] = person.id
        cookie["language"] = "ja"
    return client


def export(client: FlaskClient, form: dict[str, str]) -> TestResponse:
    """Press the button of the page."""
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/office/export").text)
    assert token is not None
    return client.post("/office/export", data={**form, "csrf_token": token[1]})


def files(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def received(hall: Hall, **answers: Any) -> str:
    key = hall.submitted(**{**CERTIFICATE, **answers})
    hall.pay(key)
    return key


def test_a_department_takes_its_applications_over(hall: Hall) -> None:
    key = received(hall)
    client = client_of(hall)
    assert "証明書の請求" in client.get("/office/export").text
    answer = export(client, TODAY)
    assert (answer.status_code, answer.mimetype) == (200, "application/zip")
    assert answer.headers["Cache-Control"] == "no-store"
    found = files(answer.data)
    (row,) = rows(found["applications.csv"])
    application = hall.application(key)
    assert row["受付番号"] == application.reference
    assert (row["applicant.name.family"], row["copies"], row["料金合計"]) == ("見本", "3", "1010")
    (document,) = map(json.loads, found["applications.jsonl"].splitlines())
    assert document["answers"] == application.answers


def test_who_took_it_is_in_the_history(hall: Hall) -> None:
    key = received(hall)
    client = client_of(hall)
    export(client, TODAY)
    last = hall.see(lambda session: history_of(session, key))[-1]
    assert (last.event, last.actor_kind, last.actor_id) == (
        service.EXPORTED,
        "staff",
        hall.staff["worker"].id,
    )
    assert "データを書き出しました" in client.get(f"/office/applications/{key}").text


def test_what_was_not_asked_is_not_handed_over(hall: Hall) -> None:
    received(hall, post=False, express=True)
    found = files(export(client_of(hall), TODAY).data)
    (row,) = rows(found["applications.csv"])
    assert (row["post"], row["express"]) == ("0", "")
    assert "express" not in json.loads(found["applications.jsonl"])["answers"]


def test_what_is_being_corrected_was_not_sent(hall: Hall) -> None:
    key = received(hall)
    hall.returned(key)
    hall.answer(key, copies=7)
    found = files(export(client_of(hall), TODAY).data)
    assert rows(found["applications.csv"])[0]["copies"] == "3"


def test_an_unpaid_one_has_not_arrived(hall: Hall) -> None:
    hall.submitted(**CERTIFICATE)
    client = client_of(hall)
    answer = export(client, TODAY)
    assert answer.status_code == 422
    assert "書き出せる申請は、まだありません。" in answer.text


@pytest.mark.parametrize("days", [-1, 1])
def test_only_the_days_that_were_asked_for(hall: Hall, days: int) -> None:
    received(hall)
    other = (date(2026, 6, 3) + timedelta(days=days)).isoformat()
    answer = export(client_of(hall), {**TODAY, "first": other, "last": other})
    assert answer.status_code == 422
    assert "この期間に受け付けた申請はありません。" in answer.text


@pytest.mark.parametrize(
    "wrong", [{"first": ""}, {"last": "2026-06-02"}, {"first": "2026-13-01"}, {"last": "x\0"}]
)
def test_wrong_days_are_told(hall: Hall, wrong: dict[str, str]) -> None:
    answer = export(client_of(hall), {**TODAY, **wrong})
    assert answer.status_code == 422
    assert "期間は、はじめの日と終わりの日を順に入れてください。" in answer.text


def test_other_departments_have_nothing_to_take(hall: Hall) -> None:
    received(hall)
    client = client_of(hall, "children")
    assert "証明書の請求" not in client.get("/office/export").text
    assert export(client, TODAY).status_code == 422


def test_more_than_a_day_s_work_is_refused(hall: Hall) -> None:
    received(hall)
    received(hall)
    worker = hall.employee("worker", (Role.CASE_WORKER, "citizens"))
    wanted = Wanted("certificate", date(2026, 6, 3), date(2026, 6, 3))
    definitions, now = hall.portal.definitions, hall.clock()
    with pytest.raises(TooMany), hall.portal.database.transaction() as session:
        service.hand_over(session, definitions, worker, wanted, None, now=now, most=1)


def test_a_nightly_job_does_the_same(hall: Hall, tmp_path: Path) -> None:
    key = received(hall)
    hall.employee("worker", (Role.CASE_WORKER, "citizens"))
    group = applications_group(lambda: hall.portal)
    days = ["certificate", "--from", "2026-06-03", "--to", "2026-06-03"]
    done = CliRunner().invoke(
        group,
        ["export", *days, "--by", "worker", "--encoding", "shift_jis", "--folder", str(tmp_path)],
    )
    assert done.exit_code == 0, done.output
    path = tmp_path / "certificate_20260603-20260603.zip"
    with zipfile.ZipFile(path) as archive:
        assert hall.application(key).reference in archive.read("applications.csv").decode("cp932")
    for wrong in (["--by", "nobody"], ["--by", "worker", "--from", "2026-06-04"]):
        assert CliRunner().invoke(group, ["export", *days, *wrong]).exit_code == 1
