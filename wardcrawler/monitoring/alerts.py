"""Alerts of how a crawl ended: a ping in the manner of healthchecks.io, and a webhook."""

import json
import socket
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit, urlunsplit

from wardcrawler.crawling.runs.outcome import HEALTHY
from wardcrawler.crawling.runs.result import RunResult
from wardcrawler.exit_codes import LOCKED, MEANINGS
from wardcrawler.monitoring.http import send
from wardcrawler.store.database.clock import now
from wardcrawler.store.database.lock import lock_is_held
from wardcrawler.store.tables.runs import COUNTS

LOG_LINES = 20
MOST_BYTES = 10_000
"""Bytes of a ping's body: healthchecks.io keeps no more by default (PING_BODY_LIMIT)."""

Send = Callable[[str, bytes | None, str], str | None]


class Alerts:
    """Context manager around a crawl; one that ends by an exception is told of too, with its exit code.

    ``ping_url`` gets GET ``<url>/start`` at the beginning and POST ``<url>/<exit code>`` at the end, with a
    summary and the last lines of the log (https://healthchecks.io/docs/http_api/). ``webhook_url`` gets a
    JSON document at the end. Either may be empty. ``say`` gets one line for each that cannot be reached:
    alerts never raise and never change how a crawl ends.

    A run that finds another at work (75) is no failure of that other one, whose check it is: it sends no
    start, and to ``<url>/log``, which changes no state. The webhook, which has no state, is told.
    """

    def __init__(
        self,
        ping_url: str,
        webhook_url: str,
        db: Path,
        log: Path,
        say: Callable[[str], None],
        send: Send = send,
    ) -> None:
        self._ping_url = ping_url
        self._webhook_url = webhook_url
        self._db = db
        self._log = log
        self._say = say
        self._send = send
        self._started_at = now()
        self._exit_code = 1
        self._results: Sequence[RunResult] = ()

    def conclude(self, exit_code: int, results: Sequence[RunResult]) -> None:
        """Take note of how the crawl ended, before it leaves the context."""
        self._exit_code, self._results = exit_code, results

    def __enter__(self) -> Self:
        if self._ping_url and not lock_is_held(self._db):
            self._ping("start", lambda: None)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            self._exit_code = _exit_code_of(error)
        if self._ping_url:
            # A number after the address is an exit code there; "log" changes no state.
            signal = "log" if self._exit_code == LOCKED else str(self._exit_code)
            self._ping(signal, lambda: self._report(error))
        if self._webhook_url:
            self._tell(
                "WARDCRAWLER_WEBHOOK_URL",
                self._webhook_url,
                lambda: self._send(self._webhook_url, self._document(error), "application/json"),
            )

    def _ping(self, signal: str, body: Callable[[], bytes | None]) -> None:
        self._tell(
            "WARDCRAWLER_PING_URL",
            self._ping_url,
            lambda: self._send(_with_path(self._ping_url, signal), body(), "text/plain"),
        )

    def _tell(self, name: str, url: str, sending: Callable[[], str | None]) -> None:
        try:
            problem = sending()
        except Exception as error:  # whatever it is, the crawl's own end is what counts
            problem = _describe(error)
        if problem:
            self._say(f"{name}{_host(url)}: {problem}; the crawl is not affected")

    def _summary(self, error: BaseException | None) -> str:
        """Return a line for people, and one for each portal that is not well."""
        well = sum(result.outcome in HEALTHY for result in self._results)
        new = sum(result.new for result in self._results)
        meaning = MEANINGS.get(self._exit_code, "failure")
        head = f"wardcrawler on {socket.gethostname()}: {meaning} (exit code {self._exit_code})"
        if self._results:
            head += f": {well} of {len(self._results)} portals well, {new} new articles"
        elif error is not None:
            head += f": {_describe(error)}"
        return "\n".join(
            [head, *(f"{row['site']}: {row['outcome']}: {row['reason']}" for row in self._unhealthy())]
        )

    def _unhealthy(self) -> list[dict[str, str | None]]:
        return [
            {"site": result.site, "outcome": result.outcome, "reason": result.reason}
            for result in self._results
            if result.outcome not in HEALTHY
        ]

    def _report(self, error: BaseException | None) -> bytes:
        text = f"{self._summary(error)}\n\n{self._last_lines(error)}".strip()
        return _shortened(text.encode(errors="replace"))

    def _document(self, error: BaseException | None) -> bytes:
        totals = [result.counts() for result in self._results]
        document = {
            "text": self._summary(error),  # what Slack, Mattermost and their like show
            "exit_code": self._exit_code,
            "meaning": MEANINGS.get(self._exit_code, "failure"),
            "error": _describe(error) if error is not None else None,
            "host": socket.gethostname(),
            "db": str(self._db.absolute()),
            "started_at": self._started_at,
            "finished_at": now(),
            "portals": len(self._results),
            "outcomes": dict(Counter(str(result.outcome) for result in self._results)),
            "unhealthy": self._unhealthy(),
            "counts": {name: sum(counts[name] for counts in totals) for name in COUNTS},
        }
        return json.dumps(document, ensure_ascii=False).encode(errors="replace")

    def _last_lines(self, error: BaseException | None) -> str:
        """Return the last lines of the log, and the trace where a failure of ours left one."""
        try:
            lines = self._log.read_bytes()[-MOST_BYTES:].decode(errors="replace").splitlines()[-LOG_LINES:]
        except OSError:
            lines = []
        if error is not None and self._exit_code == 1:
            lines += "".join(traceback.format_exception(error)).splitlines()
        return "\n".join(lines)


def _exit_code_of(error: BaseException) -> int:
    """Return the exit code that the command line gives an exception. Those of ours and of click carry it."""
    if isinstance(error, KeyboardInterrupt):
        return 130
    code = getattr(error, "exit_code", getattr(error, "code", 1))
    return code if isinstance(code, int) else 1


def _describe(error: BaseException) -> str:
    return "".join(traceback.format_exception_only(error)).strip()


def _host(url: str) -> str:
    """Return the host alone: what follows it is the key to the check or the channel."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return f" ({parts.scheme}://{parts.hostname})" if parts.hostname else ""


def _with_path(url: str, signal: str) -> str:
    """Return ``url`` with ``signal`` appended to its path."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=f"{parts.path.rstrip('/')}/{signal}"))


def _shortened(body: bytes) -> bytes:
    """Return the first line of ``body`` and as much of its end as ``MOST_BYTES`` allow."""
    if len(body) <= MOST_BYTES:
        return body
    head, _, rest = body.partition(b"\n")
    left = MOST_BYTES - len(head) - 5
    return head + b"\n...\n" + rest[-left:] if left > 0 else body[:MOST_BYTES]
