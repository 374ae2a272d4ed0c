"""The sample city's portal without servers, and people of every kind in front of it."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from auth.residents.models import Resident
from auth.staff.models import StaffAccount, StaffRole
from auth.staff.roles import Role
from portal.app import create_app
from portal.building import build_portal
from portal.context import Portal
from tests.support.clock import FixedClock
from tests.support.portal import portal_config


@pytest.fixture(scope="module")
def portal(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """One for all tests of a module: none of them depends on what the others left behind."""
    folder = tmp_path_factory.mktemp("portal")
    shutil.copyfile(sqlite_template, folder / "madoguchi.sqlite")
    url = f"sqlite:///{folder / 'madoguchi.sqlite'}"
    portal = build_portal(portal_config(folder, url), FixedClock())
    yield portal
    portal.database.dispose()


@pytest.fixture(scope="module")
def app(portal: Portal) -> Flask:
    app = create_app(portal=portal)
    app.config["WTF_CSRF_ENABLED"] = False
    return app


@pytest.fixture(scope="module")
def resident(app: Flask, portal: Portal) -> Callable[[str], FlaskClient]:
    """``resident("早苗")``: a new resident with this given name, signed in."""

    def arrive(given_name: str) -> FlaskClient:
        person = Resident(
            family_name="見本",
            given_name=given_name,
            birth_date=date(1988, 4, 2),
            address="見本県見本市本町1丁目1番1号",
            of_city=True,
            created_at=portal.clock(),
        )
        with portal.database.transaction() as session:
            session.add(person)
        return _signed_in(app, "resident_id", person.id)

    return arrive


@pytest.fixture(scope="module")
def employee(app: Flask, portal: Portal) -> Callable[..., FlaskClient]:
    """``employee(Role.FINANCE)``: a new employee who holds these roles everywhere, signed in."""

    def arrive(*roles: Role) -> FlaskClient:
        with portal.database.transaction() as session:
            account = StaffAccount(
                login="-".join(roles) or "nobody",
                name="職員",
                password_hash="",
                totp_secret="",
                created_at=portal.clock(),
                roles=[StaffRole(role=role) for role in roles],
            )
            session.add(account)
        return _signed_in(app, "staff_id", account.id)

    return arrive


def application_address(answer: TestResponse) -> str:
    """The address of the application into which an answer leads."""
    return "/".join(urlsplit(answer.location).path.split("/")[:3])


def _signed_in(app: Flask, key: str, person: str) -> FlaskClient:
    client = app.test_client()
    with client.session_transaction() as session:
        session[key] = person
    return client
