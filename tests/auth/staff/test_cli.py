"""Staff accounts at the command line."""

import pytest
from click.testing import CliRunner, Result

from auth.staff.cli import staff_group
from auth.staff.one_time_code import current_code
from foundation.database import Database
from tests.support.clock import FixedClock

ADD = ("add", "okada", "--name", "岡田 健", "--role", "case_worker:citizens", "--role", "counter")


class Shell:
    def __init__(self, database: Database, clock: FixedClock) -> None:
        self.database, self.clock = database, clock

    def run(self, *arguments: str, production: bool = False) -> Result:
        group = staff_group(lambda: self.database, lambda: production, self.clock)
        return CliRunner().invoke(group, arguments, input="secret\nsecret\n")


@pytest.fixture
def shell(database: Database, clock: FixedClock) -> Shell:
    return Shell(database, clock)


def test_add_shows_the_secret_and_list_the_roles(shell: Shell) -> None:
    added = shell.run(*ADD)
    assert added.exit_code == 0, added.output
    assert "otpauth://totp/" in added.output
    assert shell.run("list").output == "okada\t岡田 健\tcase_worker:citizens, counter\n"


def test_code(shell: Shell) -> None:
    uri = shell.run(*ADD).output
    secret = uri.partition("secret=")[2].partition("&")[0].strip()
    assert shell.run("code", "OKADA").output.strip() == current_code(secret, shell.clock())


def test_code_is_not_given_in_production(shell: Shell) -> None:
    shell.run(*ADD)
    refused = shell.run("code", "okada", production=True)
    assert refused.exit_code == 1
    assert not any(word.isdigit() for word in refused.output.split())


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("code", "nobody"), "no account 'nobody'"),
        (("add", "x", "--name", "x", "--role", "king"), "no role 'king'"),
    ],
)
def test_what_can_not_be_done_is_said(shell: Shell, arguments: tuple[str, ...], words: str) -> None:
    refused = shell.run(*arguments)
    assert refused.exit_code == 1
    assert words in refused.output


def test_a_login_that_is_taken(shell: Shell) -> None:
    shell.run(*ADD)
    assert "taken" in shell.run(*ADD).output
