"""Alerts of how a crawl ended: a ping in the manner of healthchecks.io, a webhook, and their sending."""

import json
import socket
import time
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from http.client import HTTPException, HTTPMessage
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import IO, Self
from urllib.error import HTTPError
from urllib.parse import urlsplit, urlunsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from wardcrawler.crawling.runs.outcome import HEALTHY, RunResult
from wardcrawler.exit_codes import LOCKED, MEANINGS
from wardcrawler.store.database.clock import now
from wardcrawler.store.database.lock import lock_is_held
from wardcrawler.store.tables.runs import COUNTS
from wardcrawler.version import __version__

TIMEOUT = 10.0
"""Seconds for one try, names looked up and all."""

PAUSES = (1.0, 3.0)
"""Seconds before the second and the third try."""


class _NoRedirects(HTTPRedirectHandler):
    """Follows no redirect: a POST would arrive as a GET without its body, and count as delivered."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        """Return None, which means not to follow."""


def send(
    url: str,
    body: bytes | None,
    media_type: str,
    *,
    timeout: float = TIMEOUT,
    pause: Callable[[float], None] = time.sleep,
) -> str | None:
    """GET ``url``, or POST ``body`` of the type ``media_type`` to it. Return None, or in words why it did not
    arrive. Never raises.

    A server that does not answer, or answers 429 or 5xx, is asked three times in all, each time for at most
    ``timeout`` seconds.
    """
    try:
        if urlsplit(url).scheme not in ("http", "https"):
            return "it is no http or https address"
        request = Request(url, data=body)  # noqa: S310  the scheme was just looked at
    except ValueError as error:
        return f"it is no address: {error}"
    request.add_header("User-Agent", f"wardcrawler/{__version__}")
    if body is not None:
        request.add_header("Content-Type", f"{media_type}; charset=utf-8")
    problem, may_pass = _try_within(timeout, request)
    for seconds in PAUSES:
        if not may_pass:
            break
        pause(seconds)
        problem, may_pass = _try_within(timeout, request)
    return problem


_Outcome = tuple[str | None, bool]
"""The problem in words, or None; and whether it may be gone at the next try."""


def _try_within(timeout: float, request: Request) -> _Outcome:
    """Try once. urllib's own timeout is one for each read and leaves out the look-up of the name, so a slow
    server or resolver could hold a crawl's end for as long as it likes: a thread is left to itself then.
    """
    outcomes: list[_Outcome] = []
    thread = Thread(target=lambda: outcomes.append(_try(request, timeout)), daemon=True)
    thread.start()
    thread.join(timeout)
    return outcomes[0] if outcomes else (f"no answer within {timeout:g} s", True)


def _try(request: Request, timeout: float) -> _Outcome:
    try:
        with build_opener(_NoRedirects).open(request, timeout=timeout):
            return None, False
    except HTTPError as error:
        error.close()
        return (
            f"the server answers {error.code}",
            error.code == 429 or error.code >= 500,
        )
    except (OSError, HTTPException, ValueError) as error:
        return f"{getattr(error, 'reason', None) or error!r}", True


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
