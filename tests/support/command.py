"""The command line as a person or cron runs it: a process of its own."""

import atexit
import json
import os
import select
import socket
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from tests.support.forkserver import HEAD, STATUS

CHECKOUT = Path(__file__).parents[2]
PATIENCE = 900
"""Seconds after which a process is taken to hang, on however busy a machine; nothing is judged by it."""

Run = Callable[..., subprocess.CompletedProcess[str]]


def environment(**variables: str) -> dict[str, str]:
    """Return this process's environment with ``variables``, and without any that would set up the program."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("WARDCRAWLER_")}
    return kept | {"PYTHONPATH": str(CHECKOUT)} | variables


def start(*arguments: str | Path, **options: Any) -> subprocess.Popen[Any]:
    """Start ``wardcrawler``; ``options`` are those of ``Popen``. What it prints is piped, as text."""
    given = _DEFAULTS | {"env": environment()} | options
    if given.keys() - _FORKED or _reads_at_start(given["env"]) != _reads_at_start(environment()):
        return start_python("-m", "wardcrawler", *arguments, **options)
    return _Forked(list(map(str, arguments)), **given)


def run(*arguments: str | Path, **options: Any) -> subprocess.CompletedProcess[Any]:
    """Run ``wardcrawler`` to its end; what it printed, and its exit code. ``options``: those of ``Popen``,
    ``input`` and ``check``.
    """
    return _to_its_end(start, arguments, **options)


def start_python(*arguments: str | Path, **options: Any) -> subprocess.Popen[Any]:
    """Start the Python of the tests with these arguments, in the environment of ``environment``."""
    given = _DEFAULTS | {"env": environment()} | options
    return subprocess.Popen([sys.executable, *map(str, arguments)], **given)


def run_python(*arguments: str | Path, **options: Any) -> subprocess.CompletedProcess[Any]:
    """Run the Python of the tests to its end."""
    return _to_its_end(start_python, arguments, **options)


_FORKED = frozenset({"stdin", "stdout", "stderr", "text", "env", "cwd"})
"""Options of ``Popen`` that a forked process can have; with others, it is started."""
_DEFAULTS: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}


def _to_its_end(
    begin: Callable[..., subprocess.Popen[Any]],
    arguments: tuple[str | Path, ...],
    *,
    input: str | bytes | None = None,
    check: bool = False,
    **options: Any,
) -> subprocess.CompletedProcess[Any]:
    if input is not None:
        options["stdin"] = subprocess.PIPE
    with begin(*arguments, **options) as process:
        try:
            output, errors = process.communicate(input, timeout=PATIENCE)
        except BaseException:
            process.kill()
            raise
    done = subprocess.CompletedProcess(process.args, process.returncode, output, errors)
    if check:
        done.check_returncode()
    return done


def _reads_at_start(variables: dict[str, str]) -> dict[str, str]:
    """Return the variables that Python reads but once, when it starts, and that no child can take back."""
    names = ("PYTHON", "LANG", "LC_", "LD_")
    kept = {name: value for name, value in variables.items() if name.startswith(names)}
    return kept | {"PYTHONPATH": ""}


@cache
def _fork_server() -> socket.socket:
    ours, theirs = socket.socketpair()
    with theirs:
        server = subprocess.Popen(
            [sys.executable, "-m", "tests.support.forkserver", str(theirs.fileno())],
            env=environment(), pass_fds=[theirs.fileno()],
        )  # fmt: skip

    def end() -> None:
        ours.close()
        server.wait()

    atexit.register(end)
    return ours


class _Forked(subprocess.Popen[Any]):
    """A process that the fork server forked: it is the server's child, which tells how it ended."""

    def _execute_child(  # type: ignore[no-untyped-def]
        self, args, executable, preexec_fn, close_fds, pass_fds, cwd, env, startupinfo, creationflags, shell,
        p2cread, p2cwrite, c2pread, c2pwrite, errread, errwrite, *_,
    ) -> None:  # fmt: skip
        server = _fork_server()
        self._status, told = os.pipe()
        streams = (p2cread, c2pwrite, errwrite)
        job = json.dumps({"arguments": args, "environment": env, "folder": str(cwd or Path.cwd())}).encode()
        try:
            descriptors = [number if each == -1 else each for number, each in enumerate(streams)]
            socket.send_fds(server, [HEAD.pack(len(job))], [*descriptors, told])
            server.sendall(job)
            (self.pid,) = HEAD.unpack(server.recv(HEAD.size))
        finally:
            os.close(told)
            self._close_pipe_fds(p2cread, p2cwrite, c2pread, c2pwrite, errread, errwrite)
        self._child_created = True

    def _internal_poll(self, *_: Any, **more: Any) -> int | None:
        if self.returncode is None and self._child_created:
            child, status = self._try_wait(os.WNOHANG)
            if child:
                self._handle_exitstatus(status)
        return self.returncode

    def _try_wait(self, flags: int) -> tuple[int, int]:
        ready, _, _ = select.select([self._status], [], [], 0 if flags & os.WNOHANG else None)
        if not ready:
            return 0, 0
        (status,) = STATUS.unpack(os.read(self._status, STATUS.size))
        os.close(self._status)
        return self.pid, status
