"""The replica as a child process, seen from the program that crawls it."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from datetime import date, datetime
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self
from urllib.parse import urlsplit

_CHECKOUT = Path(__file__).parents[2]
_TIMEOUT = 30  # seconds a control request or the end of the child may take


class ReplicaError(RuntimeError):
    """The replica did not start, has died, or cannot do what it was asked."""


class Replica:
    """Runs the imitation portals while a ``with`` block lasts.

    ``bench_pages`` adds the portal ``bench`` with that many articles, ``quiet_portals`` that many tiny
    portals ``quiet-001`` …; ``today`` is what the clocks on the pages say (default: the day in Vietnam).
    Sections and titles of the portals are in :mod:`wardcrawler.replica.portals`, what a crawl must find in
    :mod:`wardcrawler.replica.expected`. Every method raises :class:`ReplicaError` where the child is not
    running or refuses.
    """

    def __init__(self, *, bench_pages: int = 0, quiet_portals: int = 0, today: date | None = None) -> None:
        self._command = [
            sys.executable, "-m", "wardcrawler.replica",
            "--bench-pages", str(bench_pages), "--quiet-portals", str(quiet_portals),
        ]  # fmt: skip
        if today is not None:
            self._command += ["--today", today.isoformat()]
        self._child: subprocess.Popen[str] | None = None
        self._addresses: dict[str, str] = {}
        self._families: dict[str, str] = {}
        self._control = ""

    def __enter__(self) -> Self:
        """Start the child and wait until all portals answer."""
        paths = [str(_CHECKOUT), *filter(None, [os.environ.get("PYTHONPATH")])]
        self._error_output = tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace")
        self._child = subprocess.Popen(  # noqa: S603  # our own module and numbers
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._error_output,
            text=True,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
        )
        assert self._child.stdout is not None  # noqa: S101  # a pipe was asked for
        line = self._child.stdout.readline()
        if not line:
            self._child.wait(_TIMEOUT)
            problem = self._dead()
            self._close()
            raise problem
        ready = json.loads(line)
        self._addresses, self._control = ready["portals"], ready["control"]
        self._families = ready["families"]
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop the child."""
        self._close()

    @property
    def portals(self) -> tuple[str, ...]:
        """Return the names of the Liferay portals; those of the families are in ``families/registry.py``."""
        return tuple(self._addresses)

    @property
    def process_id(self) -> int:
        """Return the child's process id. Raises :class:`ReplicaError` while none is running."""
        if self._child is None:
            raise ReplicaError("the replica is not running")
        return self._child.pid

    def address(self, portal: str) -> str:
        """Return ``http://127.0.0.1:<port>`` of a portal. Raises KeyError for a name there is not."""
        return self._addresses.get(portal) or self._families[portal]

    def requests(self, portal: str) -> dict[str, int]:
        """Count how often each path with its query was asked for, as sent, since the last :meth:`reset`.

        A request is counted before its answer goes out, so whoever has the answer finds it counted.
        """
        counts: dict[str, int] = self._send_command("requests", portal=portal)
        return counts

    def reset(self) -> None:
        """Set all counts to zero. What was published or changed stays."""
        self._send_command("reset")

    def restore(self) -> None:
        """Set portals and counts back to how they were at the start."""
        self._send_command("restore")

    def publish(
        self, portal: str, section: str, title: str, *paragraphs: str, published: datetime | None = None
    ) -> str:
        """Publish an article; ``published`` is aware, by default a day after the newest of the section.

        Returns its address, a path. It stands in the listing where its date belongs.
        """
        at = published.isoformat() if published else None
        path: str = self._send_command(
            "publish", portal=portal, section=section, title=title, paragraphs=paragraphs, published=at
        )
        return path

    def edit(self, portal: str, path: str, *paragraphs: str, title: str | None = None) -> None:
        """Replace the text (with ``paragraphs``), the title or both of the article at ``path``."""
        self._send_command("edit", portal=portal, path=path, title=title, paragraphs=paragraphs or None)

    def delete(self, portal: str, path: str) -> None:
        """Take an article off: its address answers 404 and no listing names it."""
        self._send_command("delete", portal=portal, path=path)

    def answer(
        self,
        portal: str,
        target: str,
        body: bytes = b"",
        *,
        status: int = 200,
        content_type: str = "text/html;charset=UTF-8",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Answer exactly ``target`` (path and query) like this from now on, whatever stands there."""
        self._send_command(
            "answer",
            portal=portal,
            target=target,
            status=status,
            body=body.decode("latin-1"),
            content_type=content_type,
            headers=dict(headers or {}),
        )

    def set_robots(self, portal: str, text: str) -> None:
        """Serve another robots.txt."""
        self._send_command("robots", portal=portal, text=text)

    def set_down(self, portal: str, mode: Literal["refused", "500"] | None) -> None:
        """Take a portal down: ``refused``, nobody listens on the port; ``500``, every answer is that; None,
        up again.
        """
        self._send_command("down", portal=portal, mode=mode)

    def redesign(self, portal: str) -> None:
        """Change the elements and class names of every page; texts and addresses stay."""
        self._send_command("redesign", portal=portal)

    def _send_command(self, command: str, **arguments: object) -> Any:
        if self._child is None:
            raise ReplicaError("the replica is not running")
        parts = urlsplit(self._control)
        connection = HTTPConnection(parts.hostname or "", parts.port, timeout=_TIMEOUT)
        try:
            connection.request("POST", f"/{command}", json.dumps(arguments).encode())
            response = connection.getresponse()
            text = response.read().decode()
        except (OSError, HTTPException) as problem:
            if self._child.poll() is not None:
                raise self._dead() from problem
            raise ReplicaError(f"the replica does not answer: {problem}") from problem
        finally:
            connection.close()
        if response.status != 200:
            raise ReplicaError(text)
        return json.loads(text)

    def _dead(self) -> ReplicaError:
        """Return what to say about a child that has ended: its exit status and its last words."""
        assert self._child is not None  # noqa: S101  # called while there is one
        self._error_output.seek(0)
        lines = self._error_output.read().strip().splitlines()
        last = lines[-1] if lines else "it said nothing"
        return ReplicaError(f"the replica ended with status {self._child.poll()}: {last}")

    def _close(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        assert child.stdin is not None  # noqa: S101  # pipes were asked for
        assert child.stdout is not None  # noqa: S101
        child.stdin.close()
        try:
            child.wait(_TIMEOUT)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        child.stdout.close()
        self._error_output.close()
