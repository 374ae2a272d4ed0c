"""The two pages that are compared ask and check the same: only then is the comparison fair."""

import re

import pytest
from flask import Flask
from flask_wtf.csrf import CSRFProtect

from benchmarks import engine_page, wtf_page
from benchmarks.cases.form_page import BAD, GOOD
from benchmarks.wsgi import Client

_CONTROL = re.compile(r'<(?:input|select|textarea)[^>]* name="([^"]+)"')


@pytest.fixture(params=["/engine", "/wtf"])
def client(request: pytest.FixtureRequest) -> Client:
    """A browser in front of one of the two pages."""
    app = Flask("benchmarks")
    app.config["SECRET_KEY"] = "test"
    CSRFProtect(app)
    engine_page.add_to(app, "/engine")
    wtf_page.add_to(app, "/wtf")
    return Client(app, request.param)


def test_it_has_the_controls_of_the_post(client: Client) -> None:
    assert set(_CONTROL.findall(client.get().text)) == {*GOOD, "csrf_token"}


def test_it_accepts_the_good_post(client: Client) -> None:
    assert client.posting(GOOD).send().status == 303


def test_it_refuses_each_wrong_answer_of_the_bad_post(client: Client) -> None:
    answer = client.posting(BAD).send()
    wrong = [name for name in BAD if BAD[name] != GOOD[name]]
    assert answer.status == 200
    assert answer.text.count('class="field__error"') == len(wrong)
