"""The definitions that are measured are right, and as large as they are said to be."""

from pathlib import Path

from benchmarks.cities import HUNDRED, PAGE, large_city, small_city
from portal.forms import load_catalogue


def test_a_hundred_fields(tmp_path: Path) -> None:
    definition = load_catalogue(small_city(tmp_path / "city")).procedures[HUNDRED].definition
    assert sum(len(section.fields) for section in definition.sections) == 100


def test_as_many_procedures_as_wanted(tmp_path: Path) -> None:
    procedures = load_catalogue(large_city(tmp_path / "city", 20)).procedures
    assert len(procedures) == 20
    assert PAGE in procedures
