"""The two pages that are compared ask and check the same: only then is the comparison fair."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from flask import Flask

from benchmarks.cases.form_page import BAD, GOOD, both_pages
from benchmarks.wsgi import Client

_CONTROL = re.compile(r'<(?:input|select|textarea)[^>]* name="([^"]+)"')


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    """Both pages, with empty drafts."""
    with both_pages(tmp_path) as app:
        yield app


@pytest.fixture(params=["/engine", "/wtf"])
def client(app: Flask, request: pytest.FixtureRequest) -> Client:
    """A browser in front of one of the two pages."""
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


@pytest.mark.parametrize("form", [GOOD, BAD], ids=["good", "bad"])
def test_both_keep_the_same_answers(app: Flask, form: Mapping[str, str | Sequence[str]]) -> None:
    drafts = app.extensions["drafts"]
    for path in drafts:
        Client(app, path).posting(form).send()
    assert drafts["/engine"].answers() == drafts["/wtf"].answers()
    wrong = {name.partition(".")[0] for name in form if form[name] != GOOD[name]}
    answers = drafts["/wtf"].answers()
    assert {name for name in answers if answers[name] is None} == wrong
