"""A worker process as its parent sees it."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from wardcrawler.crawling.workers.messages import Message, MessageReader, encode
from wardcrawler.crawling.workers.queue import Group
from wardcrawler.crawling.workers.running_portal import RunningPortal

_READ_AT_ONCE = 1 << 18

# Each thread's heap would reserve 64 MiB of the address space that a worker may have.
_ENVIRONMENT = {"MALLOC_ARENA_MAX": "2"}


def _import_path() -> str:
    """Return the PYTHONPATH with which the worker imports what its parent imports, whatever the folder it is
    started in.
    """
    return os.pathsep.join(path or str(Path.cwd()) for path in sys.path)


class WorkerHandle:
    """Starts a worker and speaks with it, without ever waiting for it.

    The worker is the first of a session of its own: Ctrl-C on the terminal reaches the parent alone, and
    what the worker may have started dies with it. ``begin`` is its first message, ``keep_open`` are
    descriptors it inherits.
    """

    def __init__(self, number: int, begin: Message, keep_open: Sequence[int]) -> None:
        self.number = number
        self.running_portal = RunningPortal()
        self.groups: list[Group] = []
        """The groups of portals that it crawls or is to crawl."""
        self.cohort = 0
        self.is_ready = False
        self.is_closing = False
        """It gets no more messages, and ends when its crawls have ended."""
        self.was_silent = False
        """It was ended because it gave no sign of life."""
        self.suspect: str | None = None
        """The portal whose code was running when it died."""
        self.last_heard = time.monotonic()
        self._reader = MessageReader()
        self._unsent = b""
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "wardcrawler.crawling.workers.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
            pass_fds=(self.running_portal.descriptor, *keep_open),
            env=os.environ | _ENVIRONMENT | {"PYTHONPATH": _import_path()},
        )
        assert self._process.stdin is not None  # noqa: S101  # pipes were asked for
        assert self._process.stdout is not None  # noqa: S101
        self.stdin = self._process.stdin.fileno()
        self.stdout = self._process.stdout.fileno()
        os.set_blocking(self.stdin, False)
        os.set_blocking(self.stdout, False)
        self.send({**begin, "running_portal": self.running_portal.descriptor})

    @property
    def has_unsent(self) -> bool:
        """Return whether something waits until the worker reads on."""
        return bool(self._unsent)

    def send(self, message: Message) -> None:
        """Send ``message``, at once or when there is room."""
        self._unsent += encode(message)
        self.flush()

    def flush(self) -> None:
        """Send of what waits as much as there is room for."""
        try:
            while self._unsent:
                self._unsent = self._unsent[os.write(self.stdin, self._unsent) :]
        except BlockingIOError:
            pass
        except BrokenPipeError:  # it is dead: the end of its output says so
            self._unsent = b""

    def close_input(self) -> None:
        """Send no more messages: the worker ends its crawls in order, and itself."""
        if not self.is_closing:
            self.is_closing = True
            self._unsent = b""
            assert self._process.stdin is not None  # noqa: S101
            self._process.stdin.close()

    def receive(self) -> list[Message] | None:
        """Return the messages that came since the last call; None when the worker will send none any more."""
        try:
            data = os.read(self.stdout, _READ_AT_ONCE)
        except BlockingIOError:
            return []
        if not data:
            return None
        self.last_heard = time.monotonic()
        try:
            return self._reader.feed(data)
        except json.JSONDecodeError:
            self.kill()
            return None

    def kill(self) -> None:
        """End the worker, and what it has started, at once."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)

    def reap(self) -> int:
        """Return the exit status of a worker that sends nothing any more (negative: the signal it died of),
        set ``suspect`` and close what belongs to it.
        """
        try:
            status = self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:  # it closed its end of the pipe, and lives
            self.kill()
            status = self._process.wait()
        self.close_input()
        assert self._process.stdout is not None  # noqa: S101
        self._process.stdout.close()
        self.suspect = self.running_portal.read()
        self.running_portal.close()
        return status
