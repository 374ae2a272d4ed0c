"""The command ``portal``: everything is there, and nothing is loaded before it is needed."""

import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from foundation.commands import LazyGroup
from portal.cli import main, portal


def test_every_command_can_be_loaded_and_says_what_it_does() -> None:
    shown = CliRunner().invoke(portal, ["--help"])
    assert shown.exit_code == 0
    for name in portal.lazily:
        command = portal.get_command(click.Context(portal), name)
        assert command is not None and command.name == name
        assert command.get_short_help_str(20).rstrip(".") in shown.output


def test_the_tools_of_authors_load_neither_pages_nor_a_database() -> None:
    heavy = "{'flask', 'sqlalchemy', 'auth', 'payments', 'portal.app'}"
    loaded = "import portal.cli, portal.forms.cli, sys; print(HEAVY & set(sys.modules))"
    command = [sys.executable, "-c", loaded.replace("HEAVY", heavy)]
    assert subprocess.run(command, capture_output=True, text=True).stdout == "set()\n"


def test_the_preview_stands_among_the_tools_of_authors() -> None:
    assert "preview" in CliRunner().invoke(portal, ["forms", "--help"]).output


def test_what_is_wrong_outside_of_the_program_leaves_no_trace(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MADOGUCHI_ENV", "production")
    monkeypatch.setattr(sys, "argv", ["portal", "card"])
    with pytest.raises(SystemExit) as stopped:
        main()
    assert str(stopped.value).startswith("portal: the mock sign-in service")


def test_a_place_that_holds_no_command_is_a_mistake_of_ours() -> None:
    group = LazyGroup(lazily={"wrong": "portal.config:ROOT"})
    with pytest.raises(TypeError, match=r"portal\.config:ROOT is no command"):
        group.get_command(click.Context(group), "wrong")
