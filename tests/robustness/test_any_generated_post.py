"""Whatever is posted to a generated form, its rules hold: in the engine, and through the web."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from hypothesis import Phase, assume, find, given, settings
from hypothesis import strategies as st

from portal.app import create_app
from portal.building import build_portal
from portal.forms import Context, Procedure
from portal.forms.catalogue import read_city
from portal.forms.compiled import CompiledGroup
from portal.forms.evaluation import RESIDENT
from portal.forms.filling import Filled, fill
from portal.forms.trials import SAMPLE
from tests.forms.city import write_city
from tests.robustness.conftest import application_address
from tests.robustness.definitions import as_yaml, definitions
from tests.robustness.test_any_definition import ACTING
from tests.support.clock import FixedClock
from tests.support.portal import portal_config

CONTEXT = replace(SAMPLE, resident=RESIDENT, booking=None)
SNARES = (
    "",
    "\0",
    "-1",
    "1e9",
    "１２",
    "9" * 400,
    "2026-02-30",
    "yes",
    "no",
    "a",
    "b",
    "5",
    "\ud800",
)
VALUES = st.one_of(st.sampled_from(SNARES), st.text(max_size=30))
#: Three forms for the web, each the first of its kind that Hypothesis finds: always the same.
WEB_FORMS: dict[str, Callable[[dict[str, Any]], bool]] = {
    "rows": lambda written: "each" in str(written.get("fees")) and _fields(written) > 3,
    "one-page": lambda written: written["layout"] == "one_page" and _fields(written) > 5,
    "acting": lambda written: "applicants" in written and "checks" in written,
}


def _fields(written: dict[str, Any]) -> int:
    return sum(len(section["fields"]) for section in written["sections"])


def _first(city: Path, name: str) -> dict[str, Any]:
    """The first sound definition of a kind, which anybody may begin."""

    def fits(written: dict[str, Any]) -> bool:
        if not WEB_FORMS[name](written):
            return False
        file = city / "procedures" / "tried.yaml"
        file.write_text(as_yaml(written), encoding="utf-8")
        sound = file in read_city(city, only=file).procedures
        file.unlink()
        return sound

    tried = settings(derandomize=True, max_examples=500, database=None, phases=[Phase.generate])
    return {
        **find(definitions(), fits, settings=tried),
        "procedure": name,
        "identity": {"sign_in": "none"},
        "reception": None,
    }


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_city(tmp_path_factory.mktemp("posts") / "city", {})
    with (folder / "concepts.yaml").open("a", encoding="utf-8") as concepts:
        concepts.write(ACTING)
    return folder


def _procedure(city: Path, definition: dict[str, Any]) -> Procedure:
    file = city / "procedures" / "test.yaml"
    file.write_text(as_yaml(definition), encoding="utf-8")
    sound = read_city(city, only=file).procedures
    assume(file in sound)
    return sound[file]


def _controls(procedure: Procedure) -> list[str]:
    """The names of controls that a page of this form may have, and commands."""
    found = ["_add", "_remove", "_refresh", "_lookup", "_later", "acting"]
    for name in procedure.field_ids:
        each = procedure.field_at(name)
        prefixes = [""]
        if isinstance(each, CompiledGroup):
            prefixes = [f"{name}.{row}." for row in (0, 1, 99)]
            found += [name, f"{name}.0._row", f"{name}.1._row"]
        fields = each.fields if isinstance(each, CompiledGroup) else [each] if each else []
        for prefix in prefixes:
            for field in fields:
                found += [prefix + control for _, control in field.control_names]
    return found


def _ordinary(procedure: Procedure, context: Context) -> dict[str, list[str]]:
    """What somebody posts who fills in everything right."""
    filled = fill(procedure, context, {})
    answers = filled.answers if isinstance(filled, Filled) else {}
    posted: dict[str, list[str]] = {}
    for name, value in answers.items():
        each = procedure.field_at(name)
        if isinstance(each, CompiledGroup):
            for number, row in enumerate(value):
                posted[f"{name}.{number}._row"] = ["1"]
                for inner in each.fields:
                    if inner.id in row and inner.file is None:
                        shown = inner.kind.shown(row[inner.id])
                        posted |= _named(f"{name}.{number}.{inner.id}", shown)
        elif each is not None and each.kind.asks and each.file is None:
            posted |= _named(name, each.kind.shown(value))
    return posted


def _named(path: str, shown: dict[str, list[str]]) -> dict[str, list[str]]:
    return {f"{path}.{part}" if part else path: values for part, values in shown.items()}


def _assert_rules_hold(procedure: Procedure, answers: dict[str, Any], context: Context) -> None:
    """What counts is visible, right by its own field, and the same when it is read again."""
    journey = procedure.journey(answers, context)
    evaluated = journey.evaluated
    assert evaluated is not None
    assert set(journey.answers) <= evaluated.visible | _of_staff(procedure)
    again = procedure.journey(journey.answers, context)
    assert again.answers == journey.answers
    if journey.complete:
        assert again.complete and again.price == journey.price
        for name in evaluated.visible - {each for each in evaluated.visible if "." in each}:
            each = procedure.field_at(name)
            if isinstance(each, CompiledGroup) or each is None or not each.kind.asks:
                continue
            assert not each.required or name in journey.answers, name
            if name in journey.answers:
                assert not each.kind.check(journey.answers[name], evaluated.situation)


def _of_staff(procedure: Procedure) -> set[str]:
    fields = ((name, procedure.field_at(name)) for name in procedure.field_ids)
    return {name for name, each in fields if each is not None and each.definition.staff_only}


@settings(max_examples=40, deadline=None)
@given(definition=definitions(), data=st.data())
def test_any_posts_in_any_order(
    city: Path, definition: dict[str, Any], data: st.DataObject
) -> None:
    procedure = _procedure(city, definition)
    controls = st.one_of(st.sampled_from(_controls(procedure)), st.text(max_size=10))
    right = _ordinary(procedure, CONTEXT)
    answers: dict[str, Any] = {}
    for _ in range(data.draw(st.integers(1, 4))):
        section = data.draw(st.sampled_from(procedure.section_ids))
        wild = data.draw(st.dictionaries(controls, st.lists(VALUES, max_size=3), max_size=6))
        form = {**right, **wild} if data.draw(st.booleans()) else wild
        post = procedure.read_section(section, form, answers, CONTEXT)
        before = {name: answers.get(name) for name in _of_staff(procedure)}
        answers = post.answers
        assert before == {name: answers.get(name) for name in before}
        procedure.render_section(section, answers, CONTEXT, raw=post.raw, errors=post.errors)
        _assert_rules_hold(procedure, answers, CONTEXT)


@settings(max_examples=40, deadline=None)
@given(definition=definitions(), data=st.data())
def test_any_stored_answers_are_judged_anew(
    city: Path, definition: dict[str, Any], data: st.DataObject
) -> None:
    procedure = _procedure(city, definition)
    leaf = st.none() | st.booleans() | st.integers() | st.sampled_from(SNARES[:-1])
    parts = st.sampled_from(["family", "first", "text", "birth_date", "a0_p"])
    value = st.recursive(
        leaf, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(parts, inner, max_size=3)
    )
    names = st.sampled_from(procedure.field_ids)
    _assert_rules_hold(procedure, data.draw(st.dictionaries(names, value)), CONTEXT)


@dataclass(frozen=True)
class Web:
    """A stranger's browser, and by form: its address, sections and controls."""

    client: FlaskClient
    begun: dict[str, tuple[str, tuple[str, ...], list[str]]]


