"""Requests that no page of ours sends."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from foundation.clock import system_clock
from portal.app import create_app
from portal.building import build_portal
from tests.support.portal import portal_config


@pytest.fixture
def client(tmp_path: Path, postgres_url: str) -> Iterator[FlaskClient]:
    portal = build_portal(portal_config(tmp_path, postgres_url), system_clock)
    app = create_app(portal=portal)
    app.config["WTF_CSRF_ENABLED"] = False
    yield app.test_client()
    portal.database.dispose()


@pytest.mark.parametrize("address", ["/applications/%00", "/applications/a%00b/sections/x"])
def test_an_address_that_the_database_can_not_look_for(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 400


def test_a_login_that_the_database_can_not_look_for(client: FlaskClient) -> None:
    answer = client.post("/staff/sign-in", data={"login": "a\0b", "password": "\0"})
    assert answer.status_code == 200
