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

from wardcrawler.crawling.workers.marker import Marker
from wardcrawler.crawling.workers.messages import Lines, Message, encode
from wardcrawler.crawling.workers.queue import Group

_READ_AT_ONCE = 1 << 18


# Each thread's heap would reserve 64 MiB of the address space that a worker may have.
_ENVIRONMENT = {"MALLOC_ARENA_MAX": "2"}


def _import_path() -> str:
    """The worker imports what its parent imports, whatever the folder it is started in."""
    return os.pathsep.join(path or str(Path.cwd()) for path in sys.path)


class WorkerHandle:
    """Starts a worker and speaks with it, without ever waiting for it.

    The worker is the first of a session of its own: Ctrl-C on the terminal reaches the parent alone, and
    what the worker may have started dies with it. ``keep_open`` are descriptors it inherits.
    """

    def __init__(self, number: int, begin: Message, keep_open: Sequence[int]) -> None:
        self.number = number
        self.marker = Marker()
        self.groups: list[Group] = []
        self.cohort = 0
        self.is_ready = False
        self.is_told_all = False
        self.was_silent = False
        """It was ended because it gave no sign of life."""
        self.suspect: str | None = None
        """The portal whose code was running when it died."""
        self.heard = time.monotonic()
        self._lines = Lines()
        self._unsent = b""
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "wardcrawler.crawling.workers.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
            pass_fds=(self.marker.descriptor, *keep_open),
            env=os.environ | _ENVIRONMENT | {"PYTHONPATH": _import_path()},
        )
        assert self._process.stdin is not None  # noqa: S101  # pipes were asked for
        assert self._process.stdout is not None  # noqa: S101
        self.orders = self._process.stdin.fileno()
        self.news = self._process.stdout.fileno()
        os.set_blocking(self.orders, False)
        os.set_blocking(self.news, False)
        self.tell({**begin, "marker": self.marker.descriptor})

    @property
    def has_unsent(self) -> bool:
        """Whether something waits until the worker reads on."""
        return bool(self._unsent)

    def tell(self, message: Message) -> None:
        """Send an order, at once or when there is room."""
        self._unsent += encode(message)
        self.send()

    def send(self) -> None:
        """Send what there is room for."""
        try:
            while self._unsent:
                self._unsent = self._unsent[os.write(self.orders, self._unsent) :]
        except BlockingIOError:
            pass
        except BrokenPipeError:  # it is dead: that is told by the end of its news
            self._unsent = b""

    def tell_all_is_told(self) -> None:
        """No more orders: the worker ends its crawls in order, and itself."""
        if not self.is_told_all:
            self.is_told_all = True
            self._unsent = b""
            assert self._process.stdin is not None  # noqa: S101
            self._process.stdin.close()

    def hear(self) -> list[Message] | None:
        """What the worker said since; None when it says nothing any more."""
        try:
            data = os.read(self.news, _READ_AT_ONCE)
        except BlockingIOError:
            return []
        if not data:
            return None
        self.heard = time.monotonic()
        try:
            return self._lines.feed(data)
        except json.JSONDecodeError:
            self.kill()
            return None

    def kill(self) -> None:
        """End the worker, and what it has started, at once."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)

    def bury(self) -> int:
        """The exit status of a worker that says nothing any more (negative: the signal it died of)."""
        try:
            status = self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:  # it closed its end of the pipe, and lives
            self.kill()
            status = self._process.wait()
        self.tell_all_is_told()
        assert self._process.stdout is not None  # noqa: S101
        self._process.stdout.close()
        self.suspect = self.marker.read()
        self.marker.close()
        return status