@pytest.fixture(scope="module")
def web(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    """Three generated forms in a city of their own, begun."""
    folder = tmp_path_factory.mktemp("web")
    city = write_city(folder / "city", {})
    with (city / "concepts.yaml").open("a", encoding="utf-8") as concepts:
        concepts.write(ACTING)
    found = {name: _first(city, name) for name in WEB_FORMS}
    for name, written in found.items():
        (city / "procedures" / f"{name}.yaml").write_text(as_yaml(written), encoding="utf-8")
    shutil.copyfile(sqlite_template, folder / "madoguchi.sqlite")
    url = f"sqlite:///{folder / 'madoguchi.sqlite'}"
    config = replace(portal_config(folder, url), definitions_dir=city)
    portal = build_portal(config, FixedClock())
    app = create_app(portal=portal)
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    begun = {}
    for procedure in portal.catalogue.procedures.values():
        answer = client.post("/applications/", data={"procedure": procedure.id})
        address = application_address(answer)
        begun[procedure.id] = (address, procedure.section_ids, _controls(procedure))
    yield Web(client, begun)
    portal.database.dispose()


@pytest.mark.parametrize("name", WEB_FORMS)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_any_post_through_the_web(web: Web, name: str, data: st.DataObject) -> None:
    address, sections, controls = web.begun[name]
    page = data.draw(st.sampled_from([*(f"/sections/{each}" for each in sections), "/check", ""]))
    names = st.one_of(st.sampled_from(controls), VALUES)
    fields = data.draw(st.lists(st.tuples(names, VALUES), max_size=10))
    if data.draw(st.booleans()):
        body = urlencode(fields, errors="replace").encode()
    else:
        body = data.draw(st.binary(max_size=200))
    kind = data.draw(st.sampled_from(["application/x-www-form-urlencoded", "text/plain", ""]))
    answer = web.client.post(address + page, data=body, content_type=kind)
    assert answer.status_code in (200, 302, 303, 400, 404, 405, 413), answer.text[:300]
    assert web.client.get(address, follow_redirects=True).status_code == 200
