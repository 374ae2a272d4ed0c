"""One page with all sections: every section is read, errors are told together, nothing is lost."""

import io
from datetime import date

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from portal.app import create_app
from portal.applications.states import State
from portal.forms import Context, Procedure, load_catalogue
from portal.forms.whole_page import read_page
from tests.support.hall import TOWN, Hall
from tests.support.papers import pdf

CONTEXT = Context(today=date(2026, 6, 3))


@pytest.fixture(scope="module")
def survey() -> Procedure:
    return load_catalogue(TOWN).procedures["survey"]


@pytest.fixture
def client(hall: Hall) -> FlaskClient:
    app = create_app(portal=hall.portal)
    app.config["WTF_CSRF_ENABLED"] = False
    return app.test_client()


def test_it_is_filled_in_on_one_page(hall: Hall, client: FlaskClient) -> None:
    page_address = client.post("/applications/", data={"procedure": "survey"}).location
    page = client.get(page_address).text
    for heading in ("アンケート", "あなたについて", "ご意見"):
        assert heading in page
    # With a script the section that an answer brings up is there at once.
    assert 'data-refresh="fields"' in page
    assert "家族について" not in page and "名前は書かなくてもかまいません。" in page
    wrong = client.post(page_address, data={"age": "x", "parent": "no", "years": "", "text": "あ"})
    assert wrong.text.count('href="#f-') == 2 and "あ</textarea>" in wrong.text
    revealed = client.post(page_address, data={"age": "40", "parent": "yes", "years": "50"})
    assert "家族について" in revealed.text and 'role="alert"' not in revealed.text
    typed = {
        "age": "40", "parent": "yes", "years": "50", "text": "よい",
        "children.0._row": "1", "children.0.born": "2015",
    }  # fmt: skip
    crossed = client.post(page_address, data=typed)
    assert "年齢より長くなっています。" in crossed.text
    added = client.post(page_address, data={**typed, "years": "", "_add": "children"})
    assert "children.1.born" in added.text and 'role="alert"' not in added.text
    photo = {"photo": (io.BytesIO(b"GIF89a"), "a.pdf")}
    refused = client.post(
        page_address, data={**typed, "years": "9", **photo}, content_type="multipart/form-data"
    )
    assert "受け付けられない種類" in refused.text and "2015" in refused.text
    photo = {"photo": (io.BytesIO(pdf()), "a.pdf")}
    done = client.post(
        page_address, data={**typed, "years": "9", **photo}, content_type="multipart/form-data"
    )
    assert done.location.endswith("/check")
    key = page_address.split("/")[2]
    answers = hall.application(key).answers
    assert answers["children"] == [{"born": 2015}] and len(answers["photo"]) == 1
    sent = client.post(done.location, data={"total": "0"})
    assert "done=1" in sent.location and hall.state(key) is State.RECEIVED


def test_it_can_be_put_aside_and_changed(hall: Hall, client: FlaskClient) -> None:
    page_address = client.post("/applications/", data={"procedure": "survey"}).location
    key = page_address.split("/")[2]
    aside = client.post(page_address, data={"age": "40", "years": "", "_later": "1"})
    assert aside.location == "/"
    assert hall.application(key).answers["age"] == 40
    # Any section's address, as the answers' change links have it, is this page.
    other = f"/applications/{key}/sections/opinion"
    assert "あなたについて" in client.get(other).text
    assert client.post(
        f"{other}?check=1", data={"age": "41", "parent": "no", "years": "1"}
    ).location
    assert hall.application(key).answers["age"] == 41


def test_what_comes_first_is_read_with_what_comes_later(survey: Procedure) -> None:
    """Whatever was stored before, the errors are those of what was just posted."""
    form = {"age": ["40"], "parent": ["no"], "years": ["9"]}
    post = read_page(survey, form, {"age": 5, "parent": False, "years": 60}, CONTEXT)
    assert post.errors == () and post.may_continue
    form["years"] = ["41"]
    post = read_page(survey, form, {"age": 80, "parent": False, "years": 60}, CONTEXT)
    assert [error.path for error in post.errors] == ["years"]


@given(
    st.dictionaries(
        st.sampled_from(
            [
                "age",
                "parent",
                "years",
                "text",
                "children.0._row",
                "children.0.born",
                "_add",
                "_remove",
                "_refresh",
                "_lookup",
                "children",
                "photo",
                "x",
            ]
        ),
        st.lists(st.text(max_size=5) | st.sampled_from(["yes", "no", "3", "children"]), max_size=2),
    ),
    st.dictionaries(
        st.sampled_from(["age", "parent", "years", "children"]),
        st.none() | st.booleans() | st.integers(0, 99) | st.lists(st.integers(), max_size=2),
    ),
)
def test_any_post_is_read(
    survey: Procedure, form: dict[str, list[str]], stored: dict[str, object]
) -> None:
    post = read_page(survey, form, stored, CONTEXT)
    if post.may_continue:
        assert survey.journey(post.answers, CONTEXT).complete
