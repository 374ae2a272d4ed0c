"""Every route has exactly one access rule, and what is open to everybody is on a short list."""

from pathlib import Path

import pytest
from flask import Flask

from auth.staff.roles import Role
from portal.access import access_of
from portal.app import create_app
from tests.support.portal import portal_config

PUBLIC = Path(__file__).with_name("public_routes.txt")


@pytest.fixture
def portal_app(tmp_path: Path, sqlite_url: str) -> Flask:
    """The portal of the sample city, not served, with an empty database."""
    return create_app(portal_config(tmp_path, sqlite_url))


def _endpoints(app: Flask) -> set[str]:
    return {rule.endpoint for rule in app.url_map.iter_rules()}


def _listed() -> list[str]:
    lines = PUBLIC.read_text(encoding="utf-8").splitlines()
    return [line.split("#")[0].strip() for line in lines if line.split("#")[0].strip()]


def test_every_route_has_an_access_rule(portal_app: Flask) -> None:
    without = [name for name in sorted(_endpoints(portal_app)) if not access_of(portal_app, name)]
    assert without == []


def test_staff_rules_name_real_roles(portal_app: Flask) -> None:
    for name in _endpoints(portal_app):
        access = access_of(portal_app, name)
        assert access is not None
        assert access.kind in ("public", "resident", "staff")
        assert all(isinstance(role, Role) for role in access.roles)
        assert not access.roles or access.kind == "staff"


def test_the_public_routes_are_those_of_the_list(portal_app: Flask) -> None:
    public = {
        name
        for name in _endpoints(portal_app)
        if (access := access_of(portal_app, name)) is not None and access.kind == "public"
    }
    assert sorted(public) == sorted(_listed()), f"see {PUBLIC.name}"


def test_the_list_says_why_for_each() -> None:
    for line in PUBLIC.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            assert line.partition("#")[2].strip(), f"{line}: say after # why everybody may"


def test_a_stranger_gets_no_guarded_page(portal_app: Flask) -> None:
    """Whoever is not signed in is turned away from every route that is not on the list."""
    client = portal_app.test_client()
    addresses = portal_app.url_map.bind("localhost")
    answered = []
    for rule in portal_app.url_map.iter_rules():
        access = access_of(portal_app, rule.endpoint)
        assert access is not None
        if access.kind == "public":
            continue
        path = addresses.build(rule.endpoint, dict.fromkeys(rule.arguments, "1"))
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            status = client.open(path, method=method).status_code
            if status not in (302, 303, 400, 401, 403):
                answered.append(f"{method} {path} → {status}")
    assert answered == []
