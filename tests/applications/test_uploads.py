"""Files that are sent with a page: a refused one says why, and costs nothing else."""

from io import BytesIO

import pikepdf
import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import FileStorage

from portal.app import create_app
from portal.applications.models import Attachment
from portal.applications.uploads import UploadRefused, keep_upload
from tests.support.hall import Hall
from tests.support.papers import pdf, picture, saved

NAME = {"name.family": "見本", "name.given": "花子"}


def _active() -> bytes:
    with pikepdf.new() as document:
        document.add_blank_page()
        document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        return saved(document)


@pytest.fixture
def client(hall: Hall) -> FlaskClient:
    app = create_app(portal=hall.portal)
    app.config["WTF_CSRF_ENABLED"] = False
    return app.test_client()


@pytest.fixture
def page(hall: Hall, client: FlaskClient) -> str:
    """A page with a name and photos, of a draft whose person sits at the client."""
    hanako = hall.resident()
    with client.session_transaction() as kept:
        kept["resident_id"] = hanako.id
    return f"/applications/{hall.begin('damage', person=hanako)}/sections/who"


def _answers(hall: Hall, page: str) -> dict[str, object]:
    return dict(hall.application(page.split("/")[2]).answers)


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (_active(), "申請.pdf", "プログラムや別のファイルが入っています"),
        (b"MZ\x90\x00" * 9, "写真.jpg", "受け付けられない種類"),
        (pdf()[:100], "申請.pdf", "壊れているようです"),
    ],
)
def test_a_refused_file_says_why_and_the_rest_is_kept(
    hall: Hall, client: FlaskClient, page: str, content: bytes, name: str, reason: str
) -> None:
    taken = client.post(page, data={**NAME, "photos": (BytesIO(picture()), "家.png")})
    assert taken.status_code == 303
    answer = client.post(page, data={**NAME, "photos": (BytesIO(content), name)})
    assert answer.status_code == 200
    assert reason in answer.text and name in answer.text
    kept = _answers(hall, page)
    assert kept["name"] == {"family": "見本", "given": "花子"}
    assert [photo["filename"] for photo in kept["photos"]] == ["家.png"]  # type: ignore[attr-defined]


def test_a_refused_file_is_not_missed_as_well(hall: Hall, client: FlaskClient, page: str) -> None:
    answer = client.post(page, data={**NAME, "photos": (BytesIO(b"MZ" * 20), "写真.jpg")})
    assert "受け付けられない種類" in answer.text and "（1件）" in answer.text
    assert "（1件）" in client.post(page, data=NAME).text


def test_a_file_may_be_as_large_as_its_definition_says(hall: Hall) -> None:
    application = hall.begin("damage", person=hall.resident())
    outcomes = []
    with (
        create_app(portal=hall.portal).test_request_context("/"),
        hall.portal.database.transaction() as session,
    ):
        for megabytes in (11, 13):
            content = picture() + b"\0" * (megabytes * 1024 * 1024)
            outcomes.append(
                keep_upload(
                    session,
                    application,
                    FileStorage(BytesIO(content), "家.png"),
                    accept=("image/png",),
                    max_bytes=12 * 1024 * 1024,
                    now=hall.portal.clock(),
                )
            )
    taken, refused = outcomes
    assert isinstance(taken, Attachment)
    assert isinstance(refused, UploadRefused) and "12MBまで" in refused.message


def test_the_address_button_answers_on_the_page(hall: Hall, client: FlaskClient) -> None:
    hanako = hall.resident()
    with client.session_transaction() as kept:
        kept["resident_id"] = hanako.id
    page = f"/applications/{hall.begin('report', person=hanako)}/sections/applicant"
    typed = {
        "notifier.address.postcode": "100-0001",
        "child.family": "海野",
        "_lookup": "notifier.address",
    }
    found = client.post(page, data=typed)
    assert found.status_code == 200
    assert 'value="東京都千代田区千代田"' in found.text and 'value="海野"' in found.text
    assert "notice--error" not in found.text
    wrong = client.post(page, data={**typed, "notifier.address.postcode": "000-0000"})
    assert "この郵便番号は見つかりません" in wrong.text and 'value="海野"' in wrong.text
