"""What was found right is kept for the next start, and believed only while nothing changed."""

from pathlib import Path

import pytest

from portal.forms import Catalogue, DefinitionErrors, load_catalogue
from tests.forms.city import one_section, write_city

GOOD = one_section("""
    - {id: kind, type: choice, label: 種類, options: {a: ひとつ, b: ふたつ}}
    - {id: start, type: date, label: 日, min: today, when: kind == "a"}
    - {id: phone, concept: phone}
""")


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """A city with one procedure."""
    return write_city(tmp_path / "city", {"test": GOOD})


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """Where it is kept; nothing is there yet."""
    return tmp_path / "data" / "kept"


def _test(catalogue: Catalogue) -> tuple[object, str]:
    procedure = catalogue.procedures["test"]
    return procedure.definition, procedure.checksum


def test_what_is_kept_is_the_same(city: Path, kept: Path) -> None:
    first = load_catalogue(city, kept)
    assert kept.exists()
    assert _test(load_catalogue(city, kept)) == _test(first) == _test(load_catalogue(city))


def test_it_is_written_only_when_something_changed(city: Path, kept: Path) -> None:
    load_catalogue(city, kept)
    before = kept.stat().st_mtime_ns
    load_catalogue(city, kept)
    assert kept.stat().st_mtime_ns == before


def test_a_mistake_is_told_after_a_good_start(city: Path, kept: Path) -> None:
    load_catalogue(city, kept)
    file = next(city.rglob("procedures/**/*.yaml"))
    lines = file.read_text(encoding="utf-8").splitlines()
    number = next(n for n, line in enumerate(lines) if line.startswith("title:"))
    lines[number] = "titel: x"
    file.write_text("\n".join(lines), encoding="utf-8")
    for _ in range(2):
        with pytest.raises(DefinitionErrors) as told:
            load_catalogue(city, kept)
        assert {problem.line for problem in told.value.problems} >= {number + 1}


def test_what_a_procedure_names_may_not_vanish(city: Path, kept: Path) -> None:
    load_catalogue(city, kept)
    municipality = city / "municipality.yaml"
    written = municipality.read_text(encoding="utf-8")
    department = load_catalogue(city).procedures["test"].department
    municipality.write_text(written.replace(department, "another"), encoding="utf-8")
    with pytest.raises(DefinitionErrors, match=department):
        load_catalogue(city, kept)


@pytest.mark.parametrize("damage", [b"", b"\n\n", b"{}", b"\xff\xfe", None])
def test_a_damaged_file_does_no_harm(city: Path, kept: Path, damage: bytes | None) -> None:
    good = _test(load_catalogue(city, kept))
    content = kept.read_bytes()
    kept.write_bytes(content.replace(b'"title"', b'"titel"') if damage is None else damage)
    assert _test(load_catalogue(city, kept)) == good
    assert _test(load_catalogue(city, kept)) == good


def test_a_place_that_can_not_be_written_does_no_harm(city: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    assert load_catalogue(city, tmp_path / "file" / "kept").procedures
