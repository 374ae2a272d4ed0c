"""Every door, tried by everybody for whom it is not."""

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from auth.staff.roles import Role
from portal.access import Access, access_of
from tests.robustness.conftest import application_address

#: Answers everybody alike, without looking whose it is: the end of a payment on another screen.
ALIKE = "applications.payment_return"


def guarded(app: Flask, kind: str) -> Iterator[tuple[Rule, Access]]:
    for rule in app.url_map.iter_rules():
        access = access_of(app, rule.endpoint)
        assert access is not None
        if access.kind == kind:
            yield rule, access


def answers(client: FlaskClient, rule: Rule, **known: str) -> Iterator[tuple[str, int, str]]:
    """Method, status and where it leads, of each way to ask."""
    address = rule.rule
    for argument in rule.arguments:
        address = address.replace(f"<{argument}>", known.get(argument, "1"))
    for method in sorted((rule.methods or set()) & {"GET", "POST"}):
        answer = client.open(address, method=method)
        yield method, answer.status_code, urlsplit(answer.location or "").path


def test_every_staff_page_sends_residents_to_the_staff_sign_in(
    app: Flask, resident: Callable[[str], FlaskClient]
) -> None:
    client = resident("住民")
    let_in = [
        (rule.rule, method, status)
        for rule, _access in guarded(app, "staff")
        for method, status, onward in answers(client, rule)
        if (status, onward) != (302, "/staff/sign-in")
    ]
    assert let_in == []


def test_every_resident_page_sends_staff_to_the_card(
    app: Flask, employee: Callable[..., FlaskClient]
) -> None:
    client = employee(*Role)
    let_in = [
        (rule.rule, method, status)
        for rule, _access in guarded(app, "resident")
        for method, status, onward in answers(client, rule)
        if (status, onward) != (302, "/sign-in")
    ]
    assert let_in == []


@pytest.mark.parametrize("role", Role)
def test_every_staff_page_refuses_other_roles(
    app: Flask, employee: Callable[..., FlaskClient], role: Role
) -> None:
    client = employee(role)
    for rule, access in guarded(app, "staff"):
        for method, status, _onward in answers(client, rule):
            refused = bool(access.roles) and role not in access.roles
            assert (status == 403) == refused, f"{method} {rule.rule}: {status}"


def test_nobody_else_opens_an_application(
    app: Flask,
    resident: Callable[[str], FlaskClient],
    employee: Callable[..., FlaskClient],
) -> None:
    owner = resident("本人")
    begun = owner.post("/applications/", data={"procedure": "certificates.residence-record"})
    path = application_address(begun)
    application = path.split("/")[2]
    assert owner.get(f"{path}/sections/applicant").status_code == 200

    strangers = {
        "nobody": app.test_client(),
        "another resident": resident("他人"),
        "an employee without a sitting": employee(Role.COUNTER, Role.CASE_WORKER),
    }
    for who, client in strangers.items():
        for rule, _access in guarded(app, "public"):
            if "application_id" not in rule.arguments:
                continue
            known = {"application_id": application, "section_id": "applicant"}
            for method, status, _onward in answers(client, rule, **known):
                expected = 200 if rule.endpoint == ALIKE else 404
                assert status == expected, f"{who}: {method} {rule.rule}"


def test_the_end_of_a_payment_says_nothing_to_strangers(
    app: Flask, resident: Callable[[str], FlaskClient]
) -> None:
    owner = resident("持ち主")
    begun = owner.post("/applications/", data={"procedure": "certificates.residence-record"})
    path = application_address(begun)
    client = app.test_client()
    there, nowhere = (
        client.get(f"{address}/pay/return").text for address in (path, "/applications/none")
    )
    assert there.replace(path, "") == nowhere.replace("/applications/none", "")
    assert "住民票" not in there


def test_whoever_signs_out_is_nobody_again(
    resident: Callable[[str], FlaskClient], employee: Callable[..., FlaskClient]
) -> None:
    leaving = {"/my/": resident("帰る人"), "/finance/": employee(Role.FINANCE, Role.AUDITOR)}
    for page, client in leaving.items():
        assert client.get(page).status_code == 200
        assert client.post("/sign-out").status_code == 303
        assert client.get(page).status_code == 302
