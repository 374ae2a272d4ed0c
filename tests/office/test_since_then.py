"""A case says when the procedure has become another one since the application was begun."""

import shutil
from pathlib import Path

import pytest

from portal.app import create_app
from portal.office import service
from tests.support.hall import TOWN, Hall, after_change

OWNER = {"family": "見本", "given": "花子"}
CHANGED = "申請が始まったあと、手続きの内容が変わりました（2件）"
GONE = "申請が始まったあと、この手続きは受け付けなくなりました"


@pytest.fixture
def case(hall: Hall) -> str:
    key = hall.submitted("license", owner=OWNER, kitchen=False)
    hall.decide(key, service.take_up)
    return key


@pytest.fixture
def later(tmp_path: Path) -> Path:
    """A folder with the definitions of the town, to be changed."""
    shutil.copytree(TOWN, tmp_path / "later")
    return tmp_path / "later"


def _page(hall: Hall, case: str) -> str:
    client = create_app(portal=hall.portal).test_client()
    with client.session_transaction() as cookie:
        cookie["staff_id"] = hall.staff["chief"].id
    return client.get(f"/office/applications/{case}").text


def test_nothing_is_said_of_the_same_procedure(hall: Hall, case: str) -> None:
    page = _page(hall, case)
    assert "申請が始まったあと" not in page


def test_the_differences_are_shown_in_words(hall: Hall, case: str, later: Path) -> None:
    file = later / "procedures" / "license.yaml"
    text = file.read_text().replace("label: 調理場があります", "label: 厨房があります")
    file.write_text(text.replace("processing_days: 10", "processing_days: 15"))
    page = _page(after_change(hall, later), case)
    assert CHANGED in page
    assert "入力のページ › 店 › 厨房があります › 質問の文" in page
    assert "<td>調理場があります</td><td>厨房があります</td>" in page
    assert "<td>10</td><td>15</td>" in page


def test_a_procedure_that_is_gone(hall: Hall, case: str, later: Path) -> None:
    (later / "procedures" / "license.yaml").unlink()
    assert GONE in _page(after_change(hall, later), case)
