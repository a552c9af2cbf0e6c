"""Crawl in a process of its own: Scrapy's reactor runs once a process, a notebook crawls more often.

The child (:mod:`wardcrawler.api.crawl.child`) reads one line of JSON, what to do, and writes JSON objects,
one a line: ``finished`` (the result of a portal), ``warn``, and at the end ``report`` or ``error``. The end
of its standard input, which comes with the death of this process, tells it to end.
"""

import json
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from wardcrawler.api.errors import CrawlFailed, DatabaseProblem, InputError, SettingError
from wardcrawler.api.filters import Day, as_day
from wardcrawler.api.options import CrawlOptions, PortalChoice
from wardcrawler.crawling.runs.log import log_path
from wardcrawler.crawling.runs.outcome import RunResult

__all__ = ["RunResult", "crawl"]

logger = logging.getLogger(__name__)

_Child = subprocess.Popen[bytes]


def crawl(
    portals: Sequence[str] = (),
    *,
    db: Path | str,
    all_portals: bool = False,
    select: str | None = None,
    url: str | None = None,
    sections: Sequence[str] = (),
    platform: str | None = None,
    portal_files: Sequence[Path | str] = (),
    since: Day | None = None,
    until: Day | None = None,
    full: bool = False,
    limit: int | None = None,
    delay: float | None = None,
    user_agent: str | None = None,
    attachments: bool | None = None,
    timeout: float | None = None,
    jobs: int | None = None,
    archive: Path | str | None = None,
    settings: Mapping[str, object] | None = None,
    on_result: Callable[[RunResult], None] | None = None,
) -> list[RunResult]:
    """Fetch what is new on portals and store it in the database ``db``, each text once; return a result for
    each portal. Runs in a process of its own, and returns when that has ended.

    Choose the portals in one way: ``portals`` (names of registered ones), ``all_portals``, ``select``
    (``"level=ward,province=hcm"``) or ``url`` (with ``sections`` and ``platform``). ``portal_files`` hold
    portals of one's own, registered beside the others. The other arguments mean
    what the options of ``wardcrawler crawl`` do: ``since`` and ``until`` are days of publication, ``delay``
    and ``timeout`` seconds, ``limit`` articles of each portal, ``archive`` a ``.wacz`` or ``.warc.gz`` file
    to write, ``settings`` Scrapy settings by name. ``on_result`` is told each result as soon as it is there.

    A portal that fails raises nothing: its result has the ``outcome`` and the ``reason``. Raises
    :class:`InputError` for what cannot be asked for, ``DatabaseProblem`` for a database that cannot be used,
    that another run holds too, :class:`CrawlFailed` if the process dies. ``KeyboardInterrupt``, and whatever
    ``on_result`` raises, ends the crawl in order; a second one at once. What was stored stays.
    """
    choice = PortalChoice(
        names=_strings("portals", portals), everything=all_portals, select=select, url=url,
        sections=_strings("sections", sections), platform=platform,
        files=[str(Path(file).absolute()) for file in portal_files],
    )  # fmt: skip
    options = CrawlOptions(
        since=as_day(since), until=as_day(until), full=full, limit=limit, delay=delay, user_agent=user_agent,
        attachments=attachments, timeout=timeout, jobs=jobs, settings=dict(settings or {}),
    )  # fmt: skip
    db = Path(db).absolute()
    order = {
        "choice": asdict(choice),
        "options": asdict(options),
        "db": str(db),
        "archive": str(Path(archive).absolute()) if archive is not None else None,
    }
    line = json.dumps(order, default=_as_json).encode() + b"\n"
    child = _start()
    try:
        return _follow(child, line, db, on_result)
    except BaseException:
        _end(child)
        raise
    finally:
        _close(child)


def _strings(name: str, values: Sequence[str]) -> list[str]:
    if isinstance(values, str):
        raise InputError(f"{name} is a list of names, not '{values}'")
    return list(values)


def _as_json(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    raise InputError(f"{value!r} cannot be told to another process")


def _start() -> _Child:
    """Start the child, first of a session of its own: Ctrl-C on the terminal reaches this process alone."""
    import_path = os.pathsep.join(path or str(Path.cwd()) for path in sys.path)
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "wardcrawler.api.crawl.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
        env=os.environ | {"PYTHONPATH": import_path},
    )


def _follow(
    child: _Child, order: bytes, db: Path, on_result: Callable[[RunResult], None] | None
) -> list[RunResult]:
    assert child.stdin is not None  # noqa: S101  # pipes were asked for
    assert child.stdout is not None  # noqa: S101
    results: list[RunResult] | None = None
    with suppress(BrokenPipeError):  # it is dead: its exit status tells
        child.stdin.write(order)
        child.stdin.flush()
    for line in child.stdout:
        message = json.loads(line)
        match message["say"]:
            case "finished":
                if on_result is not None:
                    on_result(RunResult(**message["result"]))
            case "warn":
                logger.warning("%s", message["words"])
            case "report":
                results = [RunResult(**result) for result in message["results"]]
            case "error":
                _raise(message)
    status = child.wait()
    if results is None:
        raise CrawlFailed(f"the process of the crawl ended with status {status}; see {log_path(db)}")
    return results


def _raise(message: dict[str, Any]) -> NoReturn:
    """Raise the error that the child met."""
    words = message["words"]
    if message["kind"] == "DatabaseProblem":
        raise DatabaseProblem(words, message["exit_code"])
    for kind in (InputError, SettingError, CrawlFailed):
        if message["kind"] == kind.__name__:
            raise kind(words)
    error = CrawlFailed(f"the process of the crawl failed: {message['kind']}: {words}")
    error.add_note(message["trace"])
    raise error


def _end(child: _Child) -> None:
    """Let the child end in order, and wait for it; at a second Ctrl-C kill it."""
    try:
        with suppress(ProcessLookupError):
            child.send_signal(signal.SIGINT)
        assert child.stdout is not None  # noqa: S101
        for _ in child.stdout:  # it must not wait for somebody who reads
            pass
        child.wait()
    except BaseException:
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        raise


def _close(child: _Child) -> None:
    for pipe in (child.stdin, child.stdout):
        if pipe is not None:
            with suppress(BrokenPipeError):
                pipe.close()
