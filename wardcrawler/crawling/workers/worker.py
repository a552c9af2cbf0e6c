"""A worker process, ``python -m wardcrawler.crawling.workers.worker``: started and led by ``parent``.

Standard output carries messages to the parent; what anybody else prints goes to standard error. The worker
ends in order when its standard input ends, as it does when the parent dies.
"""

import asyncio
import faulthandler
import logging
import os
import signal
import sys
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from scrapy.settings import Settings

from wardcrawler.crawling.portals.registry import project_settings
from wardcrawler.crawling.process import CrawlerPool, crawler_process
from wardcrawler.crawling.runs.log import start_log
from wardcrawler.crawling.runs.outcome import RunProgress, RunResult
from wardcrawler.crawling.spider.portal import Portal
from wardcrawler.crawling.workers.limits import (
    end_for_want_of_memory,
    end_unless_renewed,
    is_memory_nearly_full,
    limit_memory,
)
from wardcrawler.crawling.workers.messages import Description, Message, MessageReader, encode, portal_from
from wardcrawler.crawling.workers.running_portal import RunningPortal, report_to
from wardcrawler.store.database.pool import shared_connection

logger = logging.getLogger(__name__)

LONGER_THAN_PARENT = 60
"""Seconds after which a silent worker ends itself, beyond those after which its parent does it."""

_STDIN, _STDOUT, _STDERR = 0, 1, 2


class Reporter:
    """Tells the parent how the crawls come on, and the kernel that this process is alive."""

    def __init__(self, descriptor: int, settings: Settings) -> None:
        self._descriptor = descriptor
        self._mib = settings.getint("WARDCRAWLER_WORKER_MIB")
        self._patience = settings.getfloat("WARDCRAWLER_SILENCE") + LONGER_THAN_PARENT

    def ready(self) -> None:
        """Say that portals may come."""
        self._say({"say": "ready"})

    def started(self, site: str) -> None:
        """See ``Listener``."""
        self._say({"say": "started", "site": site})

    def progressed(self, progress: dict[str, RunProgress]) -> None:
        """See ``Listener``. This is the sign of life."""
        if is_memory_nearly_full(self._mib):
            end_for_want_of_memory()  # before allocations fail that are not the eater's own
        end_unless_renewed(self._patience)
        self._say({"say": "progress", "sites": {site: asdict(each) for site, each in progress.items()}})

    def put_back(self, site: str) -> None:
        """Do nothing: this happens in the parent only."""

    def finished(self, result: RunResult) -> None:
        """See ``Listener``."""
        self._say({"say": "finished", "result": asdict(result)})

    def _say(self, message: Message) -> None:
        data = encode(message)
        with suppress(BrokenPipeError):  # the parent is dead: the end of its messages says so
            while data:
                data = data[os.write(self._descriptor, data) :]


class Worker:
    """Crawls the groups of portals that its parent sends, until there are no more."""

    def __init__(
        self,
        settings: Settings,
        arguments: dict[str, Any],
        reporter: Reporter,
        running_portal: RunningPortal,
    ) -> None:
        self._running_portal = running_portal
        self._process = crawler_process(settings)
        self._reporter = reporter
        self._pool = CrawlerPool(self._process, arguments, reporter)
        self._loop = asyncio.get_event_loop()
        self._reader = MessageReader()
        self._groups: set[asyncio.Task[None]] = set()
        self._input_ended = asyncio.Event()

    def run(self) -> None:
        """Work until the end of the messages and of the crawls."""
        self._loop.add_reader(_STDIN, self._read_messages)
        for number in (signal.SIGTERM, signal.SIGINT):  # a service manager signals all processes
            self._loop.add_signal_handler(number, self._input_ended.set)
        main = self._loop.create_task(self._serve())
        self._process.start(stop_after_crawl=False, install_signal_handlers=False)
        main.result()

    async def _serve(self) -> None:
        news = asyncio.create_task(self._pool.tell_news())
        try:
            self._reporter.ready()
            await self._input_ended.wait()
            self._loop.remove_reader(_STDIN)
            await self._pool.stop()
            await asyncio.gather(*self._groups)
        finally:
            news.cancel()
            self._process._stop_reactor()

    def _read_messages(self) -> None:
        data = os.read(_STDIN, 65536)
        if not data:
            self._input_ended.set()
        for message in self._reader.feed(data):
            group = asyncio.create_task(self._crawl_group(message["portals"]))
            self._groups.add(group)
            group.add_done_callback(self._groups.discard)

    async def _crawl_group(self, portals: list[tuple[str, Description]]) -> None:
        for name, description in portals:
            try:
                portal = self._portal_from(name, description)
                await self._pool.crawl_group([portal])
            except Exception as error:  # whatever it is, the parent waits for a result
                logger.exception("Cannot crawl %s", name)
                self._reporter.finished(RunResult(name, "error", f"cannot start: {error!r}"))

    def _portal_from(self, name: str, description: Description) -> type[Portal]:
        self._running_portal.set(name)  # importing its module may be what the worker dies of
        try:
            return portal_from(description)
        finally:
            self._running_portal.clear()


def main() -> None:
    """Take standard output for the messages, read how to begin, then serve."""
    to_parent = os.dup(_STDOUT)
    os.dup2(_STDERR, _STDOUT)
    begin = _read_first_message()
    log = start_log(Path(begin["log"]), begin["verbose"])
    if log is not None and not begin["verbose"]:
        _send_errors_to(log)
    faulthandler.enable()
    settings = project_settings()
    settings.setdict(begin["settings"], priority="cmdline")
    limit_memory(settings.getint("WARDCRAWLER_WORKER_MIB"))
    running_portal = RunningPortal(begin["running_portal"])
    report_to(running_portal)
    reporter = Reporter(to_parent, settings)
    worker = Worker(settings, begin["arguments"], reporter, running_portal)
    with shared_connection(settings["WARDCRAWLER_DB"]):
        worker.run()


def _read_first_message() -> Message:
    line = b""
    while not line.endswith(b"\n"):  # byte by byte: what follows is for the event loop
        byte = os.read(_STDIN, 1)
        if not byte:
            sys.exit(0)
        line += byte
    (begin,) = MessageReader().feed(line)
    return begin


def _send_errors_to(log: Path) -> None:
    """Send what is printed to ``log``: what the interpreter itself says at its death belongs there, for
    nobody reads cron's terminal.
    """
    descriptor = os.open(log, os.O_WRONLY | os.O_APPEND)
    for each in (_STDOUT, _STDERR):
        os.dup2(descriptor, each)
    os.close(descriptor)


if __name__ == "__main__":
    main()
