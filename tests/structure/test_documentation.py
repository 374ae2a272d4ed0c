"""The documentation says what the program does: tables, variables and commands are compared."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from payments.reconciliation.reasons import TITLES
from portal.cli import portal
from portal.documentation import MACHINES, pages, write_pages
from tests.structure.test_states import MACHINES as ALL_MACHINES

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
TEXTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.rglob("*.md"))]
_LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")
_VARIABLE = re.compile(r'(?:setting|environ\.get)\("([A-Z_]+)"')
#: At the beginning of a line or of a piece of code in a sentence.
_COMMAND = re.compile(r"(?:^|`)(?:\.venv/bin/)?portal ([a-z]+)", re.MULTILINE)


@pytest.mark.parametrize("name", pages())
def test_a_made_page_is_up_to_date(name: str) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == pages()[name], "run: portal docs"


def test_every_state_table_has_its_diagram() -> None:
    assert {machine.name for _, machine, _ in MACHINES} == {each.name for each in ALL_MACHINES}
    for _, machine, path in MACHINES:
        assert any(value is machine for value in ALL_MACHINES), path
        assert (ROOT / path).exists()


def test_pages_are_written_where_they_changed(tmp_path: Path) -> None:
    assert len(write_pages(tmp_path)) == len(pages())
    assert write_pages(tmp_path) == []
    result = CliRunner().invoke(portal, ["docs", str(tmp_path)])
    assert (result.exit_code, result.output) == (0, "")


def test_every_environment_variable_is_explained() -> None:
    read = set(_VARIABLE.findall((ROOT / "portal/config.py").read_text(encoding="utf-8")))
    explained = (DOCS / "production.md").read_text(encoding="utf-8")
    assert {name for name in read if f"`{name}`" not in explained} == set()


def test_every_kind_of_difference_is_explained() -> None:
    explained = (DOCS / "finance.md").read_text(encoding="utf-8")
    assert [kind for kind, title in TITLES.items() if f"### {title}" not in explained] == []


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(path: Path) -> None:
    found = _LINK.findall(path.read_text(encoding="utf-8"))
    assert [target for target in found if not (path.parent / target).exists()] == []


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_commands_exist(path: Path) -> None:
    used = set(_COMMAND.findall(path.read_text(encoding="utf-8")))
    assert used - set(portal.lazily) == set()
