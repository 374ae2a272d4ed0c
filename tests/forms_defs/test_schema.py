"""Editors complete and check the definitions by the schema that is kept beside them."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from portal.config import ROOT
from portal.forms.cli import forms
from portal.forms.scaffold import schema_line
from portal.forms.schema import SCHEMA_FILE
from portal.forms.source import Source, load

FOLDER = ROOT / "forms_defs"
FILES = sorted((FOLDER / "procedures").rglob("*.yaml"))


@pytest.fixture(scope="module")
def schema() -> Any:
    return json.loads((FOLDER / SCHEMA_FILE).read_text(encoding="utf-8"))


def test_it_is_the_languages_own() -> None:
    """``portal forms schema --write`` brings it up to date."""
    printed = CliRunner().invoke(forms, ["schema", "--folder", str(FOLDER)]).output
    assert (FOLDER / SCHEMA_FILE).read_text(encoding="utf-8") == printed


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_procedure_names_it_and_keeps_to_it(file: Path, schema: Any) -> None:
    place = file.relative_to(FOLDER).as_posix()
    assert file.read_text(encoding="utf-8").splitlines()[0] == schema_line(place)
    source = load(file)
    assert isinstance(source, Source)
    found = [error.message for error in Draft202012Validator(schema).iter_errors(source.content)]
    assert found == []


def test_a_typing_mistake_shows_in_the_editor(schema: Any) -> None:
    source = load(FILES[0])
    assert isinstance(source, Source)
    wrong = {**source.content, "tilte": "?"}
    errors = list(Draft202012Validator(schema).iter_errors(wrong))
    assert len(errors) == 1 and "tilte" in errors[0].message
