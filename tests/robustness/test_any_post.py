"""Whatever is posted to a page of a form, a page comes back."""

import re
from collections.abc import Callable
from typing import cast

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from portal.context import Portal
from portal.forms import load_catalogue
from portal.forms.reception import reception_at
from tests.robustness.conftest import application_address
from tests.support.browser import ROOT
from tests.support.clock import FixedClock

#: The sections of every procedure that is begun without a booking.
FORMS = {
    procedure.id: procedure.section_ids
    for procedure in load_catalogue(ROOT / "forms_defs").procedures.values()
    if procedure.booking is None
}
#: Values that programs like to stumble over, beside whatever Hypothesis thinks of.
SNARES = ("", " ", "\0", "-1", "1e9", "１２", "٣", "9" * 400, "2026-02-30", "令和99年1月1日", "𠮷󠄀")
URLENCODED, MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"
values = st.one_of(st.sampled_from(SNARES), st.text(max_size=40))
kinds = st.sampled_from([URLENCODED, MULTIPART, "text/plain", ""])


@pytest.fixture(scope="module")
def sanae(resident: Callable[[str], FlaskClient]) -> FlaskClient:
    return resident("早苗")


@pytest.fixture(scope="module")
def begun(sanae: FlaskClient, portal: Portal) -> dict[str, str]:
    """The address of an application of each procedure, begun while its reception is open."""
    addresses, clock = {}, cast(FixedClock, portal.clock)
    usual = clock()
    for procedure in FORMS:
        reception = portal.catalogue.procedures[procedure].definition.reception
        clock.set(reception_at(reception, usual, of_city=True).opens or usual)
        answer = sanae.post("/applications/", data={"procedure": procedure})
        addresses[procedure] = application_address(answer)
    clock.set(usual)
    return addresses


@pytest.fixture(scope="module")
def controls(sanae: FlaskClient, begun: dict[str, str]) -> dict[tuple[str, str], list[str]]:
    """The controls of each section as they were at first; later ones depend on what was posted."""
    found = {}
    for procedure, sections in FORMS.items():
        for section in sections:
            page = sanae.get(f"{begun[procedure]}/sections/{section}", follow_redirects=True)
            names = re.findall(r'name="([\w.]+)"', page.text)
            found[procedure, section] = sorted({*names, "_add", "_remove", "_later", "_refresh"})
    return found


def check(sanae: FlaskClient, address: str, **post: object) -> None:
    answer = sanae.post(address, **post)
    assert answer.status_code in (200, 302, 303, 400, 413), answer.text[:500]
    if answer.status_code not in (302, 303):
        assert "<main" in answer.text


@pytest.mark.parametrize("procedure", FORMS)
@settings(max_examples=12)
@given(data=st.data())
def test_any_answers(
    data: st.DataObject,
    procedure: str,
    sanae: FlaskClient,
    begun: dict[str, str],
    controls: dict[tuple[str, str], list[str]],
) -> None:
    section = data.draw(st.sampled_from(FORMS[procedure]))
    address = f"{begun[procedure]}/sections/{section}"
    known = st.sampled_from(controls[procedure, section])
    fields = data.draw(st.lists(st.tuples(st.one_of(known, values), values), max_size=12))
    check(sanae, address, data=MultiDict(fields))


@settings(max_examples=50)
@given(body=st.binary(max_size=300), kind=kinds, data=st.data())
def test_any_bytes(
    body: bytes, kind: str, data: st.DataObject, sanae: FlaskClient, begun: dict[str, str]
) -> None:
    procedure = data.draw(st.sampled_from(sorted(FORMS)))
    section = data.draw(st.sampled_from(FORMS[procedure]))
    for page in (f"/sections/{section}", "/check"):
        check(sanae, begun[procedure] + page, data=body, content_type=kind)


def test_too_much_is_told_so(sanae: FlaskClient, begun: dict[str, str]) -> None:
    address = f"{begun['pets.dog-registration']}/sections/applicant"
    part = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n'
    check(sanae, address, data=part * 6_000 + b"--x--", content_type=MULTIPART)
    check(sanae, address, data=b"a=" + b"x" * 3_000_000, content_type=URLENCODED)
