"""The sample city with its people and staff, in English."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from ruamel.yaml import YAML
from sqlalchemy import select

from auth.residents.models import Resident
from auth.staff.models import StaffAccount
from payments.till.service import ensure_till
from portal.app import create_app
from portal.building import build_portal
from portal.context import Portal
from portal.sample import load_sample_city
from portal.translation import compile_all_translations
from tests.forms_defs.complete_answers import ANSWERS
from tests.support.clock import FixedClock
from tests.support.portal import portal_config
from tests.translations.reader import Reader

#: What a person compares, is to type or has typed, and a column that a provider's file calls so,
#: stay Japanese on an English page.
PROPER = ("髙", "高", "出生予定", "犬", "取引日時")


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[Portal]:
    """One city for all walks of a module: to enrol its staff takes longer than to walk."""
    folder = tmp_path_factory.mktemp("english")
    file = shutil.copyfile(sqlite_template, folder / "madoguchi.sqlite")
    config = portal_config(folder, f"sqlite:///{file}")
    compile_all_translations(config)
    built = build_portal(config, FixedClock())
    with built.database.transaction() as session:
        for key, till in built.catalogue.city.tills.items():
            ensure_till(session, key, till.place)
    load_sample_city(built)
    yield built
    built.database.dispose()


@pytest.fixture(scope="module")
def app(portal: Portal) -> Flask:
    app = create_app(portal=portal)
    app.config["WTF_CSRF_ENABLED"] = False
    return app


@pytest.fixture(scope="module")
def readers(app: Flask, portal: Portal) -> "Readers":
    return Readers(app, portal)


class Readers:
    """English readers: a guest, a resident by name, an employee by login."""

    def __init__(self, app: Flask, portal: Portal) -> None:
        self._app = app
        self._portal = portal
        self._data = {*PROPER, *_strings(ANSWERS), *_people(portal)}

    def guest(self) -> Reader:
        return Reader(self._app, self._data)

    def resident(self, given_name: str) -> Reader:
        with self._portal.database.reading() as session:
            found = select(Resident.id).where(Resident.given_name == given_name)
            return Reader(self._app, self._data, resident_id=session.scalars(found).one())

    def staff(self, login: str) -> Reader:
        with self._portal.database.reading() as session:
            found = select(StaffAccount.id).where(StaffAccount.login == login)
            return Reader(self._app, self._data, staff_id=session.scalars(found).one())


def _people(portal: Portal) -> Iterator[str]:
    sample = portal.config.definitions_dir / "sample"
    for name in ("residents.yaml", "personas.yaml", "staff.yaml", "nurseries.yaml"):
        file = sample / name
        if file.exists():
            yield from _strings(YAML(typ="safe").load(file))


def _strings(value: Any) -> Iterator[str]:
    """Every text inside, and the parts of those that pages show apart."""
    if isinstance(value, str):
        if not value.isascii():
            yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _strings(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _strings(item)
