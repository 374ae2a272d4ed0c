"""The whole program as a user starts it: portal, payment sandbox, sign-in service and worker."""

import os
import random
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType

import httpx

ROOT = Path(__file__).resolve().parents[2]
#: How long the program may take until all its addresses answer, in seconds.
_START = 60
_STOP = 15
_PATIENCE = 0.05


class RunningSystem:
    """``portal run`` on free ports with a data folder of its own, while the ``with`` block lasts.

    ``kill`` ends it without warning, as a power cut would; ``start`` takes it up again. Further
    variables of its environment can be given by name.
    """

    def __init__(self, data_dir: Path, database_url: str | None = None, **more: str) -> None:
        self.data_dir = data_dir
        self.log = data_dir / "system.log"
        self.port = _free_ports()
        self._environ = {**_environment(data_dir, self.port, database_url), **more}
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The portal's address, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def sandbox_url(self) -> str:
        return f"http://127.0.0.1:{self.port + 1}"

    @property
    def sign_in_url(self) -> str:
        return f"http://127.0.0.1:{self.port + 2}"

    def __enter__(self) -> "RunningSystem":
        self.data_dir.mkdir(parents=True, exist_ok=True)
        self.run("setup")
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def run(self, *arguments: str) -> str:
        """Call ``portal …`` as an operator would; returns what it printed."""
        done = subprocess.run(
            [_portal(), *arguments],
            env=self._environ,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            text=True,
        )
        if done.returncode:
            raise RuntimeError(f"portal {' '.join(arguments)} failed:\n{done.stdout}{done.stderr}")
        return done.stdout

    def start(self) -> None:
        """Start all processes and wait until each address answers."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [_portal(), "run"],
                env=self._environ,
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        for address in (self.url, self.sandbox_url, self.sign_in_url):
            self._await(address)

    def stop(self) -> None:
        """End all processes in order; those that don't within some seconds, by force."""
        process = self._process
        if process is None:
            return
        process.terminate()
        try:
            process.wait(_STOP)
        except subprocess.TimeoutExpired:
            self.kill()
            raise
        self._process = None

    def kill(self) -> None:
        """End all processes at once, in the middle of whatever they are doing."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    def _await(self, address: str) -> None:
        assert self._process is not None
        deadline = time.monotonic() + _START
        while time.monotonic() < deadline:
            try:
                httpx.get(address, timeout=_START)
            except httpx.TransportError:
                # Waiting for the process rather than sleeping: should it end, we know at once.
                try:
                    self._process.wait(_PATIENCE)
                except subprocess.TimeoutExpired:
                    continue
                raise RuntimeError(f"portal run ended:\n{self.tail()}") from None
            return
        raise RuntimeError(f"{address} did not answer within {_START} s:\n{self.tail()}")

    def tail(self, lines: int = 60) -> str:
        """The end of what the processes printed."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])


def _portal() -> str:
    return str(Path(sys.executable).with_name("portal"))


def _environment(data_dir: Path, port: int, database_url: str | None) -> dict[str, str]:
    environ = {
        **os.environ,
        "PORT": str(port),
        "DATA_DIR": str(data_dir),
        "MADOGUCHI_ENV": "development",
        "PYTHONUNBUFFERED": "1",
        # Makes the servers tell which routes were visited: tests/support/process.
        "PYTHONPATH": os.pathsep.join([str(ROOT / "tests/support/process"), str(ROOT)]),
    }
    environ.pop("DATABASE_URL", None)
    if database_url is not None:
        environ["DATABASE_URL"] = database_url
    return environ


def _free_ports() -> int:
    """The first of three neighbouring ports that nobody uses, below those handed out at random."""
    while True:
        first = random.randrange(10_000, 32_000)
        if all(_is_free(port) for port in range(first, first + 3)):
            return first


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0
