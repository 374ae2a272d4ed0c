"""A throwaway PostgreSQL: no network, no durability, gone when the tests are."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

import psycopg

#: Nothing here outlives the run, so nothing needs to reach a disk.
_SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "64MB",
    "max_connections": "100",
    "timezone": "UTC",
}
#: Who owns the cluster where the tests run as root, which PostgreSQL refuses to.
_UNPRIVILEGED = ("postgres", "nobody")
_MISSING = (
    "{program} was not found, and the tests run on PostgreSQL too. "
    "Install PostgreSQL 15 or newer: `apt-get install postgresql` (Debian, Ubuntu) or "
    "`brew install postgresql` (macOS); `make test` does so by itself when it may."
)


class Cluster:
    """One server in a directory of its own, reached through a Unix socket."""

    def __init__(self) -> None:
        self._run_as = _unprivileged_prefix()
        # Short, because the path of a Unix socket may have 107 bytes at most.
        self._home = Path(tempfile.mkdtemp(prefix="mado-pg-"))
        if self._run_as:
            shutil.chown(self._home, self._run_as.user)
        self._data = self._home / "data"
        self._made = 0

    def start(self) -> None:
        """Create the cluster and wait until it answers."""
        self._run(
            "initdb",
            *("--pgdata", str(self._data)),
            *("--username", "madoguchi", "--auth", "trust"),
            *("--encoding", "UTF8", "--locale", "C", "--no-sync"),
        )
        settings = {**_SETTINGS, "unix_socket_directories": str(self._home)}
        options = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
        self._run(
            "pg_ctl",
            *("--pgdata", str(self._data), "--log", str(self._home / "log")),
            *("--options", options, "--wait", "--silent", "start"),
        )

    def stop(self) -> None:
        """End the server and remove everything that it wrote."""
        self._run("pg_ctl", "--pgdata", str(self._data), "--mode", "immediate", "--silent", "stop")
        shutil.rmtree(self._home)

    def url(self, name: str) -> str:
        """The address of one of its databases, as SQLAlchemy wants it."""
        return f"postgresql+psycopg://madoguchi@/{name}?host={self._home}"

    def create(self, *, template: str = "template0") -> str:
        """Make a new database, a copy of ``template``; returns its name."""
        self._made += 1
        name = f"test_{self._made}"
        self._execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return name

    def drop(self, name: str) -> None:
        self._execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    def _execute(self, statement: str) -> None:
        conninfo = f"host={self._home} user=madoguchi dbname=postgres"
        with psycopg.connect(conninfo, autocommit=True) as connection:
            connection.execute(statement.encode())

    def _run(self, program: str, *arguments: str) -> None:
        command = [*self._run_as.command, _find(program), *arguments]
        # Not captured through pipes: the server would inherit them and keep them open.
        output = self._home / f"{program}.out"
        with output.open("wb") as sink:
            done = subprocess.run(
                command, stdin=subprocess.DEVNULL, stdout=sink, stderr=sink, cwd="/", check=False
            )
        if done.returncode:
            raise RuntimeError(f"{program} failed:\n{output.read_text(errors='replace')}")


class _RunAs:
    """How to start a program as somebody who is not root; falsy where that isn't needed."""

    def __init__(self, user: str = "", command: Sequence[str] = ()) -> None:
        self.user, self.command = user, tuple(command)

    def __bool__(self) -> bool:
        return bool(self.user)


def _unprivileged_prefix() -> _RunAs:
    if os.geteuid() != 0:
        return _RunAs()
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    user = next(known[name] for name in _UNPRIVILEGED if name in known)
    identity = (f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups")
    return _RunAs(user.pw_name, ["setpriv", *identity, "--"])


def _find(program: str) -> str:
    """The newest installed ``program``: on the PATH, or where Debian keeps it off the PATH."""
    homes = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda home: float(home.parent.name)
    )
    for directory in [*(str(home) for home in reversed(homes)), None]:
        found = shutil.which(program, path=directory)
        if found:
            return found
    raise FileNotFoundError(_MISSING.format(program=program))
