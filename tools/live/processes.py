"""The two servers of an instance: started by us, ended by us, each by its own process."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

from tools.live.packages import program_path

PATIENCE = 60
"""Seconds that a server may take until it answers, and until it has ended."""


class LiveError(RuntimeError):
    """The instance could not be set up; says what failed and what was printed there."""


@contextmanager
def database(folder: Path) -> Iterator[Path]:
    """Run a database server on a socket in ``folder``, with everything it writes; yields the socket."""
    data, place, log = folder / "data", folder / "db.sock", folder / "db.log"
    user = ["--user=root"] if os.geteuid() == 0 else []
    run_program(
        "mariadb-install-db", "--no-defaults", *user, f"--datadir={data}", "--skip-test-db",
        "--auth-root-authentication-method=normal",
    )  # fmt: skip
    command = [
        program("mariadbd"), "--no-defaults", *user, f"--datadir={data}", f"--socket={place}",
        f"--pid-file={folder / 'db.pid'}", "--skip-networking", "--skip-log-bin",
        "--innodb-buffer-pool-size=32M", "--innodb-flush-log-at-trx-commit=0",
    ]  # fmt: skip
    with _server(command, log, lambda: _accepts(str(place), socket.AF_UNIX)):
        yield place


@contextmanager
def web_server(router: Path, root: Path, environment: Mapping[str, str], log: Path) -> Iterator[int]:
    """Run PHP's web server on a free port of loopback; yields the port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    command = [program("php"), "-S", f"127.0.0.1:{port}", "-t", str(root), str(router)]
    with _server(command, log, lambda: _accepts(("127.0.0.1", port), socket.AF_INET), environment):
        yield port


def require_answer(url: str) -> None:
    """Ask for a page; raises :class:`LiveError` unless it comes: a crawl is not judged by a broken site."""
    parts = urlsplit(url)
    connection = HTTPConnection(parts.netloc, timeout=PATIENCE)
    try:
        connection.request("GET", parts._replace(scheme="", netloc="", fragment="").geturl())
        status = connection.getresponse().status
    finally:
        connection.close()
    if status != HTTPStatus.OK:
        raise LiveError(f"{url} answers {status}")


def run_program(
    name: str, *arguments: str, given: str = "", environment: Mapping[str, str] | None = None
) -> str:
    """Run a program to its end and return what it printed. Raises :class:`LiveError` if it fails."""
    child = subprocess.Popen(
        [program(name), *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, env=environment, start_new_session=True,
    )  # fmt: skip
    try:
        out, errors = child.communicate(given)
    except BaseException:
        # mariadb-install-db is a script: what it has started would go on writing into a folder that goes.
        os.killpg(child.pid, signal.SIGKILL)
        child.communicate()
        raise
    if child.returncode:
        raise LiveError(f"{name} {' '.join(arguments)} failed:\n{out}{errors}")
    return out


def program(name: str) -> str:
    """Return the path of a program that :func:`tools.live.packages.missing` has found."""
    path = program_path(name)
    if path is None:
        raise LiveError(f"there is no {name}")
    return path


@contextmanager
def _server(
    command: list[str], log: Path, answers: Callable[[], bool], environment: Mapping[str, str] | None = None
) -> Iterator[None]:
    with log.open("wb") as out:
        # In a session of its own: Ctrl-C reaches us alone, who then end it in order.
        child = subprocess.Popen(command, stdout=out, stderr=out, env=environment, start_new_session=True)
    try:
        deadline = time.monotonic() + PATIENCE
        while not answers():
            if child.poll() is not None or time.monotonic() > deadline:
                raise LiveError(f"{command[0]} does not answer:\n{log.read_text('utf-8', 'replace')}")
            time.sleep(0.05)
        yield
    finally:
        child.terminate()
        try:
            child.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _accepts(place: str | tuple[str, int], family: socket.AddressFamily) -> bool:
    with socket.socket(family) as probe:
        return probe.connect_ex(place) == 0
