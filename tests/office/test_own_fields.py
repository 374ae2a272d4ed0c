"""What only the office fills in: on its own page, and hidden from the resident in every way."""

import re

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from auth.staff.roles import Role
from portal.app import create_app
from tests.applications.test_submission import REPORT
from tests.support.hall import Hall


def test_the_office_fills_in_what_a_resident_never_sees(hall: Hall) -> None:
    key = hall.submitted("report", **REPORT)
    client = create_app(portal=hall.portal).test_client()
    with client.session_transaction() as cookie:
        cookie["staff_id"] = hall.employee("worker", (Role.CASE_WORKER, "welfare")).id
    case = f"/office/applications/{key}"
    page = client.get(f"{case}/fields").text
    assert "台帳番号" in page and "子の氏名" not in page
    wrong = _post(client, f"{case}/fields", page, register_number="十二")
    assert wrong.status_code == 200 and "数字で入力してください" in wrong.text
    done = _post(client, f"{case}/fields", page, register_number="１２ー３", child="x")
    assert done.status_code == 303 and done.location == case
    assert hall.application(key).answers["register_number"] == "123"
    assert hall.application(key).answers["child"] == REPORT["child"]
    assert "台帳番号" in client.get(case).text


def test_a_case_without_such_fields_has_no_such_page(hall: Hall) -> None:
    key = hall.submitted("permit", applicant=REPORT["notifier"])
    client = create_app(portal=hall.portal).test_client()
    with client.session_transaction() as cookie:
        cookie["staff_id"] = hall.employee("worker", (Role.CASE_WORKER, None)).id
    case = f"/office/applications/{key}"
    page = client.get(case).text
    assert f"{case}/fields" not in page
    assert _post(client, f"{case}/fields", page).status_code == 404


def _post(client: FlaskClient, path: str, page: str, **form: str) -> TestResponse:
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    return client.post(path, data={**form, "csrf_token": token[1] if token else ""})
