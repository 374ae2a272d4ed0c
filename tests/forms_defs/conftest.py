"""The sample city, loaded once."""

from pathlib import Path

import pytest

from portal.forms import Catalogue, load_catalogue

DEFINITIONS = Path(__file__).resolve().parents[2] / "forms_defs"


@pytest.fixture(scope="session")
def definitions() -> Path:
    """Where the definitions of the sample city are."""
    return DEFINITIONS


@pytest.fixture(scope="session")
def catalogue(definitions: Path) -> Catalogue:
    """The sample city; loading it raises where anything in it is wrong."""
    return load_catalogue(definitions)
