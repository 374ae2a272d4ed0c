"""A small house for the rules, and the sample city for the pages."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from foundation.events import Events
from portal.app import create_app
from portal.building import build_portal
from portal.context import Portal
from portal.facilities.rooms import Facility
from tests.facilities.house import plaza_house
from tests.facilities.visitors import Visitor, resident
from tests.support.clock import FixedClock
from tests.support.portal import portal_config


@pytest.fixture
def plaza() -> Facility:
    return plaza_house()


@pytest.fixture
def events() -> Events:
    return Events()


@pytest.fixture
def portal(tmp_path: Path, portal_url: str, clock: FixedClock) -> Iterator[Portal]:
    """The sample city's portal; each module says on which database (``portal_url``)."""
    portal = build_portal(portal_config(tmp_path, portal_url), clock)
    yield portal
    portal.database.dispose()


@pytest.fixture
def app(portal: Portal) -> Flask:
    app = create_app(portal=portal)
    app.config["WTF_CSRF_ENABLED"] = False
    return app


@pytest.fixture
def sanae(app: Flask, portal: Portal) -> Visitor:
    return Visitor(app, resident(portal, "見本"))


@pytest.fixture
def kenta(app: Flask, portal: Portal) -> Visitor:
    return Visitor(app, resident(portal, "手本"))


@pytest.fixture
def guest(app: Flask) -> Visitor:
    return Visitor(app)
