"""申請書（控え）: what was sent, as it was, whatever became of it and of the rules since."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from auth.staff.roles import Role
from portal.app import create_app
from portal.applications.actors import digest_of
from portal.applications.models import Application, Submission
from portal.applications.paper_copy import files_in
from portal.applications.spoken import spoken
from portal.documents.typefaces import TypefacesMissing
from tests.applications.test_submission import REPORT
from tests.documents.reader import ReadPdf, read
from tests.support.hall import CERTIFICATE, HANAKO, TOWN, Hall, after_change

#: The forms of these kanji are those of the register, not of the dictionary.
KATSURAGI = {"family": "葛\U000e0100城", "given": "髙﨑𠮷"}


def client_of(hall: Hall, **session: Any) -> FlaskClient:
    client = create_app(portal=hall.portal).test_client()
    with client.session_transaction() as cookie:
        cookie.update(session)
    return client


def copy(hall: Hall, key: str, client: FlaskClient, place: str = "") -> ReadPdf:
    answer = client.get(f"{place}/applications/{key}/copy.pdf")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert answer.headers["Cache-Control"] == "no-store"
    assert f"{hall.application(key).reference}.pdf" in answer.headers["Content-Disposition"]
    return read(answer.data)


def sent_by_hanako(hall: Hall, **answers: Any) -> tuple[str, FlaskClient]:
    person = hall.resident()
    key = hall.begin(person=person, **{**CERTIFICATE, **answers})
    hall.submit(key)
    return key, client_of(hall, resident_id=person.id)


def test_a_resident_gets_all_that_was_sent(hall: Hall) -> None:
    key, client = sent_by_hanako(hall, applicant={**HANAKO, "name": KATSURAGI})
    found = copy(hall, key, client)
    application = hall.application(key)
    assert found.title == "申請書（控え） 証明書の請求"
    for text in (
        application.reference,
        spoken(application.reference, "ja"),
        "令和8年6月3日（水） 10:00",
        "葛\U000e0100城 髙﨑𠮷",
        "オンライン（本人が入力）",
        "見本県試験市本町1丁目1番1号",
        "通数 3",
        "証明書 300円 3 900円",
        "合計 1,010円",
        "1,010円 支払い待ち",
        application.checksum[:8],
    ):
        assert text in found.text
    (address,) = found.codes
    assert address == f"{hall.portal.config.public_url}/applications/{key}"


def test_it_says_that_it_was_paid(hall: Hall) -> None:
    key, client = sent_by_hanako(hall)
    hall.pay(key)
    assert "1,010円 支払い済み" in copy(hall, key, client).text


def test_what_is_being_corrected_is_not_yet_sent(hall: Hall) -> None:
    key, client = sent_by_hanako(hall)
    hall.pay(key)
    hall.returned(key)
    hall.answer(key, copies=5)
    assert "通数 3" in copy(hall, key, client).text
    hall.submit(key)
    found = copy(hall, key, client).text
    assert "通数 5" in found
    assert "直して送った日時" in found


def test_each_time_is_kept(hall: Hall) -> None:
    key = hall.submitted("report", **REPORT)
    hall.returned(key)
    hall.submit(key)
    kept = hall.see(lambda session: session.query(Submission).order_by(Submission.number).all())
    assert [(each.number, each.application_id) for each in kept] == [(1, key), (2, key)]


def test_a_change_of_the_rules_changes_nothing(hall: Hall, tmp_path: Path) -> None:
    key, client = sent_by_hanako(hall)
    before = copy(hall, key, client)
    shutil.copytree(TOWN, tmp_path / "later")
    path = tmp_path / "later" / "procedures" / "certificate.yaml"
    text = path.read_text(encoding="utf-8").replace("通数", "必要な数").replace("300", "500")
    path.write_text(text, encoding="utf-8")
    later = after_change(hall, tmp_path / "later")
    again = client_of(later, resident_id=hall.application(key).applicant_id)
    assert copy(later, key, again).text == before.text


@pytest.mark.parametrize("language", ["pt", "zh", "en", "es", "ja@easy"])
def test_it_is_in_the_language_of_the_page(hall: Hall, language: str) -> None:
    key, client = sent_by_hanako(hall)
    with client.session_transaction() as cookie:
        cookie["language"] = language
    found = copy(hall, key, client)
    assert "〓" not in found.text
    # Staff to whom it is shown find the Japanese words.
    assert "受付番号" in found.text
    assert not any(ord(sign) < 32 and sign not in "\r\n" for sign in found.pages[0].text)


def test_a_guest_has_it_with_the_key(hall: Hall) -> None:
    key = hall.submitted(**CERTIFICATE)
    hall.do(lambda s: setattr(s.get_one(Application, key), "guest_key", digest_of("secret")))
    client = client_of(hall)
    assert client.get(f"/applications/{key}/copy.pdf").status_code == 404
    page = client.get(f"/applications/{key}?key=secret", follow_redirects=True).text
    assert f"/applications/{key}/copy.pdf" in page
    assert hall.application(key).reference in copy(hall, key, client).text


def test_a_stranger_has_nothing(hall: Hall) -> None:
    key, _ = sent_by_hanako(hall)
    other = client_of(hall, resident_id=hall.resident("太郎").id)
    assert other.get(f"/applications/{key}/copy.pdf").status_code == 404


def test_a_draft_was_not_sent(hall: Hall) -> None:
    person = hall.resident()
    key = hall.begin(person=person, **CERTIFICATE)
    client = client_of(hall, resident_id=person.id)
    assert client.get(f"/applications/{key}/copy.pdf").status_code == 404


def test_the_office_has_it_in_japanese(hall: Hall) -> None:
    key, _ = sent_by_hanako(hall)
    hall.pay(key)
    worker = hall.employee("worker", (Role.CASE_WORKER, "citizens"))
    client = client_of(hall, staff_id=worker.id, language="en")
    found = copy(hall, key, client, "/office")
    assert found.title == "申請書（控え） 証明書の請求"
    assert found.codes == (f"{hall.portal.config.public_url}/office/applications/{key}",)
    assert f"/office/applications/{key}/copy.pdf" in client.get(f"/office/applications/{key}").text


def test_it_names_who_filled_it_in_at_the_counter(hall: Hall) -> None:
    person = hall.resident()
    key = hall.begin(person=person, **CERTIFICATE)
    clerk = hall.employee("clerk", (Role.COUNTER, None))
    hall.do(lambda s: setattr(s.get_one(Application, key), "operator_id", clerk.id))
    hall.submit(key)
    found = copy(hall, key, client_of(hall, resident_id=person.id))
    assert "窓口（入力した職員：職員 clerk）" in found.text


def test_another_department_does_not(hall: Hall) -> None:
    key, _ = sent_by_hanako(hall)
    hall.pay(key)
    outsider = hall.employee("outsider", (Role.CASE_WORKER, "children"))
    client = client_of(hall, staff_id=outsider.id)
    assert client.get(f"/office/applications/{key}/copy.pdf").status_code == 403


def test_without_typefaces_a_page_says_so(hall: Hall) -> None:
    app = create_app(portal=hall.portal)
    with app.test_request_context("/"):
        page, status = app.handle_user_exception(TypefacesMissing("NotoSansJP"))  # type: ignore[misc]
    assert status == 503
    assert "いま、PDFを作れません" in page


def test_attachments_are_listed_wherever_they_are_in_the_answers() -> None:
    one, two = ({"id": name, "filename": f"{name}.pdf", "size": 5000} for name in "ab")
    assert files_in(
        {"children": [{"proof": [two], "name": {"family": "見本"}}], "paper": [one]}
    ) == [
        one,
        two,
    ]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ja", "なな・ケー・英字のキュー・よん　エム・さん・エックス・ディー"),
        ("pt", "7 Kilo Quebec 4 – Mike 3 X-ray Delta"),
    ],
)
def test_a_number_can_be_said_on_the_phone(language: str, said: str) -> None:
    assert spoken("7KQ4-M3XD", language) == said


def test_what_comes_later_is_on_the_paper_with_how_and_when(hall: Hall) -> None:
    person = hall.resident()
    owner = {"family": "見本", "given": "花子"}
    key = hall.begin("license", person=person, owner=owner, kitchen=False, drawings="later")
    hall.submit(key)
    found = copy(hall, key, client_of(hall, resident_id=person.id))
    assert "あとから出す書類" in found.text
    assert "調査の日までに、福祉課の窓口に出してください。" in found.text
