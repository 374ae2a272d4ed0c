"""An author sees the page as the file is now, every way through it, or what is wrong with it."""

import os
import re
import shutil
from pathlib import Path
from urllib.parse import unquote

import pytest
from babel.messages.pofile import read_po, write_po
from flask.testing import FlaskClient
from sqlalchemy import text
from werkzeug.test import Client

from benchmarks.browser import Page
from portal.config import ROOT
from portal.preview.app import Preview, fingerprint

DEFINITIONS = ROOT / "forms_defs"
SPANISH = {"Accept-Language": "es"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The sample city's definitions, to be edited."""
    return Path(shutil.copytree(DEFINITIONS, tmp_path / "defs"))


@pytest.fixture
def preview(folder: Path, tmp_path: Path) -> Preview:
    return Preview(folder, tmp_path / "data", 8090)


def _edit(file: Path, before: str, after: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after), encoding="utf-8")
    # Two changes within one tick of the file system's clock would look like one.
    state = file.stat()
    os.utime(file, ns=(state.st_atime_ns, state.st_mtime_ns + 1_000_000))


def test_every_procedure_has_its_page_and_is_filled_in_to_the_end(preview: Preview) -> None:
    client: FlaskClient = preview.current().test_client()
    procedures = preview.current().extensions["madoguchi"].catalogue.procedures
    listed = client.get("/preview").text
    for name in procedures:
        page = client.get(f"/preview/{name}")
        assert page.status_code == 200 and f"/preview/{name}" in listed
        assert "見本の答えでは、最後まですすめません" not in page.text, name
    assert client.get("/preview/nothing.like-it").status_code == 404


def test_a_choice_leads_to_what_hangs_on_it(preview: Preview) -> None:
    client = preview.current().test_client()
    address = "/preview/pets.dog-registration"
    without = client.get(address).text
    elsewhere = client.get(f"{address}?pick=same_place:no").text
    assert "犬を飼っている場所" in elsewhere and "犬を飼っている場所" not in without
    # Nonsense picks nothing.
    assert client.get(f"{address}?pick=same_place:maybe&pick=x&pick=y:z").status_code == 200


def typed(page: str) -> dict[str, list[str]]:
    """What a browser sends of the form as it stands on a page."""
    controls: dict[str, list[str]] = {}
    for name, value in Page("/preview", 200, page).form().fields:
        controls.setdefault(name, []).append(value)
    return controls


def test_an_answer_typed_in_the_form_leads_to_what_hangs_on_it(preview: Preview) -> None:
    client = preview.current().test_client()
    address = "/preview/pets.dog-registration"
    page = client.get(address).text
    asked = client.post(address, data={**typed(page), "same_place": "no"}).text
    assert "犬を飼っている場所" in asked and "pick=same_place:no" in unquote(asked)
    assert "見本の答えでは、最後まですすめません" not in asked
    # The page with what came up is sent again, and stays as it is.
    again = client.post(address, data=typed(asked)).text
    assert typed(again) | {"csrf_token": [""]} == typed(asked) | {"csrf_token": [""]}
    back = client.post(address, data={**typed(again), "same_place": "yes"}).text
    assert "犬を飼っている場所" not in back


def test_a_wrong_answer_is_complained_about_as_residents_see_it(preview: Preview) -> None:
    client = preview.current().test_client()
    address = "/preview/certificates.residence-record"
    wrong = client.post(address, data={**typed(client.get(address).text), "copies": "100"})
    assert wrong.status_code == 200 and 'value="100"' in wrong.text
    assert 'aria-invalid="true"' in wrong.text


def test_a_row_is_added(preview: Preview) -> None:
    client = preview.current().test_client()
    address = "/preview/pets.dog-registration"
    page = client.get(address).text
    more = client.post(address, data={**typed(page), "_add": "dogs"}).text
    assert "dogs.1." in more and "dogs.1." not in page


def test_the_page_begins_with_who_may_apply_and_what_to_have_at_hand(preview: Preview) -> None:
    client = preview.current().test_client()
    page = client.get("/preview/childcare.nursery").text
    heads = re.findall("<dt>(.*?)</dt>", page.partition("<form class")[0])
    assert heads[0] == "申請できる人" and {"料金", "かかる時間", "このあと"} <= set(heads)
    assert not re.findall(r"<h[23]>[^<]*<span|<h[23]>\w*_\w*</h", page)


def test_a_stranger_at_the_counter_sees_it_too(preview: Preview) -> None:
    client = preview.current().test_client()
    page = client.get("/preview/pets.dog-registration?stranger=1&channel=counter").text
    assert "カードと住民記録から" not in page and 'name="applicant.name.family"' in page


def test_a_saved_file_changes_the_page_and_a_wrong_one_names_its_line(
    preview: Preview, folder: Path
) -> None:
    client = Client(preview)
    file = folder / "procedures" / "pets" / "dog-registration.yaml"
    before = client.get("/preview-fingerprint").text
    _edit(file, "title: 犬の登録", "title: いぬの登録")
    assert client.get("/preview-fingerprint").text != before
    assert "いぬの登録" in client.get("/preview/pets.dog-registration").text
    _edit(file, "label: 飼い主}", "lable: 飼い主}")
    wrong = client.get("/preview/pets.dog-registration")
    assert wrong.status_code == 422 and "dog-registration.yaml:" in wrong.text
    assert "lable" in wrong.text
    _edit(file, "lable: 飼い主}", "label: 飼い主}")
    assert client.get("/preview/pets.dog-registration").status_code == 200


def test_authors_see_their_texts_in_every_language(preview: Preview, folder: Path) -> None:
    client = Client(preview)
    address = "/preview/pets.dog-registration"
    catalogue = folder / "translations" / "es.po"
    with catalogue.open("rb") as stream:
        texts = read_po(stream)
    texts["どこで受け取りますか"].string = "¿Dónde lo quiere recibir?"
    with catalogue.open("wb") as stream:
        write_po(stream, texts)
    # What is written counts, without a step of its own to compile it.
    assert "¿Dónde lo quiere recibir?" in client.get(address, headers=SPANISH).text
    assert '<html lang="es"' in client.get("/preview", headers=SPANISH).text


def test_what_the_old_application_held_is_given_back(preview: Preview, folder: Path) -> None:
    client = Client(preview)
    client.get("/preview")
    before = preview.current().extensions["madoguchi"].database
    with before.reading() as session:
        session.execute(text("select 1"))
    pool = before.engine.pool
    _edit(folder / "municipality.yaml", "key_colour", "# \nkey_colour")
    assert client.get("/preview").status_code == 200
    assert preview.current().extensions["madoguchi"].database is not before
    assert before.engine.pool is not pool


def test_a_file_that_is_just_being_replaced_does_no_harm(preview: Preview, folder: Path) -> None:
    (folder / "tables" / "gone.yaml").symlink_to(folder / "nowhere.yaml")
    assert fingerprint(folder) == fingerprint(folder)
